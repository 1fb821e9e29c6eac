"""A release is read again before anybody may see it: every rule once more, each by a statement of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from data.disclosure.tables import Table
from data.foundation import areas, periods
from data.foundation.errors import DashboardError, counted
from data.foundation.sql import literal

SECRET = ("n", "u", "v", "key", "key_sum", "weight", "packed", "person")
NESTED = "memory.main.nested"  # part, grain, whole, whole_grain: every area and period in all it lies in


@dataclass(frozen=True)
class Broken:
    """One rule that a table breaks: how many rows, and the first of them."""

    table: str
    rule: str
    rows: int
    example: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.table}: {self.rule}: {counted(self.rows, 'row')}, for example {self.example}"


class VerificationFailedError(DashboardError):
    """Nothing was published."""

    exit_code = 4

    def __init__(self, broken: Sequence[object]) -> None:
        self.broken = broken
        super().__init__(
            "\n".join(map(str, broken)) + "\nNothing was published; the release before this one stays in use."
        )


def broken_rules(path: Path, tables: Mapping[str, Table], limit: int) -> list[Broken]:
    """Every broken rule of the database at `path`; nothing if it may be published."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        connection.execute(f"attach {literal(str(path))} as release (read_only)")
        connection.execute("use release.marts")
        broken = list(_contents(connection, tables))
        if not broken:
            nest(connection)
        for table in tables.values() if not broken else ():
            for rule, sql in _rules(table, limit):
                if rows := connection.execute(sql).fetchall():
                    broken.append(Broken(table.name, rule, len(rows), rows[0]))
    return broken


def nest(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `NESTED` from the register of areas and from how the periods of the release are written.

    What the release was made with is not asked, so that a part without its whole would be found.
    """
    pairs = [(code, area.level, up.code, up.level) for code, area in areas.register().items()
             for up in (area, *areas.ancestors(code))]  # fmt: skip
    written = connection.execute("select period from periods").fetchall()
    for period in filter(None, (periods.read(code) for (code,) in written)):
        longer = (period.within(grain) for grain in periods.GRAINS)
        pairs += [(str(period), period.grain, str(up), up.grain) for up in longer if up]
    connection.execute(
        f"create or replace table {NESTED} as select unnest($1) as part, unnest($2) as grain, "
        "unnest($3) as whole, unnest($4) as whole_grain",
        [list(column) for column in zip(*pairs, strict=True)],
    )


def _contents(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Table]) -> Iterator[Broken]:
    found: dict[str, list[str]] = {}
    for name, column in connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where database_name = 'release' and not internal"
    ).fetchall():
        found.setdefault(name, []).append(column)
    for name in found.keys() ^ tables.keys():
        yield Broken(name, "is not on the list of tables" if name in found else "is missing", 1, (name,))
    for name, columns in found.items():
        if secret := sorted(set(columns) & set(SECRET)):
            yield Broken(name, "has a column that must never leave", len(secret), tuple(secret))


def _rules(table: Table, limit: int) -> Iterator[tuple[str, str]]:
    key = ", ".join(f"c.{each}" for each in table.key)
    for count, people in table.counts.items():
        one = f"select {key}, c.{count} from {table.name} as c"
        yield f"{count} below the limit", f"{one} where c.{count} <> 0 and c.{count} < {limit}"
        yield f"{count} with too few people", f"{one} where c.{count} > 0 and c.{people} < {limit}"
        if "area_code" in table.key:
            listed = _parts_of(*table.levels)
            yield f"{count} at another level", f"{one} where c.area_code not in ({listed})"
        if {"area_code", "period"} <= {*table.key}:
            small = _parts_of(*(level for level in areas.LEVELS if not areas.by_month(level)))
            month = f"c.period in ({_parts_of('month')}) and c.area_code in ({small})"
            yield f"{count} of a municipality by month", f"{one} where {month} and c.{count} is not null"
        if "period" in table.key:
            yield f"{count} in no period", f"{one} where c.period not in (select period from periods)"
        for rule, up, applies, on in _nested(table, count):
            yield f"{count} without {rule}", _unshown(table, one + up, applies, on, count)
        if table.total:
            _, _, applies, on = next(_total(table))
            nearly = _little_left(count, count, people, people, limit)
            yield (
                f"{count} is nearly its total",
                f"{_joined(table, one, on)} where c.{count} > 0 and {applies} and {nearly}",
            )
        if parts := table.sums.get(count):
            a, b = (f"c.{part}" for part in parts)
            known = f"{a} is not null and {b} is not null"
            added = f"case when {a} > 0 and {b} > 0 then {a} + {b} when {known} then 0 end"
            yield f"{count} is not what it is the sum of", f"{one} where c.{count} is distinct from {added}"
        if part := table.parts.get(count):
            on = "p.area_code = c.area_code and p.period = c.period" if part.table else _same(table)
            whole = f"{one} join {part.table or table.name} as p on {on} where c.{count} > 0 and"
            yield f"{count} without {part.whole}", f"{whole} p.{part.whole} = 0"
            if part.complement:
                behind = (table.counts[part.whole], people) if not part.table else (part.whole, count)
                nearly = _little_left(part.whole, count, *behind, limit)
                yield f"{count} is nearly {part.whole}", f"{whole} {nearly}"


def _little_left(whole: str, count: str, people_of_whole: str, people: str, limit: int) -> str:
    """Of the whole or of the people behind it are too few outside this count."""
    return f"(p.{whole} - c.{count} < {limit} or p.{people_of_whole} - c.{people} < {limit})"


def _nested(table: Table, count: str) -> Iterator[tuple[str, str, str, str]]:
    """What a cell is a part of: its name, how that is found, to which cells it applies, how to join it."""
    if "area_code" in table.key:
        for level in areas.LEVELS[:-1]:
            on = f"{_same(table, 'area_code')} and p.area_code = up.whole"
            yield f"the area above ({level})", _up("area_code", level), "up.whole is not null", on
    if "period" in table.key and count in table.flows:
        for grain in list(periods.GRAINS)[-2::-1]:
            on = f"{_same(table, 'period')} and p.period = up.whole"
            yield f"its {grain}", _up("period", grain), "up.whole in (select period from periods)", on
    yield from _total(table)


def _up(column: str, of: str) -> str:
    """Joins to each cell what it lies in, of this level or grain; nothing to a cell that is not smaller."""
    longer = f"select part, whole from {NESTED} where whole_grain = '{of}' and grain <> '{of}'"
    return f" left join ({longer}) as up on up.part = c.{column}"


def _parts_of(*grains: str) -> str:
    listed = ", ".join(f"'{grain}'" for grain in grains)
    return f"select part from {NESTED} where grain in ({listed})"


def _total(table: Table) -> Iterator[tuple[str, str, str, str]]:
    if table.total:
        column, value = table.total
        yield (
            "its total",
            "",
            f"c.{column} <> {literal(value)}",
            f"{_same(table, column)} and p.{column} = {literal(value)}",
        )


def _unshown(table: Table, one: str, applies: str, on: str, count: str) -> str:
    """Shown although what it is a part of is withheld. What nobody delivered (null) forbids nothing."""
    hidden = f"(p.{count} = 0 or (p.{table.key[0]} is null and {'true' if table.sparse else 'false'}))"
    return f"{_joined(table, one, on)} where c.{count} > 0 and {applies} and {hidden}"


def _joined(table: Table, one: str, on: str) -> str:
    return f"{one} left join {table.name} as p on {on}"


def _same(table: Table, besides: str = "") -> str:
    same = [f"p.{each} is not distinct from c.{each}" for each in table.key if each != besides]
    return " and ".join(same) or "true"
