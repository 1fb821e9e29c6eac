"""The register of deliveries: who handed in what, as of when. SQLite, because it survives a power cut."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data import storedjson
from data.deliveries import audit, migrate
from data.deliveries.findings import Finding

BUSY_SECONDS = 60
FILE = "register.sqlite"
JSON_COLUMNS: dict[str, Any] = {
    "rows": dict[str, int],
    "present": dict[str, tuple[Any, ...]],  # looking at every heading of every delivery takes its time
    "recognised": dict[str, dict[str, Any]],
    "counts": dict[str, int],
}


@contextmanager
def opened(store: Path) -> Iterator[sqlite3.Connection]:
    """The register of a store, brought to the newest version. Raises sqlite3.Error, NewerRegisterError."""
    connection = sqlite3.connect(store / FILE, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
            connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        migrate.to_newest(connection, store / FILE)
        connection.execute("pragma foreign_keys = on")
        yield connection
    finally:
        connection.close()


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


def enter(
    register: sqlite3.Connection,
    row: dict[str, Any],
    findings: tuple[Finding, ...],
    files: Mapping[str, str],
) -> None:
    """Accept a delivery with its warnings and notices and the hashes of its files, in one transaction."""
    row = {key: storedjson.text(cell) if key in JSON_COLUMNS else cell for key, cell in row.items()}
    columns, marks = ", ".join(row), ", ".join(f":{key}" for key in row)
    with transaction(register):
        entered = register.execute(f"insert into deliveries ({columns}) values ({marks})", row)
        register.executemany(
            "insert into findings (delivery, finding) values (?, ?)",
            [(entered.lastrowid, storedjson.text(finding.as_json())) for finding in findings],
        )
        register.executemany(
            "insert into files (delivery, name, sha256) values (?, ?, ?)",
            [(entered.lastrowid, name, sha256) for name, sha256 in files.items()],
        )
        audit.note(
            register, "accepted", row["handed_in_by"], row["sha256"], row["sender"], row["confirmed"] or ""
        )


def take_back(register: sqlite3.Connection, delivery: Mapping[str, Any], who: str, reason: str) -> None:
    """A delivery stands no longer; nothing of it is deleted."""
    with transaction(register):
        register.execute("update deliveries set state = 'taken_back' where id = ?", [delivery["id"]])
        audit.note(register, "taken back", who, delivery["sha256"], delivery["sender"], reason)


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
