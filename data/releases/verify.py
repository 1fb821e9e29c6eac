"""A release is read again before anybody may see it: every rule once more, each by a statement of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from data.disclosure import bands
from data.disclosure.table_list import Kind, Part, Table
from data.foundation import areas, periods
from data.foundation.errors import DashboardError
from data.foundation.languages import counted
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
            broken = list(_posts_by_month(connection))
        for table in tables.values() if not broken else ():
            for question in questions(table, limit):
                broken += question.broken(connection)
    return broken


@dataclass
class Question:
    """What is asked of the cells of a table at once: `wrong` has, by count and rule, what is wrong as SQL.

    `cells` is where the cells `c` come from, `joined` adds to each what it is compared with. `of` is what
    that is called, as SQL, where a rule is the same of several: the `{}` in its name is filled in by it.
    """

    table: Table
    cells: str
    joined: str = ""
    of: str = "null"
    wrong: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, count: str, rule: str, wrong: str) -> None:
        """One more rule, which holds unless `wrong` is true."""
        self.wrong[count, rule] = wrong

    def broken(self, connection: duckdb.DuckDBPyConnection) -> Iterator[Broken]:
        """Every rule that does not hold, each with the number of its rows and the first of them."""
        if not self.wrong:
            return
        key = ", ".join(f"c.{each}" for each in self.table.key)
        counts = list(dict.fromkeys(count for count, _ in self.wrong))
        flags = ", ".join(
            f"coalesce({wrong}, false) as wrong_{at}" for at, wrong in enumerate(self.wrong.values())
        )
        some = " or ".join(f"wrong_{at}" for at in range(len(self.wrong)))
        rows = connection.execute(
            f"select * from (select {key}, {', '.join(f'c.{count}' for count in counts)}, {self.of} as of, "
            f"{flags} from {self.cells} as c {self.joined}) where {some}"
        ).fetchall()
        width = len(self.table.key)
        of = width + len(counts)
        for at, (count, rule) in enumerate(self.wrong, start=of + 1):
            for what in sorted({row[of] or "" for row in rows if row[at]}):
                found = [row for row in rows if row[at] and (row[of] or "") == what]
                example = (*found[0][:width], found[0][width + counts.index(count)])
                yield Broken(self.table.name, f"{count} {rule.format(what)}", len(found), example)


def nest(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `NESTED` from the register of areas and from how the periods of the release are written.

    What the release was made with is not asked, so that a part without its whole would be found.
    """
    pairs = [(code, area.level, up.code, up.level) for code, area in areas.register().items()
             for up in (area, *areas.ancestors(code))]  # fmt: skip
    written = connection.execute("select period from periods").fetchall()
    for code, longer in periods.nested(code for (code,) in written).items():
        grain = str(periods.grain(code))
        pairs += [(code, grain, code, grain), *((code, grain, str(up), up.grain) for up in longer)]
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
        own = {*SECRET, *(tables[name].exact if name in tables else ())}
        if secret := sorted(set(columns) & own):
            yield Broken(name, "has a column that must never leave", len(secret), tuple(secret))


def _posts_by_month(connection: duckdb.DuckDBPyConnection) -> Iterator[Broken]:
    """Below the Kreis nobody is told in which month a post was filled: it is one person there."""
    small = _parts_of(*(level for level in areas.LEVELS if not areas.by_month(level)))
    found = connection.execute(
        "select area_code, period from posts join periods using (period) "
        f"where periods.period_grain = 'month' and area_code in ({small}) order by all"
    ).fetchall()
    if found:
        yield Broken("posts", "of a municipality by month", len(found), found[0])


def questions(table: Table, limit: int) -> Iterator[Question]:
    """Every rule of a table, those that are asked of the same rows together: what they are joined with is
    looked for once. `since:` is not asked: where another office answers than then, a stock may be larger than
    the one it should be part of, and who answered does not stand in a release.
    """
    yield _within_rows(table, limit)
    shown = f"(from {table.name} where greatest({', '.join(table.counts)}) > 0)"
    yield from _of_wholes(table, shown, limit)
    yield from _of_other_tables(table, shown, limit)
    for count, column in table.falls.items():
        yield _of_before(table, shown, count, column)
    if table.cover:
        yield _of_parts(table, *table.cover)


def _of_before(table: Table, shown: str, count: str, column: str) -> Question:
    """Each figure of a cumulative count with the one before it."""
    following = f"(select distinct {column} as own, lag({column}) over (order by {column}) as before from "
    following += f"(select distinct {column} from {table.name}))"
    on = f"{_same(table, column)} and p.{column} = steps.before"
    joined = f" join {following} as steps on steps.own = c.{column} join {table.name} as p on {on}"
    question = Question(table, shown, joined)
    question.add(count, "is above the one before it", f"c.{count} > 0 and c.{count} > p.{count}")
    return question


def _of_parts(table: Table, many: int, level: str) -> Question:
    """An area of few areas has a shown count only where one of these has."""
    inside = f"select whole, part from {NESTED} where whole_grain = '{level}' and part <> whole"
    few = f"select whole from ({inside}) group by whole having count(*) < {many}"
    question = Question(table, f"(select * from {table.name} where area_code in ({few}))")
    for count in table.counts:
        one_is = (
            f"select whole, period from {table.name} join ({inside}) on part = area_code where {count} > 0"
        )
        question.add(
            count, "of few areas of which none is shown",
            f"c.{count} > 0 and (c.area_code, c.period) not in ({one_is})",
        )  # fmt: skip
    return question


def _of_wholes(table: Table, shown: str, limit: int) -> Iterator[Question]:
    """What a cell is a part of in its own table: areas above, longer periods, the total and the themes."""
    if "area_code" in table.key:
        levels = [each for each in areas.LEVELS[:-1] if each in table.levels]
        joined, of = _above(table, "area_code", levels)
        question = Question(table, shown, joined, of)
        _not_shown(question, "without the area above ({})", table.counts)
        yield question
    if "period" in table.key and table.flows:
        there = "whole in (select period from periods)"
        joined, of = _above(table, "period", list(periods.GRAINS)[:-1], there)
        question = Question(table, shown, joined, of)
        _not_shown(question, "without its {}", [each for each in table.counts if each in table.flows])
        yield question
    if table.total:
        joined, of = _total(table, *table.total)
        question = Question(table, shown, joined, of)
        _not_shown(question, "without its {}", table.counts)
        for count in table.counts:
            question.add(count, "is nearly its {}", f"c.{count} > 0 and p.{count} - c.{count} < {limit}")
        yield question


def _not_shown(question: Question, rule: str, counts: Iterable[str]) -> None:
    table = question.table
    withheld = _is_missing_withheld(table, rule)
    for count in counts:
        hidden = f"(p.{count} = 0 or (p.{table.key[0]} is null and {withheld}))"
        question.add(count, rule, f"c.{count} > 0 and {hidden}")


def _of_other_tables(table: Table, shown: str, limit: int) -> Iterator[Question]:
    """The counts of other tables that those of this one are a part of."""
    found: dict[str, Question] = {}
    for count, part in _parts(table):
        if part.table:
            on = "p.area_code = c.area_code and p.period = c.period"
            joined = f"join {part.table} as p on {on}"
            question = found.setdefault(part.table, Question(table, shown, joined))
            question.add(count, f"without {part.whole}", f"c.{count} > 0 and p.{part.whole} = 0")
            if least := _least_left(part, limit):
                nearly = f"c.{count} > 0 and p.{part.whole} - c.{count} < {least}"
                question.add(count, f"is nearly {part.whole}", nearly)
            if table.least_base:
                base, level = table.least_base
                several = (
                    f"select unnest(list(part)) from {NESTED} where grain = '{level}' "
                    f"and whole_grain = '{areas.KREIS}' group by whole having count(*) > 1"
                )
                small = f"p.{part.whole} < {base} and c.area_code in ({several})"
                question.add(count, f"of too few {part.whole}", f"c.{count} > 0 and {small}")
    yield from found.values()


def _is_missing_withheld(table: Table, rule: str) -> str:
    """SQL: whether a whole without a row was withheld. A sparse table leaves that out, what is unknown too:
    an area above without figures, because less than half of it is delivered, has none of its parts either.
    """
    if not table.sparse:
        return "false"
    wholes = {(part.table, part.whole) for _, part in _parts(table) if part.table}
    if "the area above" not in rule or not wholes or "period" not in table.key:
        return "true"
    return " or ".join(
        f"(up.whole, c.period) in (select (area_code, period) from {name} where {whole} is not null)"
        for name, whole in sorted(wholes)
    )


def _parts(table: Table) -> Iterator[tuple[str, Part]]:
    yield from ((count, part) for count in table.counts for part in table.parts.get(count, ()))


def _least_left(part: Part, limit: int) -> int:
    """How much of the whole is outside the part at least."""
    return {Kind.PERSON: limit, Kind.OFFICE: 3, Kind.BASE: 0}[part.kind]


def _within_rows(table: Table, limit: int) -> Question:
    """What can be said of a cell by its own row."""
    said = {}
    if "area_code" in table.key:
        said["at another level"] = f"area_code not in ({_parts_of(*table.levels)})"
    if "period" in table.key:
        said["in no period"] = "period not in (select period from periods)"
    if {"area_code", "period"} <= {*table.key}:
        small = _parts_of(*(level for level in areas.LEVELS if not areas.by_month(level)))
        said["of a municipality by month"] = f"period in ({_parts_of('month')}) and area_code in ({small})"
    # Of the row as a whole, so asked once and not for each count.
    of_row = "".join(f", {wrong} as said_{at}" for at, wrong in enumerate(said.values()))
    question = Question(table, f"(select *{of_row} from {table.name})")
    for count in table.counts:
        question.add(count, "below the limit", f"c.{count} <> 0 and c.{count} < {limit}")
        for at, rule in enumerate(said):
            known = f" and c.{count} is not null" if "by month" in rule else ""
            question.add(count, rule, f"c.said_{at}{known}")
    for whole, inside in table.above:
        question.add(inside, f"is above {whole}", f"c.{whole} > 0 and c.{inside} > c.{whole}")
    for count, base in table.bands.items():
        band = f"c.{table.band_columns[count]}"
        right = (
            f"case when c.{base} >= {bands.QUARTERS_FROM} then {band} <= 4 else {band} between 5 and 6 end"
        )
        question.add(count, "has no such band", f"{band} is null or {band} not between 0 and 6")
        question.add(count, "has a band beside its number", f"{band} > 0 and c.{count} is distinct from 0")
        question.add(count, f"has a band without {base}", f"{band} > 0 and c.{base} is not distinct from 0")
        question.add(count, f"has a band that is not for a base like {base}", f"{band} > 0 and not {right}")
    for count, part in _parts(table):
        if not part.table:
            question.add(count, f"without {part.whole}", f"c.{count} > 0 and c.{part.whole} = 0")
            if least := _least_left(part, limit):
                nearly = f"c.{count} > 0 and c.{part.whole} - c.{count} < {least}"
                question.add(count, f"is nearly {part.whole}", nearly)
    return question


def _above(table: Table, column: str, kinds: Sequence[str], there: str = "true") -> tuple[str, str]:
    """Joins to each cell all that it lies in, of these levels or grains, if it is there; and which one it is.

    Nothing is joined to a cell that is not smaller than any of them. `there` is a condition of SQL.
    """
    listed = ", ".join(map(literal, kinds))
    longer = (
        f"select part, whole, whole_grain from {NESTED} "
        f"where whole_grain in ({listed}) and grain <> whole_grain and {there}"
    )
    wholes = f"(from {table.name} where {column} in ({_parts_of(*kinds)})) as p"
    on = f"{_same(table, column)} and p.{column} = up.whole"
    return f" join ({longer}) as up on up.part = c.{column} left join {wholes} on {on}", "up.whole_grain"


def _total(table: Table, column: str, total: str) -> tuple[str, str]:
    """Joins to each cell the total that it lies in, and the theme; and which of the two it is."""
    pairs = [
        (part, theme, "theme") for theme, parts in table.wholes.items() if theme != total for part in parts
    ]
    themes = "".join(f" union all select {', '.join(map(literal, pair))}" for pair in pairs)
    wholes = ", ".join(map(literal, table.wholes))
    return (
        f" join (select distinct {column} as part, {literal(total)} as whole, 'total' as kind "
        f"from {table.name} where {column} <> {literal(total)}{themes}) as up on up.part = c.{column} "
        f"left join (from {table.name} where {column} in ({wholes})) as p "
        f"on {_same(table, column)} and p.{column} = up.whole"
    ), "up.kind"


def _parts_of(*grains: str) -> str:
    listed = ", ".join(f"'{grain}'" for grain in grains)
    return f"select part from {NESTED} where grain in ({listed})"


def _same(table: Table, besides: str = "") -> str:
    same = [f"p.{each} is not distinct from c.{each}" for each in table.key if each != besides]
    return " and ".join(same) or "true"
