"""The register for those who only look: also in a store that they may not write to."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.deliveries import migrate, register
from data.deliveries.locks import LOCK, store_lock
from data.deliveries.register import FILE

NOT_LIKE_THIS = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


@contextmanager
def opened(store: Path) -> Iterator[sqlite3.Connection]:
    """The register of a store, as the last transaction left it. Raises sqlite3.Error, NewerRegisterError."""
    if _writable(store):
        with register.opened(store) as connection:
            yield connection
        return
    with closing(_newest(_read_only(store / FILE), store / FILE)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


@contextmanager
def lock(store: Path) -> Iterator[None]:
    """Keep writers waiting; where the lock may only be read, together with others who look."""
    if _writable(store):
        with store_lock(store):
            yield
    elif (store / LOCK).exists():
        handle = os.open(store / LOCK, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)
    else:
        yield


def _writable(store: Path) -> bool:
    """Whether SQLite may write: to the register, the log beside it, and the folder for new ones."""
    beside = [path for path in (store / LOCK, *_files(store / FILE)) if path.exists()]
    return all(os.access(path, os.W_OK) for path in (store, *beside))


def _files(file: Path) -> list[Path]:
    """The register, its log, and the index of the log in shared memory."""
    return [file, *(file.with_name(f"{file.name}-{name}") for name in ("wal", "shm"))]


def _read_only(file: Path) -> sqlite3.Connection:
    """SQLite needs the index of the log (3.22 and newer only have to read it), or no log at all."""
    try:
        return _connected(file, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in NOT_LIKE_THIS:
            raise
    _, log, _ = _files(file)
    if not log.exists() or not log.stat().st_size:
        return _connected(file, "immutable=1")  # all that was written is in the file itself
    with tempfile.TemporaryDirectory() as folder:  # where the index can be made
        for path in (file, log):
            shutil.copyfile(path, Path(folder) / path.name)
        with closing(_connected(Path(folder) / file.name, "mode=rw")) as copy:
            return _in_memory(copy)


def _connected(file: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}", uri=True, timeout=register.BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _newest(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """The register itself, or, if an older program made it, a copy in memory that is brought up to date."""
    if migrate.is_newest(connection, file):
        return connection
    with closing(connection):
        copy = _in_memory(connection)
    migrate.to_newest(copy, file, keep=False)
    return copy


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    return copy
