"""What a delivery changes: key figures before and after, exact, for those who hand in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from data.deliveries import figures
from data.deliveries.cases import CaseChanges, case_changes
from data.deliveries.change import Change
from data.deliveries.sender import Sender
from data.deliveries.store import Stored, tables_of
from data.errors import DashboardError
from data.settings import Settings

__all__ = ["Change", "Comparison", "NotOneSenderError", "Side", "against_last", "compare"]

PERSONS = 5  # fewer more or less than that are no jump of a municipality, whatever the share


@dataclass(frozen=True)
class Side:
    """One of two deliveries that are compared. `sha256` is None where single tables stand beside it."""

    reporting_date: date
    sha256: str | None


@dataclass(frozen=True)
class Comparison:
    """Two states of one sender. `before` is None for a first delivery; `municipalities` count active cases.

    `becomes_current`: after it is accepted, the figures are those of `after`; False for a delivery that is
    older than the sender's current one.
    """

    sender: str
    before: Side | None
    after: Side
    becomes_current: bool
    figures: tuple[Change, ...]
    municipalities: tuple[Change, ...]
    cases: CaseChanges

    @property
    def jumps(self) -> tuple[Change, ...]:
        """The odd ones of all figures and municipalities; none for a first delivery."""
        return tuple(each for each in (*self.figures, *self.municipalities) if self.before and each.is_jump)


class NotOneSenderError(DashboardError):
    """Deliveries of two senders can't be compared: the same case number is another person there."""

    exit_code = 2

    def __str__(self) -> str:
        first, second = self.args
        return f"Only deliveries of one sender can be compared; these are of {first} and {second}."


def against_last(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    head: Sender,
    sha256: str,
    tables: Mapping[str, Path],
    present: Mapping[str, tuple[str, ...]],
) -> Comparison:
    """What a checked delivery (its tables as Parquet) changes in the sender's current figures."""
    standing = tables_of(settings, head.sender)
    before_tables = {table: stored.tables[table] for table, stored in standing.items()}
    before_present = {table: stored.present.get(table, ()) for table, stored in standing.items()}
    newest = max((stored.reporting_date for stored in standing.values()), default=None)
    after_tables = {**({} if head.complete else before_tables), **tables}
    after_present = {**({} if head.complete else before_present), **present}
    hashes = {stored.sha256 for stored in standing.values()}
    return _compared(
        connection,
        head.sender,
        Side(newest, hashes.pop() if len(hashes) == 1 else None) if newest else None,
        Side(head.reporting_date, sha256),
        newest is None or head.reporting_date >= newest,
        (before_tables, after_tables),
        (before_present, after_present),
    )


def compare(connection: duckdb.DuckDBPyConnection, before: Stored, after: Stored) -> Comparison:
    """Two stored deliveries of one sender. Raises `NotOneSenderError`."""
    if before.sender != after.sender:
        raise NotOneSenderError(before.sender, after.sender)
    return _compared(
        connection,
        after.sender,
        Side(before.reporting_date, before.sha256),
        Side(after.reporting_date, after.sha256),
        after.state == "accepted",
        (before.tables, after.tables),
        (before.present, after.present),
    )


def _compared(
    connection: duckdb.DuckDBPyConnection,
    sender: str,
    before: Side | None,
    after: Side,
    becomes_current: bool,
    tables: tuple[Mapping[str, Path], Mapping[str, Path]],
    present: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]],
) -> Comparison:
    key_figures = [figures.of(connection, each) for each in tables]
    by_area = [figures.active_by_municipality(connection, each) for each in tables]
    nobody = [Decimal(0) if "faelle" in each else None for each in tables]
    columns = [set(each.get("faelle", ())) for each in present]
    return Comparison(
        sender=sender,
        before=before,
        after=after,
        becomes_current=becomes_current,
        figures=tuple(
            Change(name, key_figures[0].get(name), key_figures[1].get(name))
            for name in dict.fromkeys([*key_figures[1], *key_figures[0]])
        ),
        municipalities=tuple(
            Change(code, by_area[0].get(code, nobody[0]), by_area[1].get(code, nobody[1]), PERSONS)
            for code in sorted({*by_area[0], *by_area[1]})
        ),
        cases=case_changes(connection, tables, sorted(columns[0] & columns[1])),
    )
