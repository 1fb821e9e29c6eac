"""The last step of a hand-in: a checked delivery gets its place in the store and enters the register.

It is packed when it was checked, with all that the register will say, and taken over at once or when somebody
says yes. Of a refused one the audit log gets a line: who, whose, which rules, and nothing of its content.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking import writing
from data.deliveries.checking.columns import CROSS, EMPTY, TRUE
from data.deliveries.checking.workbench import Loaded
from data.deliveries.format.findings import Group, Place, counts, group, listed
from data.deliveries.format.schema import Field
from data.deliveries.format.sender import Given, Sender, as_date
from data.deliveries.handin.results import Checked
from data.deliveries.profiles import saved
from data.deliveries.store import deliveries, incoming, kind, profile_files, register, slips
from data.deliveries.store.incoming import Incoming
from data.foundation import durable
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.sql import identifier, literal


@dataclass(frozen=True)
class Parcel:
    """All that the register will say of a delivery without faults, once its files lie in a folder.

    `files` are the hashes of everything in that folder; `base` are the hashes of the sender's deliveries
    that it was checked against. `profile`, if somebody gave one beside the files, is kept for their sender.
    """

    path: str
    sha256: str
    head: Sender
    rows: dict[str, int]
    present: dict[str, tuple[str, ...]]
    recognised: dict[str, dict[str, str | int | None]]
    groups: tuple[Group, ...]
    files: dict[str, str]
    base: tuple[str, ...]
    handed_in_ns: int
    profile: str | None = None


class ChangedMeanwhileError(DashboardError):
    """What a delivery was checked against and compared with is not the sender's last one any more."""

    def __str__(self) -> str:
        path, sender = self.args
        return (
            f"{path}: another delivery of {sender} was taken over or taken back while this one was being "
            "checked. Nothing was taken over. Hand it in again, so that it is compared with the newest one."
        )


def pack(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    new: Incoming,
    checked: Checked,
    loaded: Sequence[Loaded],
    handed_in_ns: int,
) -> Parcel:
    """Write the checked tables beside the originals, and bring all of it to the disk."""
    if checked.head is None:
        raise ValueError(checked.path)
    for each in loaded:
        parquet(connection, each, new.copy / f"{each.table.name}.parquet")
    files = incoming.hashes_of_folder(new.copy, new.hashed)
    durable.sync(new.copy)
    return Parcel(
        path=checked.path,
        sha256=checked.sha256,
        head=checked.head,
        rows=checked.rows,
        present={each.table.name: each.part.present for each in loaded},
        recognised={each.place: dict(each.as_json()) for each in checked.recognised},  # type: ignore[arg-type]
        groups=checked.groups,
        files=files,
        base=base(settings, checked.head),
        handed_in_ns=handed_in_ns,
    )


def take_over(
    settings: Settings, folder: Path, parcel: Parcel, by: str, confirmed: str | None, strict: bool = False
) -> bool:
    """Give the files their place, then, in one transaction, the entry in the register; one writer at a time.

    A process killed between the two leaves a folder that no register knows; the next hand-in of the same
    files replaces it. A profile lies ready before the entry and gets its place after it: with the delivery,
    or not at all (see `profile_files.settle`). Raises `WrongKindError` in a store of the other kind.
    False: the same files were taken over meanwhile. `strict`:
    raises `ChangedMeanwhileError` if the sender's last delivery is another one than when this one was
    checked; a single table, which refers to it, is always strict.
    """
    with store_lock(settings.store), register.open_for_writing(settings.store) as opened:
        profile_files.settle(settings, opened)
        if register.known(opened, parcel.sha256):
            return False
        kind.check(settings, parcel.path, synthetic=parcel.head.synthetic)
        if (strict or not parcel.head.complete) and base(settings, parcel.head) != parcel.base:
            raise ChangedMeanwhileError(parcel.path, parcel.head.sender)
        target = deliveries.free_folder(opened, settings.store, parcel.sha256)
        try:
            deliveries.link(folder, target)
            row = _row(parcel, target.name, by, confirmed)
            slips.write(target, row, tuple(each.as_json() for each in listed(parcel.groups)), parcel.files)
            if parcel.profile:
                saved.lay_ready(settings, parcel.head.sender, parcel.profile, parcel.sha256)
            register.enter(opened, row, listed(parcel.groups), parcel.files)
            for each in parcel.groups:
                if each.for_operators:
                    register.note(
                        opened, each.rule, by, parcel.sha256, parcel.head.sender, each.for_operators
                    )
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            profile_files.withdraw(settings, parcel.head.sender, parcel.sha256)
            raise
        with suppress(OSError):  # it is taken over: what could not be finished is at the next chance
            profile_files.settle(settings, opened)
            slips.settle(settings.store, opened)
    return True


def contradictions(stated: Sender, given: Given, place: Place) -> list[Group]:
    """Sender and date given beside a delivery that states its own must be the same."""
    day = as_date(given.reporting_date) if given.reporting_date else None
    if given.sender in (None, stated.sender) and (not given.reporting_date or day == stated.reporting_date):
        return []
    wording = {"other": f"{stated.sender}, {stated.reporting_date:%d.%m.%Y}"}
    value = f"{given.sender or ''} {given.reporting_date or ''}".strip()
    return [group("given-otherwise", place, value=value, wording=wording)]


def of_other_kind(settings: Settings, head: Sender, place: Place) -> list[Group]:
    """A made-up delivery in a store for real ones, or the other way round."""
    rule = kind.contradicted(settings, head.synthetic)
    return [group(rule, place)] if rule else []


def note(settings: Settings, checked: Checked, given: Given) -> None:
    """Write the line if the delivery is refused. Raises sqlite3.Error.

    The hash of the files is left out, since a file of few rows could be guessed by it. A sender that was only
    said beside the files is named if the store knows it; it may be anything else.
    """
    if not checked.refused:
        return
    stated = checked.head if checked.head and checked.head.complete else None
    sender = stated.sender if stated else _known(settings, given.sender)
    faults = counts(group for group in checked.groups if group.severity == "fault")
    rules = ", ".join(f"{rule}: {count}" for rule, count in sorted(faults.items()))
    with store_lock(settings.store), register.open_for_writing(settings.store) as opened:
        register.note(opened, "refused", given.by, None, sender, rules)


def dated(parcel: Parcel, handed_in_ns: int) -> Parcel:
    """The same parcel, in the order of the moment when somebody said yes."""
    return replace(parcel, handed_in_ns=handed_in_ns)


def with_profile(parcel: Parcel, text: str | None) -> Parcel:
    """The same parcel, with a profile to be kept for its sender."""
    return replace(parcel, profile=text)


def parquet(connection: duckdb.DuckDBPyConnection, loaded: Loaded, target: Path) -> None:
    """All columns of the table in the order of the format; null where a value or column is missing."""
    crosses = writing.crosses(loaded)
    columns = ", ".join(
        f"{_final(field, crosses)} as {identifier(field.name)}" for field in loaded.table.fields
    )
    once = f"where rowid not in ({loaded.repeated.rows})" if loaded.repeated else ""
    rows = f"select {columns} from {loaded.typed} {once}"
    connection.execute(f"copy ({rows}) to {literal(str(target))} (format parquet, compression zstd)")


def known(settings: Settings, sha256: str, state: str = "accepted") -> Sender | None:
    """The head of the delivery with this hash, if one is in the store in this state."""
    with register.open_for_writing(settings.store) as opened:
        row = register.known(opened, sha256, state)
    if row is None:
        return None
    day = date.fromisoformat(row["reporting_date"])
    return Sender(
        row["sender"], row["sender_name"], row["sender_kind"], day, row["software"], bool(row["complete"])
    )


def parents(settings: Settings, head: Sender) -> dict[str, Path]:
    """The sender's current tables, to which a table handed in alone refers."""
    standing = deliveries.tables_of(settings, head.sender)
    return {table: stored.tables[table] for table, stored in standing.items()}


def base(settings: Settings, head: Sender) -> tuple[str, ...]:
    """The hashes of what stands for the sender now."""
    return tuple(sorted({stored.sha256 for stored in deliveries.tables_of(settings, head.sender).values()}))


def _final(field: Field, crosses: bool) -> str:
    value = identifier(field.name)
    if field.type == "boolean":
        empty = "false" if crosses else "null"
        return f"case when {value} = {EMPTY} then {empty} else {value} in ({TRUE}, {CROSS}) end"
    if field.type == "string":
        return value  # Parquet knows no enums: they are written as text, by their dictionary
    return f"{value}::{field.sql_type}"


def _row(parcel: Parcel, folder: str, by: str, confirmed: str | None) -> dict[str, object]:
    head = parcel.head
    return {
        "sha256": parcel.sha256,
        "folder": folder,
        "sender": head.sender,
        "sender_name": head.name,
        "sender_kind": head.kind,
        "reporting_date": head.reporting_date.isoformat(),
        "software": head.software,
        "complete": int(head.complete),
        "synthetic": int(head.synthetic),
        "handed_in_ns": parcel.handed_in_ns,
        "handed_in_by": by,
        "accepted_at": register.now(),
        "confirmed": confirmed,
        "rows": parcel.rows,
        "present": parcel.present,
        "recognised": parcel.recognised,
        "counts": counts(parcel.groups),
    }


def _known(settings: Settings, sender: str | None) -> str | None:
    return sender if sender in {each.sender for each in deliveries.all_deliveries(settings)} else None
