"""The last step of a hand-in: a checked delivery moves to its place in the store and enters the register."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data.deliveries import register, store, write
from data.deliveries.findings import Group, counts, kept
from data.deliveries.incoming import Incoming
from data.deliveries.load import Loaded
from data.deliveries.locks import store_lock
from data.deliveries.recognised import Recognised
from data.deliveries.sender import Sender
from data.settings import Settings

SYNTHETIC = "Demonstrationsdaten (synthetisch)"


@dataclass(frozen=True)
class Delivery:
    """Everything that is kept of a delivery without faults."""

    sha256: str
    head: Sender
    loaded: tuple[Loaded, ...]
    recognised: tuple[Recognised, ...]
    groups: tuple[Group, ...]
    handed_in_ns: int


def known(settings: Settings, sha256: str) -> Sender | None:
    """The head of the delivery with this hash, if it was accepted before."""
    with register.opened(settings.store) as opened:
        row = register.known(opened, sha256)
    if row is None:
        return None
    day = date.fromisoformat(row["reporting_date"])
    return Sender(
        row["sender"], row["sender_name"], row["sender_kind"], day, row["software"], bool(row["complete"])
    )


def parents(settings: Settings, head: Sender) -> dict[str, Path]:
    """The sender's current tables, to which a table handed in alone refers."""
    return {
        table: stored.tables[table]
        for table, of_senders in store.current_tables(settings).items()
        for stored in of_senders
        if stored.sender == head.sender
    }


def take_over(
    connection: duckdb.DuckDBPyConnection, settings: Settings, new: Incoming, delivery: Delivery
) -> None:
    """Files first, written and synced; then, under the store's lock, the move and the entry in the register.

    A process killed between the two leaves a folder that no register knows; the same hand-in replaces it.
    """
    for loaded in delivery.loaded:
        write.parquet(connection, loaded, new.kept / f"{loaded.table.name}.parquet")
    write.sync(new.kept)
    target = store.folder(settings.store, delivery.sha256)
    with store_lock(settings.store), register.opened(settings.store) as opened:
        if register.known(opened, delivery.sha256):
            return  # another process handed the same files in meanwhile
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(exist_ok=True)
        new.kept.rename(target)
        write.sync_folder(target.parent)
        register.enter(opened, _row(delivery), kept(delivery.groups))


def _row(delivery: Delivery) -> dict[str, object]:
    head = delivery.head
    return {
        "sha256": delivery.sha256,
        "sender": head.sender,
        "sender_name": head.name,
        "sender_kind": head.kind,
        "reporting_date": head.reporting_date.isoformat(),
        "software": head.software,
        "complete": int(head.complete),
        "synthetic": int(head.software == SYNTHETIC),
        "handed_in_ns": delivery.handed_in_ns,
        "accepted_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": {each.table.name: each.rows for each in delivery.loaded},
        "present": {each.table.name: each.part.present for each in delivery.loaded},
        "recognised": {each.place: each.as_json() for each in delivery.recognised},
        "counts": counts(delivery.groups),
    }
