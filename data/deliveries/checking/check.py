"""All checks of one delivery: load every part, judge its ways of writing, rows, keys and references."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking import forgiving, relations, writing
from data.deliveries.checking.collect import Broken, collect, marked
from data.deliveries.checking.columns import BLANKS
from data.deliveries.checking.load import Loaded, load, repeated
from data.deliveries.checking.workbench import TYPED
from data.deliveries.format.findings import Group, group
from data.deliveries.format.parts import Part, Recognised
from data.deliveries.format.schema import tables
from data.deliveries.personal.kinds import unknown
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
