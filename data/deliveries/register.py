"""The register of deliveries: who handed in what, as of when. SQLite, because it survives a power cut."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.deliveries.findings import Finding

BUSY_SECONDS = 60
MIGRATIONS = (
    """
    create table deliveries (
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
    ) strict;
    create index deliveries_by_sender on deliveries (sender, reporting_date, handed_in_ns);
    create table findings (
        delivery integer not null references deliveries (id),
        finding text not null
    ) strict;
    create index findings_by_delivery on findings (delivery);
    """,
)
JSON_COLUMNS = ("rows", "present", "recognised", "counts")


@contextmanager
def opened(store: Path) -> Iterator[sqlite3.Connection]:
    """The register of a store, brought to the newest version. Raises sqlite3.Error."""
    connection = sqlite3.connect(store / "register.sqlite", timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        _migrate(connection)
        yield connection
    finally:
        connection.close()


def enter(register: sqlite3.Connection, row: dict[str, Any], findings: tuple[Finding, ...]) -> None:
    """Accept a delivery, with its warnings and notices, in one transaction."""
    row = {
        key: json.dumps(cell, ensure_ascii=False) if key in JSON_COLUMNS else cell
        for key, cell in row.items()
    }
    columns, marks = ", ".join(row), ", ".join(f":{key}" for key in row)
    register.execute("begin immediate")
    try:
        entered = register.execute(f"insert into deliveries ({columns}) values ({marks})", row)
        register.executemany(
            "insert into findings (delivery, finding) values (?, ?)",
            [(entered.lastrowid, json.dumps(asdict(finding), ensure_ascii=False)) for finding in findings],
        )
        register.execute("commit")
    except BaseException:
        register.execute("rollback")
        raise


def deliveries(register: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every delivery ever accepted, the oldest reporting date first, later ones of the same date behind."""
    rows = register.execute("select * from deliveries order by reporting_date, handed_in_ns, id")
    return [
        {key: json.loads(row[key]) if key in JSON_COLUMNS else row[key] for key in row.keys()}  # noqa: SIM118
        for row in rows
    ]


def known(register: sqlite3.Connection, sha256: str) -> dict[str, Any] | None:
    """The delivery with this hash, if it was accepted."""
    row = register.execute("select * from deliveries where sha256 = ?", [sha256]).fetchone()
    return dict(row) if row else None


def _migrate(register: sqlite3.Connection) -> None:
    version = register.execute("pragma user_version").fetchone()[0]
    if version == len(MIGRATIONS):
        return
    register.execute("begin immediate")
    try:
        version = register.execute("pragma user_version").fetchone()[0]
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in migration.split(";"):
                register.execute(statement)
            register.execute(f"pragma user_version = {number}")
        register.execute("commit")
    except BaseException:
        register.execute("rollback")
        raise
