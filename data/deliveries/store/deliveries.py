"""The store of accepted deliveries, as the warehouse reads it: kept for ever, addressed by their content."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.deliveries import reading, register
from data.deliveries.schema import tables
from data.settings import Settings


@dataclass(frozen=True)
class Stored:
    """One delivery that was accepted. `state`: accepted; replaced, where later ones stand for all of its
    tables; taken_back.

    `rows` and `present` (columns that the files had) are per table; `tables` are the Parquet files.
    `complete`: it is the sender's whole stock, not a single table. `accepted_at` is in UTC. `counts` is the
    number of findings per rule, `confirmed` the reason given for its warnings.
    """

    sha256: str
    sender: str
    sender_name: str
    sender_kind: str
    reporting_date: date
    software: str
    synthetic: bool
    accepted_at: datetime
    state: str
    complete: bool
    rows: dict[str, int]
    present: dict[str, tuple[str, ...]]
    tables: dict[str, Path]
    recognised: dict[str, Any]
    folder: Path
    handed_in_by: str = ""
    confirmed: str | None = None
    counts: dict[str, int] | None = None
    id: int = 0


def folder(store: Path, name: str) -> Path:
    """Where a delivery is kept, named by its hash: `original/` and one Parquet file per table."""
    return store / "deliveries" / name


def all_deliveries(settings: Settings) -> tuple[Stored, ...]:
    """Every delivery ever accepted, oldest reporting date first; of one date, in the order of hand-in."""
    if not (settings.store / register.FILE).exists():
        return ()
    with reading.opened(settings.store) as opened:
        every = [_stored(settings.store, row) for row in register.deliveries(opened)]
    serving = {stored.id for by_table in _serving(every).values() for stored in by_table.values()}
    return tuple(replace(stored, state="accepted") if stored.id in serving else stored for stored in every)


def current(settings: Settings) -> tuple[Stored, ...]:
    """Where today's figures come from: each sender's newest delivery, and single tables newer than it."""
    return tuple(stored for stored in all_deliveries(settings) if stored.state == "accepted")


def current_tables(settings: Settings) -> dict[str, list[Stored]]:
    """Table -> of each sender the newest delivery that is complete or has the table, if it has the table."""
    by_table: dict[str, list[Stored]] = {table: [] for table in tables()}
    for serving in _serving(current(settings)).values():
        for table, stored in serving.items():
            if table in stored.rows:
                by_table[table].append(stored)
    return by_table


def tables_of(settings: Settings, sender: str) -> dict[str, Stored]:
    """Table -> the delivery that stands for it in one sender's current figures."""
    return {
        table: stored
        for table, of_senders in current_tables(settings).items()
        for stored in of_senders
        if stored.sender == sender
    }


def _serving(oldest_first: Iterable[Stored]) -> dict[str, dict[str, Stored]]:
    """Sender -> table -> the delivery that stands for it."""
    serving: dict[str, dict[str, Stored]] = {}
    for stored in oldest_first:
        if stored.state != "taken_back":
            covers = tables() if stored.complete else stored.rows
            serving.setdefault(stored.sender, {}).update(dict.fromkeys(covers, stored))
    return serving


def _stored(store: Path, row: dict[str, Any]) -> Stored:
    kept = folder(store, row["folder"])
    return Stored(
        sha256=row["sha256"],
        sender=row["sender"],
        sender_name=row["sender_name"],
        sender_kind=row["sender_kind"],
        reporting_date=date.fromisoformat(row["reporting_date"]),
        software=row["software"],
        synthetic=bool(row["synthetic"]),
        accepted_at=datetime.fromisoformat(row["accepted_at"]),
        state="taken_back" if row["state"] == "taken_back" else "replaced",
        complete=bool(row["complete"]),
        rows=row["rows"],
        present=row["present"],
        tables={table: kept / f"{table}.parquet" for table in row["rows"]},
        recognised=row["recognised"],
        folder=kept,
        handed_in_by=row["handed_in_by"],
        confirmed=row["confirmed"],
        counts=row["counts"],
        id=row["id"],
    )
