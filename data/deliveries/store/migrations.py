"""The register's tables, version by version. What stands here once is never changed: stores rest on it.

A register made by an older version of the program becomes one of this version, after a copy was made.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from data.deliveries.store import hashes
from data.foundation import durable
from data.foundation.errors import DashboardError

FIRST = (
    """create table deliveries (
        id integer primary key,
        sha256 text not null unique,
        sender text not null,
        sender_name text not null,
        sender_kind text not null,
        reporting_date text not null,
        software text not null,
        complete integer not null,
        synthetic integer not null,
        state text not null default 'accepted',
        handed_in_ns integer not null,
        accepted_at text not null,
        rows text not null,
        present text not null,
        recognised text not null,
        counts text not null
    ) strict""",
    "create index deliveries_by_sender on deliveries (sender, reporting_date, handed_in_ns)",
    """create table findings (
        delivery integer not null references deliveries (id),
        finding text not null
    ) strict""",
    "create index findings_by_delivery on findings (delivery)",
)

# The same files may be taken back and handed in again, so a hash names at most one delivery that stands, and
# each acceptance has a folder of its own: what was accepted once is never written over.
SECOND = (
    """create table accepted (
        id integer primary key,
        sha256 text not null,
        folder text not null unique,
        sender text not null,
        sender_name text not null,
        sender_kind text not null,
        reporting_date text not null,
        software text not null,
        complete integer not null,
        synthetic integer not null,
        state text not null default 'accepted' check (state in ('accepted', 'taken_back')),
        handed_in_ns integer not null,
        handed_in_by text not null default '',
        accepted_at text not null,
        confirmed text,
        rows text not null,
        present text not null,
        recognised text not null,
        counts text not null
    ) strict""",
    """insert into accepted (
        id, sha256, folder, sender, sender_name, sender_kind, reporting_date, software, complete, synthetic,
        state, handed_in_ns, accepted_at, rows, present, recognised, counts)
    select
        id, sha256, sha256, sender, sender_name, sender_kind, reporting_date, software, complete, synthetic,
        state, handed_in_ns, accepted_at, rows, present, recognised, counts
    from deliveries""",
    """create table found (
        delivery integer not null references accepted (id),
        finding text not null
    ) strict""",
    "insert into found select delivery, finding from findings",
    "drop table findings",
    "drop table deliveries",
    "alter table accepted rename to deliveries",
    "alter table found rename to findings",
    "create index findings_by_delivery on findings (delivery)",
    "create index deliveries_by_sender on deliveries (sender, reporting_date, handed_in_ns)",
    "create unique index deliveries_standing on deliveries (sha256) where state = 'accepted'",
    """create table files (
        delivery integer not null references deliveries (id),
        name text not null,
        sha256 text not null,
        primary key (delivery, name)
    ) strict""",
    """create table audit (
        id integer primary key,
        at text not null,
        who text not null,
        action text not null,
        sha256 text,
        sender text,
        note text not null default ''
    ) strict""",
    """create trigger audit_is_not_changed before update on audit
    begin select raise(abort, 'the audit log is only added to'); end""",
    """create trigger audit_is_not_deleted before delete on audit
    begin select raise(abort, 'the audit log is only added to'); end""",
)

MIGRATIONS = (FIRST, SECOND)


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
            [(delivery, file, sha256) for file, sha256 in hashes.of_folder(folder / name).items()],
        )
    register.execute(
        "insert into audit (at, who, action, note) "
        "values (strftime('%Y-%m-%dT%H:%M:%S+00:00'), '', 'migrated', 'from version 1 to 2')"
    )
