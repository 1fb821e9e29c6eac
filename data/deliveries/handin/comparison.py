"""What a delivery changes: key figures before and after, exact, for those who hand in.

Cases are counted as new, gone or changed since the sender's last delivery; none is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from data.deliveries.format.sender import Sender
from data.deliveries.store.deliveries import Stored, tables_of
from data.foundation import sql
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.sql import identifier, literal

FAR = Decimal("0.3")  # export-format: "a sum far from the last delivery (±30 %)"
PERSONS = 5  # fewer more or less than that are no jump of a municipality, whatever the share
# What is counted by a column that a delivery need not have: without it the figure is unknown and not zero.
COUNTED_BY = {"plans": ("faelle", "integrationsplan_am"), "posts_filled_vzae": ("stellen", "vzae_besetzt")}
WITH_FIGURES = ("faelle", "ziele", "stellen", "mittel")  # what is counted of each: `figures/<table>.sql`


@dataclass(frozen=True)
class Change:
    """One figure before and after. None: unknown, as the delivery doesn't have the table.

    `name` is a key figure (cases, active_cases, goals, plans, posts_approved_vzae, posts_filled_vzae,
    funds_eur:<stage>) or an area code. `least` is the smallest difference that can be a jump.
    """

    name: str
    before: Decimal | None
    after: Decimal | None
    least: int = 0

    @property
    def difference(self) -> Decimal | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def ratio(self) -> float | None:
        """The difference as a share of before; None if that was nothing."""
        return float(self.difference / self.before) if self.difference is not None and self.before else None

    @property
    def is_jump(self) -> bool:
        """More than 30 % more or less, or something where nothing was, or the other way round."""
        if not self.difference or abs(self.difference) < self.least:
            return False
        return is_far(self.after or Decimal(0), self.before or Decimal(0))


@dataclass(frozen=True)
class Side:
    """One of two deliveries that are compared. `sha256` is None where single tables stand beside it."""

    reporting_date: date
    sha256: str | None


@dataclass(frozen=True)
class CaseChanges:
    """How many case ids are new, gone, changed in any column that both deliveries have, or the same."""

    new: int
    gone: int
    changed: int
    same: int


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
    return Comparison(
        head.sender,
        Side(newest, hashes.pop() if len(hashes) == 1 else None) if newest else None,
        Side(head.reporting_date, sha256),
        newest is None or head.reporting_date >= newest,
        *_changes(connection, (before_tables, after_tables), (before_present, after_present)),
    )


def compare(connection: duckdb.DuckDBPyConnection, before: Stored, after: Stored) -> Comparison:
    """Two stored deliveries of one sender. Raises `NotOneSenderError`."""
    if before.sender != after.sender:
        raise NotOneSenderError(before.sender, after.sender)
    return Comparison(
        after.sender,
        Side(before.reporting_date, before.sha256),
        Side(after.reporting_date, after.sha256),
        after.state == "accepted",
        *_changes(connection, (before.tables, after.tables), (before.present, after.present)),
    )


def key_figures(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]
) -> dict[str, Decimal | None]:
    """Name -> key figure, of the tables that the delivery has."""
    found: dict[str, Decimal | None] = {}
    for table in (table for table in WITH_FIGURES if table in tables):
        asked = sql.beside(__file__, f"figures/{table}")
        rows = connection.execute(asked, {"file": str(tables[table])}).fetchall()
        found.update({pair[0]: Decimal(pair[1]) for (pair,) in rows})
    return found


def active_by_municipality(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]
) -> dict[str, Decimal]:
    """Area code -> active cases at the reporting date; municipalities with cases, all closed, have 0."""
    if "faelle" not in tables:
        return {}
    asked = "select ags, count(*) filter (beendet_am is null) from read_parquet($file) group by ags"
    counted = connection.execute(asked, {"file": str(tables["faelle"])}).fetchall()
    return {code: Decimal(count) for code, count in counted}


def case_changes(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[Mapping[str, Path], Mapping[str, Path]],
    columns: Sequence[str],
) -> CaseChanges:
    """Compare the cases of two deliveries by their id; a delivery without cases has none."""
    before, after = (
        _rows_of(each["faelle"]) if "faelle" in each else "(select null::varchar as fall_id where false)"
        for each in tables
    )
    both = all("faelle" in each for each in tables)
    compared = [column for column in columns if column != "fall_id"] if both else []
    differs = (
        " or ".join(f"b.{identifier(each)} is distinct from a.{identifier(each)}" for each in compared)
        or "false"
    )
    row = connection.execute(
        "select count(*) filter (b.fall_id is null), count(*) filter (a.fall_id is null), "
        f"count(*) filter (b.fall_id is not null and a.fall_id is not null and ({differs})), "
        f"count(*) filter (b.fall_id is not null and a.fall_id is not null and not ({differs})) "
        f"from {before} as b full join {after} as a on a.fall_id = b.fall_id"
    ).fetchone()
    return CaseChanges(*(row or (0, 0, 0, 0)))


def is_far(now: Decimal, then: Decimal) -> bool:
    """Whether a sum is far from the last one: more than 30 % more or less, or anything where nothing was."""
    return abs(now - then) > abs(then) * FAR


def _rows_of(path: Path) -> str:
    """The rows of a Parquet file in SQL."""
    return f"read_parquet({literal(str(path))})"


def _is_counted(name: str, present: Mapping[str, tuple[str, ...]]) -> bool:
    table, column = COUNTED_BY.get(name, ("", ""))
    return not present.get(table) or column in present[table]


def _changes(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[Mapping[str, Path], Mapping[str, Path]],
    present: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]],
) -> tuple[tuple[Change, ...], tuple[Change, ...], CaseChanges]:
    """The figures, municipalities and cases of a comparison, from tables and columns before and after."""
    named = [
        {name: value for name, value in key_figures(connection, each).items() if _is_counted(name, had)}
        for each, had in zip(tables, present, strict=True)
    ]
    by_area = [active_by_municipality(connection, each) for each in tables]
    nobody = [Decimal(0) if "faelle" in each else None for each in tables]
    columns = [set(each.get("faelle", ())) for each in present]
    figures = tuple(
        Change(name, named[0].get(name), named[1].get(name)) for name in dict.fromkeys([*named[1], *named[0]])
    )
    municipalities = tuple(
        Change(code, by_area[0].get(code, nobody[0]), by_area[1].get(code, nobody[1]), PERSONS)
        for code in sorted({*by_area[0], *by_area[1]})
    )
    return figures, municipalities, case_changes(connection, tables, sorted(columns[0] & columns[1]))
