"""The store of accepted deliveries, as the warehouse reads it: kept for ever, addressed by their content.

Each has a folder of its own that no other delivery ever had. Taking one back deletes nothing: the one before
it stands again.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median_low
from typing import Any

from data.deliveries.format.schema import tables
from data.deliveries.store import profile_files, register, slips
from data.deliveries.store.unusable import clearly
from data.foundation import durable
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

RHYTHM = 3  # months between two deliveries of a sender that has made but one: releases are by quarter
SHORTEST = 8  # characters of a hash that may stand for the whole
OFFICIAL = (
    "destatis:gemeindeverzeichnis"  # whose the official list of municipalities is; no sender has a colon
)
LISTED = "gemeindeverzeichnis"  # its one table


@dataclass(frozen=True)
class Stored:
    """One delivery that was accepted. `state`: accepted; replaced, where later ones stand for all of its
    tables; taken_back.

    `rows` and `present` (columns that the files had) are per table; `tables` are the Parquet files.
    `complete`: it is the sender's whole stock, not a single table. `accepted_at` is in UTC. `counts` is the
    number of findings per rule, `confirmed` the reason given for its warnings. `rhythm_months`: how often its
    sender delivers.
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
    rhythm_months: int = RHYTHM


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, and the deliveries of its sender that stand now."""

    delivery: Stored
    standing: tuple[Stored, ...]


class NotStoredError(DashboardError):
    """No delivery that stands has this hash or sender."""

    exit_code = 2

    def __str__(self) -> str:
        return (
            f"No delivery of a sender {self.args[0]!r} or with this hash is in the store, or it was taken "
            "back already. `python -m data status` lists them all."
        )


class LeansOnItError(DashboardError):
    """A single table that was handed in later refers to the cases of this delivery."""

    exit_code = 2

    def __str__(self) -> str:
        later = self.args[0]
        return (
            f"A single table of {later.sender}, {later.reporting_date:%d.%m.%Y}, was handed in after it and "
            f"refers to its cases. Nothing was taken back. Take that one back first: {later.sha256[:12]}"
        )


def folder(store: Path, name: str) -> Path:
    """Where a delivery is kept, named by its hash: `original/` and one Parquet file per table."""
    return store / "deliveries" / name


def all_deliveries(settings: Settings) -> tuple[Stored, ...]:
    """Every delivery ever accepted, oldest reporting date first; of one date, in the order of hand-in.

    The official lists of municipalities are no deliveries of a sender: see `official_lists`.
    """
    return tuple(stored for stored in _everything(settings) if stored.sender != OFFICIAL)


def official_lists(settings: Settings) -> tuple[Stored, ...]:
    """Every official list of municipalities ever accepted, the oldest first; one of a year stands."""
    return tuple(stored for stored in _everything(settings) if stored.sender == OFFICIAL)


def _everything(settings: Settings) -> tuple[Stored, ...]:
    if not (settings.store / register.FILE).exists():
        register.refuse_if_lost(settings.store)
        return ()
    with register.open_for_reading(settings.store) as opened:
        every = [_stored(settings.store, row) for row in register.deliveries(opened)]
    serving = {stored.id for by_table in _serving(every).values() for stored in by_table.values()}
    rhythms = _rhythms(every)
    return tuple(
        replace(
            stored,
            state="accepted" if stored.id in serving else stored.state,
            rhythm_months=rhythms.get(stored.sender, RHYTHM),
        )
        for stored in every
    )


def current(settings: Settings) -> tuple[Stored, ...]:
    """Where today's figures come from: each sender's newest delivery, and single tables newer than it."""
    return tuple(stored for stored in all_deliveries(settings) if stored.state == "accepted")


def current_tables(settings: Settings) -> dict[str, list[Stored]]:
    """Table -> of each sender the newest delivery that is complete or has the table, if it has the table.

    Behind them the official list of each year, if there is one.
    """
    by_table: dict[str, list[Stored]] = {table: [] for table in tables()}
    standing = [stored for stored in _everything(settings) if stored.state == "accepted"]
    for serving in _serving([stored for stored in standing if stored.sender != OFFICIAL]).values():
        for table, stored in serving.items():
            if table in stored.rows:
                by_table[table].append(stored)
    if lists := [stored for stored in standing if stored.sender == OFFICIAL]:
        by_table[LISTED] = lists
    return by_table


def delivered(stored: Mapping[str, Sequence[Stored]]) -> bool:
    """Whether any sender has delivered; an official list alone makes no figure."""
    return any(of_senders for table, of_senders in stored.items() if table != LISTED)


def tables_of(settings: Settings, sender: str) -> dict[str, Stored]:
    """Table -> the delivery that stands for it in one sender's current figures."""
    return of_sender(current_tables(settings), sender)


def of_sender(current: Mapping[str, Sequence[Stored]], sender: str) -> dict[str, Stored]:
    """The same for who has the `current_tables` already: to read them takes longer the more is stored."""
    return {
        table: stored
        for table, of_senders in current.items()
        for stored in of_senders
        if stored.sender == sender
    }


def take_back(settings: Settings, named: str, by: str = "", reason: str = "") -> TakenBack:
    """Take back a delivery by its hash (or the beginning of it), or the newest one of a sender.

    Raises `NotStoredError`, `LeansOnItError`, `StoreError`.
    """
    with clearly(settings.store):
        if not (settings.store / register.FILE).exists():
            register.refuse_if_lost(settings.store)
            raise NotStoredError(named)
        with store_lock(settings.store), register.open_for_writing(settings.store) as opened:
            profile_files.settle(settings, opened)
            standing = [each for each in _everything(settings) if each.state != "taken_back"]
            delivery = _named(standing, named)
            if later := _leaning(standing, delivery):
                raise LeansOnItError(later)
            row = {"id": delivery.id, "sha256": delivery.sha256, "sender": delivery.sender}
            register.take_back(opened, row, by, reason)
            with suppress(OSError):  # it is taken back: what could not be written is at the next chance
                slips.settle(settings.store, opened)
        now = {each.id: each for each in tables_of(settings, delivery.sender).values()}
        return TakenBack(delivery, tuple(now.values()))


def one(settings: Settings, sha256: str) -> Stored:
    """A delivery by its hash (or the beginning of it), also one taken back. Raises `NotStoredError`."""
    with clearly(settings.store):
        matching = [each for each in _everything(settings) if _is(each, sha256)]
    if not matching or len({each.sha256 for each in matching}) > 1:
        raise NotStoredError(sha256)
    return next((each for each in matching if each.state != "taken_back"), matching[-1])


def free_folder(opened: sqlite3.Connection, store: Path, sha256: str) -> Path:
    """A folder that no delivery has: the files may have been accepted and taken back before.

    What a killed process left there is in no register; a complete delivery among that is put aside.
    """
    taken = {row[0] for row in opened.execute("select folder from deliveries where sha256 = ?", [sha256])}
    names = [sha256, *(f"{sha256}-{number}" for number in range(2, len(taken) + 2))]
    target = folder(store, next(name for name in names if name not in taken))
    if (target / slips.SLIP).exists():
        slips.put_aside(store, target)
    shutil.rmtree(target, ignore_errors=True)
    return target


def link(folder: Path, target: Path) -> None:
    """The same files under a second name: until the register knows them, the first one stays as it is."""
    durable.mkdir(target.parent)
    shutil.copytree(folder, target, copy_function=_link_or_copy)
    durable.sync(target)


def _serving(oldest_first: Iterable[Stored]) -> dict[str, dict[str, Stored]]:
    """Sender -> table -> the delivery that stands for it."""
    serving: dict[str, dict[str, Stored]] = {}
    for stored in oldest_first:
        if stored.state != "taken_back":
            covers: Iterable[str] = tables() if stored.complete else stored.rows
            if stored.sender == OFFICIAL:
                covers = [f"{LISTED} {stored.reporting_date.year}"]
            serving.setdefault(stored.sender, {}).update(dict.fromkeys(covers, stored))
    return serving


def _rhythms(oldest_first: Iterable[Stored]) -> dict[str, int]:
    """Sender -> the months between its whole deliveries, of the last few the middle one; at most a year."""
    dates: dict[str, list[date]] = {}
    for stored in oldest_first:
        if stored.complete and stored.state != "taken_back":
            dates.setdefault(stored.sender, []).append(stored.reporting_date)
    found = {}
    for sender, every in dates.items():
        months = sorted({each.year * 12 + each.month for each in every})[-5:]
        gaps = [later - earlier for earlier, later in pairwise(months)]
        if gaps:
            found[sender] = min(median_low(gaps), 12)
    return found


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


def _named(standing: Sequence[Stored], named: str) -> Stored:
    of_sender = [each for each in standing if each.sender == named]
    matching = of_sender or [each for each in standing if _is(each, named)]
    if not matching or (len({each.sha256 for each in matching}) > 1 and not of_sender):
        raise NotStoredError(named)
    return matching[-1]


def _is(delivery: Stored, sha256: str) -> bool:
    return len(sha256) >= SHORTEST and delivery.sha256.startswith(sha256.lower())


def _leaning(standing: Sequence[Stored], delivery: Stored) -> Stored | None:
    """The newest single table between this delivery and the sender's next whole one."""
    same = [each for each in standing if each.sender == delivery.sender]
    found = None
    for later in same[same.index(delivery) + 1 :]:
        if later.complete:
            break
        found = later
    return found


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
