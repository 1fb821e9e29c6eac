"""All checks of one delivery: load every part, judge its ways of writing, rows, keys and references. What is
broken becomes findings: exact count, first rows, value and line as in the file.

The rows themselves, as they stand in the file, are collected too: to be shown and repaired.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking import forgiving, relations, writing
from data.deliveries.checking.columns import BLANKS
from data.deliveries.checking.workbench import (
    ROW,
    TYPED,
    Broken,
    Loaded,
    keep_text,
    load,
    marked,
    numbered_text,
    repeated,
)
from data.deliveries.format.findings import (
    LISTED_PER_RULE,
    VALUES_PER_RULE,
    FaultyRows,
    Group,
    finding,
    group,
    rules,
    shown_value,
)
from data.deliveries.format.parts import Part, Recognised, wording
from data.deliveries.format.schema import tables
from data.deliveries.personal.kinds import unknown
from data.foundation.sql import identifier, literal

MOST_ROWS = 5_000  # of one file; more are not repaired by hand


@dataclass(frozen=True)
class _Hit:
    broken: Broken
    count: int
    rows: tuple[int, ...]


def loaded_part(
    connection: duckdb.DuckDBPyConnection, part: Part, reporting_date: date | None
) -> tuple[Loaded, list[Group]]:
    """One part in DuckDB, and what is wrong with its rows as such."""
    groups: list[Group] = []
    try:
        loaded = load(connection, part, reporting_date)
    except duckdb.Error:
        if part.record_by_record is None:
            raise
        part, groups = part.record_by_record(connection, part)
        loaded = load(connection, part, reporting_date)
    if loaded.suspicious:
        loaded = load(connection, part, reporting_date, thorough=True)
        if steps := forgiving.readings(loaded.table, writing.refused(loaded)):
            loaded = load(connection, part, reporting_date, thorough=True, steps=steps)
        if writings := writing.writings(connection, loaded):
            loaded = load(connection, part, reporting_date, True, writings, steps)
    return replace(loaded, repeated=repeated(connection, loaded.table, loaded.typed)), groups


def check(
    connection: duckdb.DuckDBPyConnection,
    loaded: Iterable[Loaded],
    stored: dict[str, Path],
    said: Collection[Group] = (),
) -> tuple[list[Loaded], list[Recognised], list[Group]]:
    """The parts, what was recognised and what found. `stored`: the sender's tables (Parquet) that this
    delivery refers to. `said`: what reading gave rise to; nothing is missed in a table that was not read to
    its end. A part whose references lead nowhere is loaded once more, with these read forgivingly.
    """
    loaded = list(loaded)
    delivered = {each.table.name for each in loaded}
    _parents(connection, delivered, stored)
    lacking = relations.lacking(loaded, stored, said)
    groups: list[Group] = []
    for at, each in enumerate(loaded):
        found = collect(connection, each, _broken(connection, each, delivered - lacking.keys(), lacking))
        if any(one.rule == "reference" for one in found) and (again := _references_read(connection, each)):
            loaded[at] = each = again
            found = collect(connection, each, _broken(connection, each, delivered - lacking.keys(), lacking))
        groups += relations.unchecked(each, lacking)
        missing = [
            field for field in each.table.fields if field.required and field.name not in each.part.present
        ]
        groups += [
            group(
                "column-missing",
                each.part.place,
                line=each.part.header_line,
                column=each.part.origin(field.name).heading,
            )
            for field in missing
        ]
        groups += [*found, *_without_name(connection, each)]
    recognised = [
        replace(
            each.part.recognised,
            rows=each.rows,
            absent=_absent(each),
            decimals=writing.decimals(each),
            dates=each.part.recognised.dates or writing.dates(each),
        )
        for each in loaded
    ]
    return loaded, recognised, groups


def _without_name(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> list[Group]:
    """A question for each column in which something stands and that has no heading."""
    beside = [
        column for column, heading in unknown(loaded.part).items() if not heading and column in loaded.beside
    ]
    return columns_without_name(connection, loaded.part, loaded.typed, beside)


def _absent(loaded: Loaded) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in loaded.table.fields
        if field.name not in loaded.part.present and not field.required
    )


def _references_read(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> Loaded | None:
    """The part with its references read forgivingly, which no check of a single row asks for."""
    columns = loaded.table.parents.keys() & {*loaded.part.present} - loaded.steps.keys()
    if not columns:
        return None
    steps = {**loaded.steps, **forgiving.readings(loaded.table, frozenset(columns))}
    again = load(connection, loaded.part, loaded.reporting_date, True, loaded.writings, steps)
    return replace(again, repeated=repeated(connection, again.table, again.typed))


def _broken(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, delivered: set[str], lacking: Collection[str]
) -> Iterator[Broken]:
    """Every rule that rows might break. Of what is no record nothing else is said than that."""
    found = relations.strangers(connection, loaded)
    but = relations.unjudged(found) if any(found.values()) else ""
    for broken in _of_rows(loaded, delivered, lacking):
        yield replace(broken, rows=f"select row from ({broken.rows}) where not {but}") if but else broken
    first = next((column for column in loaded.part.columns if not column.startswith("#")), "")
    names = " / ".join(field.name for field in relations.known_by(loaded) if field.required)
    for rule, rows in found.items():
        if rows:
            listed = f"select unnest([{', '.join(map(str, rows))}]) as row"
            yield Broken(rule, first, listed, {"other": names})


def _of_rows(loaded: Loaded, delivered: set[str], lacking: Collection[str]) -> Iterator[Broken]:
    undecided = writing.undecided(loaded)
    for mark in loaded.hits:
        check = loaded.checks[mark]
        if not check.style:
            yield marked(loaded, mark, but=undecided.get(check.column))
    yield from writing.broken(loaded)
    yield from writing.notices(loaded)
    if loaded.steps:
        yield from writing.forgiven(loaded)
    yield from relations.broken(loaded, delivered, lacking)


def _parents(connection: duckdb.DuckDBPyConnection, delivered: set[str], stored: dict[str, Path]) -> None:
    """Tables that others refer to and that this delivery doesn't bring: the stored ones, else empty ones."""
    for parent in {parent for table in tables().values() for parent, _ in table.parents.values()} - delivered:
        if parent in stored:
            source = f"from read_parquet({literal(str(stored[parent]))})"
        else:
            columns = ", ".join(
                f"null::{field.sql_type} as {identifier(field.name)}" for field in tables()[parent].fields
            )
            source = f"select {columns} where false"
        connection.execute(f"create view {TYPED}.{identifier(parent)} as {source}")


def columns_without_name(
    connection: duckdb.DuckDBPyConnection, part: Part, table: str, columns: Iterable[str]
) -> list[Group]:
    """A question for each of these columns of a `table` (SQL) that has values. They are called by their place
    in the file, as everybody can count it.
    """
    found = []
    for column in columns:
        values = f"nullif(trim({identifier(column)}, {literal(BLANKS)}), '')"
        ((count,),) = connection.execute(f"select count({values}) from {table}").fetchall()
        place = part.columns.index(column) + 1
        if count:
            wording = {"other": str(place), "limit": count}
            found.append(
                group(
                    "column-without-name",
                    part.place,
                    line=part.header_line,
                    column=f"#{place}",
                    wording=wording,
                )
            )
    return found


def collect(connection: duckdb.DuckDBPyConnection, loaded: Loaded, every: Iterable[Broken]) -> list[Group]:
    """The findings of each rule that any row breaks. The file is read once more for the rows in question."""
    hits = [hit for broken in every if (hit := _hit(connection, _but_said(loaded, broken)))]
    rows = sorted({row for hit in hits for row in hit.rows})
    if not rows:
        return []
    text_of_rows = keep_text(connection, loaded.part, rows)
    lines = dict(zip(rows, loaded.part.lines(rows), strict=True))
    return [_group(connection, loaded, hit, text_of_rows, lines) for hit in hits]


def faulty_rows(
    connection: duckdb.DuckDBPyConnection, loaded: Iterable[Loaded], groups: Sequence[Group]
) -> tuple[FaultyRows, ...]:
    """Of each file or sheet the rows that any finding is about, in the order of the file."""
    return tuple(rows for each in loaded if (rows := _of(connection, each, groups)))


def _but_said(loaded: Loaded, broken: Broken) -> Broken:
    """Without the rows whose cell shows an error, or would have: that has been said already."""
    said, other = loaded.part.without_value, broken.wording.get("other")
    rows = {*said.get(broken.column, ()), *(said.get(other, ()) if isinstance(other, str) else ())}
    if not rows:
        return broken
    listed = ", ".join(map(str, sorted(rows)))
    return replace(broken, rows=f"select row from ({broken.rows}) where row not in ({listed})")


def _hit(connection: duckdb.DuckDBPyConnection, broken: Broken) -> _Hit | None:
    counted = connection.execute(f"select count(*) from ({broken.rows})").fetchone()
    if not counted or not counted[0]:
        return None
    first = connection.execute(
        f"select row from ({broken.rows}) order by row limit {LISTED_PER_RULE}"
    ).fetchall()
    return _Hit(broken, int(counted[0]), tuple(row for (row,) in first))


def _group(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, hit: _Hit, text_of_rows: str, lines: dict[int, int]
) -> Group:
    part, broken = loaded.part, hit.broken
    origin = part.origin(broken.column)
    rule = origin.rule(broken.rule)
    found = connection.execute(
        f"select {origin.value}, {origin.number} from (select unnest($rows) as row) as b "
        f"join {text_of_rows} as r on r.{ROW} = b.row order by b.row",
        {"rows": list(hit.rows)},
    ).fetchall()
    values = Counter(shown_value(value) for value, _ in found if value is not None)
    if hit.count > len(hit.rows):
        values = _every_value(connection, part, origin.value, broken.rows)
    return Group(
        rule=rule,
        severity=rules()[rule].severity,
        file=part.place.file,
        sheet=part.place.sheet,
        column=origin.heading,
        count=hit.count,
        of_rows=loaded.rows,
        findings=tuple(
            finding(
                rule,
                part.place,
                line=lines[row],
                column=origin.named(number),
                value=value,
                wording=wording(part.origins, origin, rule, broken.wording, number),
            )
            for row, (value, number) in zip(hit.rows, found, strict=True)
        ),
        rows=hit.rows,
        table=part.table,
        values=tuple(values.most_common(VALUES_PER_RULE)),
        different=len(values),
    )


def _every_value(connection: duckdb.DuckDBPyConnection, part: Part, value: str, rows: str) -> Counter[str]:
    """Each value that breaks a rule and the number of its rows, where these are more than are listed."""
    counted = connection.execute(
        f"select {value} as v, count(*) from ({numbered_text(part)}) as r "
        f"where {ROW} in (select row from ({rows})) group by v having v is not null"
    ).fetchall()
    values: Counter[str] = Counter()
    for written, count in counted:
        values[shown_value(written)] += count
    return values


def _of(connection: duckdb.DuckDBPyConnection, loaded: Loaded, groups: Sequence[Group]) -> FaultyRows | None:
    part, place = loaded.part, loaded.part.place
    wanted = sorted(
        {
            row
            for group in groups
            if (group.file, group.sheet, group.table) == (place.file, place.sheet, part.table)
            for row in group.rows
        }
    )[:MOST_ROWS]
    if not wanted:
        return None
    # What a profile has mapped is shown as its sender wrote it, under the sender's own headings.
    origins = [part.origin(column) for column in (part.origins or part.columns)]
    shown = {
        origin.heading: origin.value for origin in origins
    }  # a column may be read twice, as key and value
    listed = ", ".join(shown.values())
    rows = connection.execute(
        f"select {listed} from {keep_text(connection, part, wanted)} as r order by r.{ROW}"
    ).fetchall()
    cells = tuple(zip(part.lines(wanted), rows, strict=True))
    return FaultyRows(place.file, place.sheet, tuple(shown), cells)
