"""The register of deliveries: who handed in what, as of when. SQLite, because it survives a power cut.

Its audit log says who did what when, and is only added to. Who only looks can read it in a store that they
may not write to. Where it is gone, empty or damaged beside deliveries, nothing is read or written: it can be
made again from them.
"""

import fcntl
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import Finding
from data.deliveries.store import migrations, slips
from data.foundation import storedjson
from data.foundation.durable import LOCK, store_lock
from data.foundation.errors import DashboardError
from data.foundation.languages import counted

BUSY_SECONDS = 60
FILE = "register.sqlite"
JSON_COLUMNS: dict[str, Any] = {
    "rows": dict[str, int],
    "present": dict[str, tuple[Any, ...]],  # looking at every heading of every delivery takes its time
    "recognised": dict[str, dict[str, Any]],
    "counts": dict[str, int],
}
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NOT_LIKE_THIS = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class LostRegisterError(DashboardError):
    """The register is gone, empty or damaged, and the deliveries that it knew lie in the store."""

    exit_code = 6

    def __str__(self) -> str:
        path, how, many = self.args
        return (
            f"{path} {how}, and {counted(many, 'delivery lies', 'deliveries lie')} in the store. Nothing was "
            "changed, and nothing is lost: `python -m data verify --restore` makes the register again from "
            "them."
        )


def refuse_if_lost(store: Path) -> None:
    """Raises LostRegisterError if there is no register where there are deliveries."""
    file = store / FILE
    there = file.exists()
    if (not there or not file.stat().st_size) and (many := len(list(slips.folders(store)))):
        raise LostRegisterError(file, "is empty" if there else "is gone", many)


@contextmanager
def naming_damage(store: Path) -> Iterator[None]:
    """What SQLite says of a damaged file, as an error that names it and the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in DAMAGED:
            raise
        many = len(list(slips.folders(store)))
        raise LostRegisterError(store / FILE, f"is damaged ({error})", many) from None


@contextmanager
def open_for_writing(store: Path, anew: bool = False) -> Iterator[sqlite3.Connection]:
    """The register of a store, brought to the newest version. `anew`: also where there is none yet and
    deliveries are.

    Raises sqlite3.Error, NewerRegisterError, LostRegisterError.
    """
    if not anew:
        refuse_if_lost(store)
    with naming_damage(store), _opened(store) as connection:
        yield connection


@contextmanager
def _opened(store: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(store / FILE, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
            _to_wal(connection)
        connection.execute("pragma synchronous = full")
        migrations.to_newest(connection, store / FILE)
        connection.execute("pragma foreign_keys = on")
        yield connection
    finally:
        connection.close()


def _to_wal(connection: sqlite3.Connection) -> None:
    """Where two are the first of a new store SQLite waits for neither of them, so this does."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.02)


@contextmanager
def open_for_reading(store: Path) -> Iterator[sqlite3.Connection]:
    """The register of a store, as the last transaction left it.

    Raises sqlite3.Error, NewerRegisterError, LostRegisterError.
    """
    if writable(store):
        with open_for_writing(store) as connection:
            yield connection
        return
    refuse_if_lost(store)
    with naming_damage(store), closing(_newest(_read_only(store / FILE), store / FILE)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


@contextmanager
def lock_if_writable(store: Path) -> Iterator[None]:
    """Keep writers waiting; where the lock may only be read, together with others who look."""
    if writable(store):
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


@contextmanager
def transaction(register: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    register.execute("begin immediate")
    try:
        yield
        register.execute("commit")
    except BaseException:
        if register.in_transaction:  # SQLite ends it by itself when the disk is full
            register.execute("rollback")
        raise


def note(
    register: sqlite3.Connection, action: str, who: str, sha256: str | None, sender: str | None, text: str
) -> None:
    """One line more in the audit log; inside a transaction it stands or falls with it."""
    register.execute(
        "insert into audit (at, who, action, sha256, sender, note) values (?, ?, ?, ?, ?, ?)",
        [now(), who, action, sha256, sender, text],
    )


def audit_entries(register: sqlite3.Connection) -> list[dict[str, Any]]:
    """Who did what when, the oldest first."""
    return [dict(row) for row in register.execute("select * from audit order by id")]


def now() -> str:
    """The time in UTC, as the register writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def enter(
    register: sqlite3.Connection,
    row: dict[str, Any],
    findings: tuple[Finding, ...],
    files: Mapping[str, str],
    notes: Iterable[tuple[str, str]] = (),
) -> None:
    """Accept a delivery with its warnings and notices and the hashes of its files, in one transaction.

    `notes` are rules and what only those who run the program may read of them: for the audit log.
    """
    found = tuple(finding.as_json() for finding in findings)
    with transaction(register):
        _enter(register, row, found, files)
        note(register, "accepted", row["handed_in_by"], row["sha256"], row["sender"], row["confirmed"] or "")
        for rule, text in notes:
            note(register, rule, row["handed_in_by"], row["sha256"], row["sender"], text)


def enter_again(
    register: sqlite3.Connection,
    row: dict[str, Any],
    findings: tuple[dict[str, Any], ...],
    files: Mapping[str, str],
    by: str,
) -> None:
    """A delivery that was accepted before, as its slip says; the audit log has who restored it."""
    with transaction(register):
        _enter(register, row, findings, files)
        note(register, "restored", by, row["sha256"], row["sender"], f"accepted {row['accepted_at']}")


def newest(register: sqlite3.Connection, folder: str) -> dict[str, Any]:
    """The delivery in this folder."""
    return dict(register.execute("select * from deliveries where folder = ?", [folder]).fetchone())


def _enter(
    register: sqlite3.Connection,
    row: dict[str, Any],
    findings: tuple[dict[str, Any], ...],
    files: Mapping[str, str],
) -> None:
    row = {key: storedjson.text(cell) if key in JSON_COLUMNS else cell for key, cell in row.items()}
    columns, marks = ", ".join(row), ", ".join(f":{key}" for key in row)
    entered = register.execute(f"insert into deliveries ({columns}) values ({marks})", row)
    register.executemany(
        "insert into findings (delivery, finding) values (?, ?)",
        [(entered.lastrowid, storedjson.text(finding)) for finding in findings],
    )
    register.executemany(
        "insert into files (delivery, name, sha256) values (?, ?, ?)",
        [(entered.lastrowid, name, sha256) for name, sha256 in files.items()],
    )


def take_back(register: sqlite3.Connection, delivery: Mapping[str, Any], who: str, reason: str) -> None:
    """A delivery stands no longer; nothing of it is deleted."""
    with transaction(register):
        register.execute("update deliveries set state = 'taken_back' where id = ?", [delivery["id"]])
        note(register, "taken back", who, delivery["sha256"], delivery["sender"], reason)


def deliveries(register: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every delivery ever accepted, the oldest reporting date first, later ones of the same date behind."""
    rows = register.execute("select * from deliveries order by reporting_date, handed_in_ns, id")
    return [
        {
            key: storedjson.read(JSON_COLUMNS[key], row[key]) if key in JSON_COLUMNS else row[key]
            for key in row.keys()  # noqa: SIM118
        }
        for row in rows
    ]


def known(register: sqlite3.Connection, sha256: str, state: str = "accepted") -> dict[str, Any] | None:
    """The newest delivery with this hash in this state: accepted, or accepted once and taken back."""
    row = register.execute(
        "select * from deliveries where sha256 = ? and state = ? order by id desc", [sha256, state]
    ).fetchone()
    return dict(row) if row else None


def files(register: sqlite3.Connection, delivery: int) -> dict[str, str]:
    """Name and hash of every file of a delivery, as recorded when it was accepted."""
    rows = register.execute("select name, sha256 from files where delivery = ? order by name", [delivery])
    return {row["name"]: row["sha256"] for row in rows}


def writable(store: Path) -> bool:
    """Whether SQLite may write: to the register, the log beside it, and the folder for new ones."""
    beside = [path for path in (store / LOCK, *parts(store / FILE)) if path.exists()]
    return all(os.access(path, os.W_OK) for path in (store, *beside))


def parts(file: Path) -> list[Path]:
    """The register, its log, and the index of the log in shared memory; whether there or not."""
    return [file, *(file.with_name(f"{file.name}-{name}") for name in ("wal", "shm"))]


def _read_only(file: Path) -> sqlite3.Connection:
    """SQLite needs the index of the log (3.22 and newer only have to read it), or no log at all."""
    try:
        return _connected(file, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in NOT_LIKE_THIS:
            raise
    _, log, _ = parts(file)
    if not log.exists() or not log.stat().st_size:
        return _connected(file, "immutable=1")  # all that was written is in the file itself
    with tempfile.TemporaryDirectory() as folder:  # where the index can be made
        for path in (file, log):
            shutil.copyfile(path, Path(folder) / path.name)
        with closing(_connected(Path(folder) / file.name, "mode=rw")) as copy:
            return _in_memory(copy)


def _connected(file: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _newest(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """The register itself, or, if an older program made it, a copy in memory that is brought up to date."""
    if migrations.is_newest(connection, file):
        return connection
    with closing(connection):
        copy = _in_memory(connection)
    migrations.to_newest(copy, file, keep=False)
    return copy


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    return copy
