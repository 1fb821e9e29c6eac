"""Hand a delivery in: receive, read, check, store. It is taken over as a whole or not at all."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries import accept, sender
from data.deliveries.check import check, loaded_part
from data.deliveries.findings import Finding, Group, counts, has_fault, kept
from data.deliveries.incoming import Incoming, incoming, receive
from data.deliveries.load import Loaded
from data.deliveries.read import read
from data.deliveries.recognised import Recognised
from data.deliveries.sender import Sender
from data.deliveries.workbench import clear, workbench
from data.deliveries.wording import Place
from data.errors import DashboardError
from data.settings import Settings

Progress = Callable[[str, str], None]


class StoreError(DashboardError):
    """The store can't be written: a full disk, a read-only folder."""


@dataclass(frozen=True)
class Imported:
    """What became of one hand-in. `counts` is exact per rule; `findings` lists the first rows of each rule.

    `rows` counts the rows per table. `already_stored`: the same files were accepted before, nothing has changed.
    """

    path: str
    accepted: bool
    already_stored: bool
    sha256: str
    head: Sender | None = None
    rows: dict[str, int] | None = None
    recognised: tuple[Recognised, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of findings, exact."""
        return counts(self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most the first 1,000 findings of each rule."""
        return kept(self.groups)


@dataclass(frozen=True)
class Given:
    """What the sender says beside the files: sender and reporting date of a single table."""

    sender: str | None = None
    reporting_date: str | date | None = None


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

    `sender` and `reporting_date` belong to a single table without `lieferung`. `progress` is called with a stage
    and what it is about. `connection` is a `workbench()` to use again. `handed_in_ns` orders deliveries of the same
    sender and date. Whatever is wrong with the files is a finding; raises `StoreError` if the store can't be written.
    """
    tell = progress or (lambda stage, about: None)
    try:
        with incoming(settings.store) as new:
            return _hand_in(
                path, settings, Given(sender, reporting_date), tell, connection or workbench(), new,
                handed_in_ns or time.time_ns(),
            )  # fmt: skip
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise StoreError(
            f"{path}: the store {settings.store} can't be used ({error}). Nothing was taken over. "
            "Make room or give the right to write, and hand the files in again."
        ) from error


def _hand_in(
    path: Path,
    settings: Settings,
    given: Given,
    tell: Progress,
    connection: duckdb.DuckDBPyConnection,
    new: Incoming,
    handed_in_ns: int,
) -> Imported:
    tell("receive", path.name)
    place = Place(path.name)
    sha256, files, groups = receive(path, new)
    if before := accept.known(settings, sha256):
        other = sender.contradicts(before, given.sender, given.reporting_date, place)
        return Imported(str(path), not other, True, sha256, before, groups=tuple(other))
    clear(connection, new.scratch)
    tell("read", path.name)
    parts, said = read(connection, new.original, files, new.scratch) if files else ([], [])
    groups += said
    loaded: list[Loaded] = []
    head: Sender | None = None
    if not any(part.table == "lieferung" for part in parts) and not has_fault(groups):
        head, said = sender.given(settings, given.sender, given.reporting_date, place)
        groups += said
    for part in parts:
        tell("check", f"{path.name}: {part.table}")
        each, said = loaded_part(connection, part, head.reporting_date if head else None)
        loaded.append(each)
        groups += said
        if part.table == "lieferung":
            head = sender.of_delivery(connection, each)
            groups += sender.one_row(each)
            if head:
                groups += sender.contradicts(head, given.sender, given.reporting_date, each.part.place)
    stored = accept.parents(settings, head) if head and not head.complete else {}
    recognised, said = check(connection, loaded, stored)
    groups += said
    rows = {each.table.name: each.rows for each in loaded}
    refused = has_fault(groups) or head is None
    if head and not refused:
        tell("store", path.name)
        delivery = accept.Delivery(
            sha256, head, tuple(loaded), tuple(recognised), tuple(groups), handed_in_ns
        )
        accept.accept(connection, settings, new, delivery)
    return Imported(
        str(path), not refused, False, sha256, head, rows, recognised=tuple(recognised), groups=tuple(groups)
    )
