"""Deliveries that were let go of: files and rows are gone, and a list says which there were.

The list is written first. What a killed process leaves of a delivery on it is never entered again, and goes
with the next call.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from data.deliveries.store import deliveries, kind, register, slips
from data.deliveries.store.deliveries import Stored
from data.deliveries.store.unusable import clearly
from data.foundation import durable, storedjson
from data.foundation.durable import store_lock
from data.foundation.settings import Settings

LIST = "forgotten.json"


@dataclass(frozen=True)
class Forgotten:
    """One delivery that was. Times are ISO 8601 in UTC, `reporting_date` ISO."""

    sha256: str
    folder: str
    sender: str
    reporting_date: str
    accepted_at: str
    forgotten_at: str


def listed(store: Path) -> tuple[Forgotten, ...]:
    """Every delivery that was let go of, in the order of that. Raises DamagedFileError."""
    try:
        return storedjson.read_file(tuple[Forgotten, ...], store / LIST, newer=True)
    except FileNotFoundError:
        return ()


def is_on_list(store: Path, folder: Path) -> bool:
    """Whether what lies in this folder was let go of, or, in `aside/`, is an older copy of the same files.
    They may have been handed in again since.
    """
    gone, in_aside = listed(store), folder.parent.name == slips.ASIDE
    named = [each for each in gone if each.folder == folder.name]
    with suppress(OSError, ValueError, KeyError):
        row = slips.read(folder).row if gone else {}
        copies = [each for each in gone if in_aside and each.sha256 == row["sha256"]]
        return any(row["accepted_at"] <= each.accepted_at for each in copies) or any(
            row["accepted_at"] == each.accepted_at for each in named
        )
    return bool(named)


def let_go(
    settings: Settings, chosen: Sequence[Stored], by: str, in_force: bool = False
) -> tuple[Forgotten, ...]:
    """Remove these deliveries: originals, tables, slips and rows of the register; those that stand (again)
    only where they are meant too. What the audit log of the register says of them stays.

    Raises StoreError, LostRegisterError.
    """
    store = settings.store
    with clearly(store), store_lock(store), register.open_for_writing(store) as opened:
        opened.execute("pragma secure_delete = on")
        _finish(store, opened)
        kind.settle(settings, kind.Kind.REAL)  # what it follows from may go now
        standing = () if in_force else {each.id for each in deliveries.current(settings)}
        chosen = [each for each in chosen if each.id not in standing]
        now = register.now()
        gone = tuple(
            Forgotten(
                each.sha256,
                each.folder.name,
                each.sender,
                each.reporting_date.isoformat(),
                _accepted(opened, each.id),
                now,
            )
            for each in chosen
        )
        if gone:
            durable.replace(store / LIST, storedjson.text((*listed(store), *gone), indent=1))
        with register.transaction(opened):
            for each, told in zip(chosen, gone, strict=True):
                for table, key in (("findings", "delivery"), ("files", "delivery"), ("deliveries", "id")):
                    opened.execute(f"delete from {table} where {key} = ?", [each.id])
                register.note(opened, "forgotten", by, each.sha256, each.sender, told.reporting_date)
        _finish(store, opened)
        opened.execute("pragma wal_checkpoint(truncate)")
    return gone


def _finish(store: Path, opened: sqlite3.Connection) -> None:
    """Remove the folders of what is on the list and in no register; under the store's lock."""
    known = {row["folder"] for row in opened.execute("select folder from deliveries")}
    for name in {each.folder for each in listed(store)} - known:
        folder = store / "deliveries" / name
        if folder.is_dir() and is_on_list(store, folder):
            # Whole or away: half a delivery would look like a damaged one.
            away = store / f"forgotten-{uuid4().hex[:12]}.new"
            durable.rename(folder, away)
            shutil.rmtree(away)


def _accepted(opened: sqlite3.Connection, delivery: int) -> str:
    row = opened.execute("select accepted_at from deliveries where id = ?", [delivery]).fetchone()
    return str(row["accepted_at"])
