"""All checks of one delivery: load every part, judge its ways of writing, rows, keys and references."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking import forgiving, relations, writing
from data.deliveries.checking.collect import Broken, collect, marked
from data.deliveries.checking.load import ROW, Loaded, has_mark, load, numbered_text, repeated
from data.deliveries.checking.workbench import TYPED
from data.deliveries.format import margins
from data.deliveries.format.findings import Group, group
from data.deliveries.format.parts import Part, Recognised
from data.deliveries.format.schema import Field, tables
from data.foundation.sql import identifier, literal


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
        groups += found
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
    """Every rule that rows might break. Of a total among the rows, and of what is no record at all, nothing
    else is said than that.
    """
    totals = _totals(connection, loaded)
    told = {"total-inside": totals, **_no_records(connection, loaded, totals)}
    but_for = sorted(row for rows in told.values() for row in rows)
    but = f" where row not in ({', '.join(map(str, but_for))})" if but_for else ""
    for broken in _of_rows(loaded, delivered, lacking):
        yield replace(broken, rows=f"select row from ({broken.rows}){but}") if but else broken
    first = next((column for column in loaded.part.columns if not column.startswith("#")), "")
    for rule, listed in told.items():
        if listed:
            rows = f"select unnest([{', '.join(map(str, listed))}]) as row"
            names = " / ".join(field.name for field in _known_by(loaded) if field.required)
            yield Broken(rule, first, rows, {"other": names})


def _of_rows(loaded: Loaded, delivered: set[str], lacking: Collection[str]) -> Iterator[Broken]:
    undecided = writing.undecided(loaded)
    for mark in loaded.hits:
        check = loaded.checks[mark]
        if not check.style:
            yield marked(loaded, mark, but=undecided.get(check.column))
    yield from writing.broken(loaded)
    yield from writing.notices(loaded)
    yield from writing.forgiven(loaded)
    yield from relations.broken(loaded, delivered, lacking)


def _totals(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> list[int]:
    """The rows that begin with a word of totals and lack what every row has: subtotals between the rows."""
    required = [mark for mark in loaded.hits if loaded.checks[mark].rule == "required"]
    if not required or loaded.part.origins:  # a profile has a rule of its own for them
        return []
    first = f"coalesce({', '.join(map(identifier, loaded.part.columns))})"
    totals = (
        f"select {ROW} as row from ({numbered_text(loaded.part)}) "
        f"where regexp_full_match({first}, {literal(margins.TOTAL)})"
    )
    lacking = f"select rowid as row from {loaded.typed} where {has_mark(required)}"
    found = connection.execute(f"select row from ({totals}) semi join ({lacking}) using (row) order by row")
    return [row for (row,) in found.fetchall()]


def _no_records(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, totals: Collection[int]
) -> dict[str, list[int]]:
    """The rows in which nothing stands by which a row is known, numbers at most: sums, averages, remnants."""
    required = [mark for mark in loaded.hits if loaded.checks[mark].rule == "required"]
    known_by = _known_by(loaded)
    if not required or not any(field.required for field in known_by):
        return {}
    nothing = " and ".join(f"({loaded.part.origin(field.name).value}) is null" for field in known_by)
    found = connection.execute(
        f"select {ROW} as row from ({numbered_text(loaded.part)}) as r where {nothing} order by row"
    )
    rows = [row for (row,) in found.fetchall() if row not in totals]
    return {"profile-no-record" if loaded.part.origins else "no-record": rows}


def _known_by(loaded: Loaded) -> list[Field]:
    """The columns that are there and hold no number; of those that a profile fills only what it reads."""
    part = loaded.part
    return [
        field
        for field in loaded.table.fields
        if field.name in part.present
        and field.type not in ("number", "integer")
        and (not part.origins or field.name in part.origins)
    ]


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
