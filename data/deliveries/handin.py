"""Hand a delivery in: receive, read, check, store. It is taken over as a whole or not at all."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries import accept
from data.deliveries import sender as senders
from data.deliveries.check import check, loaded_part
from data.deliveries.findings import Group, has_fault
from data.deliveries.imported import Imported
from data.deliveries.incoming import Incoming, incoming, receive
from data.deliveries.load import Loaded
from data.deliveries.read import read
from data.deliveries.sender import Given, Sender
from data.deliveries.wording import Place
from data.deliveries.workbench import clear, workbench
from data.errors import DashboardError
from data.settings import Settings

Progress = Callable[[str, str], None]


class StoreError(DashboardError):
    """The store can't be read or written: a full disk, a read-only folder."""

    def __str__(self) -> str:
        path, store, reason = self.args
        return (
            f"{path}: the store {store} can't be used ({reason}). Nothing was taken over. "
            "Make room or give the right to write, and hand the files in again."
        )


def import_delivery(
    path: Path,
    settings: Settings,
    sender: str | None = None,
    reporting_date: str | date | None = None,
    progress: Progress | None = None,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    handed_in_ns: int | None = None,
) -> Imported:
    """Take over the delivery at `path` (folder, ZIP, workbook, CSV), or say why not.

    `sender` and `reporting_date` belong to a single table without `lieferung`. `progress` is called with a
    stage (receive, read, check, store) and what it is about. `connection` is a `workbench()` to use again.
    `handed_in_ns` orders deliveries of the same sender and date. Whatever is wrong with the files is a
    finding; raises `StoreError` if the store can't be written.
    """
    try:
        with incoming(settings.store) as new:
            return _HandIn(
                path=path,
                settings=settings,
                given=Given(sender, reporting_date),
                tell=progress or (lambda stage, about: None),
                connection=connection or workbench(),
                new=new,
                handed_in_ns=handed_in_ns or time.time_ns(),
            ).result()
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise StoreError(path, settings.store, str(error)) from error


@dataclass
class _HandIn:
    path: Path
    settings: Settings
    given: Given
    tell: Progress
    connection: duckdb.DuckDBPyConnection
    new: Incoming
    handed_in_ns: int
    head: Sender | None = None
    groups: list[Group] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)

    def result(self) -> Imported:
        self.tell("receive", self.path.name)
        sha256, files, said = receive(self.path, self.new)
        self.groups += said
        if before := accept.known(self.settings, sha256):
            self.groups += senders.contradictions(before, self.given, Place(self.path.name))
            accepted = not has_fault(self.groups)
            return Imported(str(self.path), accepted, True, sha256, before, {}, (), tuple(self.groups))
        clear(self.connection, self.new.scratch)
        if files:
            self._load(files)
        alone = self.head if self.head and not self.head.complete else None
        stored = accept.parents(self.settings, alone) if alone else {}
        recognised, said = check(self.connection, self.loaded, stored)
        self.groups += said
        accepted = self.head is not None and not has_fault(self.groups)
        if self.head and accepted:
            self.tell("store", self.path.name)
            delivery = accept.Delivery(
                sha256,
                self.head,
                tuple(self.loaded),
                tuple(recognised),
                tuple(self.groups),
                self.handed_in_ns,
            )
            accept.take_over(self.connection, self.settings, self.new, delivery)
        rows = {each.table.name: each.rows for each in self.loaded}
        return Imported(
            str(self.path), accepted, False, sha256, self.head, rows, tuple(recognised), tuple(self.groups)
        )

    def _load(self, files: list[Path]) -> None:
        self.tell("read", self.path.name)
        parts, said = read(self.connection, self.new.original, files, self.new.scratch)
        self.groups += said
        complete = any(part.table == "lieferung" for part in parts)
        if not complete and not has_fault(self.groups):
            self.head, said = senders.given(self.settings, self.given, Place(self.path.name))
            self.groups += said
        for part in parts:  # lieferung comes first and says the reporting date
            self.tell("check", f"{self.path.name}: {part.table}")
            loaded, said = loaded_part(self.connection, part, self.head.reporting_date if self.head else None)
            self.loaded.append(loaded)
            self.groups += said
            if part.table == "lieferung":
                self.head = senders.of_delivery(self.connection, loaded)
                self.groups += senders.one_row(loaded)
                if self.head:
                    self.groups += senders.contradictions(self.head, self.given, part.place)
