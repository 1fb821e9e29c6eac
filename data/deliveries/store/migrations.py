"""The versions of the register: one of an older program becomes one of this program, after a copy was made.

What makes each version of the one before stands in `register_<version>.sql`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from data.deliveries.store import incoming
from data.foundation import durable, sql
from data.foundation.errors import DashboardError


class NewerRegisterError(DashboardError):
    """The store was last used by a newer program, whose register this one can't read."""

    def __str__(self) -> str:
        path, version = self.args
        return (
            f"{path}: the register has version {version}, this program knows versions up to "
            f"{len(MIGRATIONS)}. Nothing was changed. Install the newer program again."
        )


def is_newest(register: sqlite3.Connection, path: Path) -> bool:
    """Whether the register has every migration. Raises sqlite3.Error, NewerRegisterError."""
    version = _version(register)
    if version > len(MIGRATIONS):
        raise NewerRegisterError(path, version)
    return version == len(MIGRATIONS)


def to_newest(register: sqlite3.Connection, path: Path, keep: bool = True) -> None:
    """Run the migrations that the register doesn't have yet, all in one transaction. Raises sqlite3.Error.

    `keep`: what it was before is copied beside it.
    """
    if is_newest(register, path):
        return
    register.execute("begin immediate")  # who comes second waits here and finds nothing left to do
    try:
        version = _version(register)
        if keep and 0 < version < len(MIGRATIONS):
            _copy(path, version)
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in statements:
                register.execute(statement)
            if number == 2 and version:
                _record_hashes(register, path.parent / "deliveries")
            register.execute(f"pragma user_version = {number}")
        register.execute("commit")
    except BaseException:
        if register.in_transaction:
            register.execute("rollback")
        raise


def copy_of(path: Path, version: int) -> Path:
    """Where the register lies as it was before the migration from this version."""
    return path.with_name(f"{path.stem}-version-{version}{path.suffix}")


def _statements(version: int) -> Iterator[str]:
    """The statements that make a register of this version of one of the version before, one by one: SQLite
    would end the transaction where several are run at once.
    """
    statement = ""
    for line in sql.beside(__file__, f"register_{version}").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


MIGRATIONS = tuple(tuple(_statements(version)) for version in (1, 2))


def _version(register: sqlite3.Connection) -> int:
    return int(register.execute("pragma user_version").fetchone()[0])


def _copy(path: Path, version: int) -> None:
    """A second connection sees the register as it was before the transaction that migrates it."""
    with (
        durable.replacing(copy_of(path, version)) as beside,
        closing(sqlite3.connect(path)) as before,
        closing(sqlite3.connect(beside)) as copy,
    ):
        before.backup(copy)


def _record_hashes(register: sqlite3.Connection, folder: Path) -> None:
    """Version 1 recorded no hashes: from now on what lies there at the migration has to stay as it is."""
    for delivery, name in register.execute("select id, folder from deliveries").fetchall():
        register.executemany(
            "insert into files (delivery, name, sha256) values (?, ?, ?)",
            [(delivery, file, sha256) for file, sha256 in incoming.hashes_of_folder(folder / name).items()],
        )
    register.execute(
        "insert into audit (at, who, action, note) "
        "values (strftime('%Y-%m-%dT%H:%M:%S+00:00'), '', 'migrated', 'from version 1 to 2')"
    )
