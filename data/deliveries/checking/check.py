"""All checks of one delivery: load every part, judge its ways of writing, rows, keys and references."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking import forgiving, relations, writing
from data.deliveries.checking.collect import Broken, collect, marked
from data.deliveries.checking.load import Loaded, load, repeated
from data.deliveries.checking.workbench import TYPED
from data.deliveries.format.findings import Group, group
from data.deliveries.format.parts import Part, Recognised
from data.deliveries.format.schema import tables
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
) -> tuple[list[Recognised], list[Group]]:
    """What was recognised and found. `stored`: the sender's tables (Parquet) that this delivery refers to.
    `said`: what reading gave rise to; nothing is missed in a table that was not read to its end.
    """
    loaded = tuple(loaded)
    delivered = {each.table.name for each in loaded}
    _parents(connection, delivered, stored)
    lacking = relations.lacking(loaded, stored, said)
    groups: list[Group] = []
    for each in loaded:
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
        groups += collect(connection, each, _broken(each, delivered - lacking.keys(), lacking))
    recognised = [
        replace(
            each.part.recognised,
            rows=each.rows,
            decimals=writing.decimals(each),
            dates=each.part.recognised.dates or writing.dates(each),
        )
        for each in loaded
    ]
    return recognised, groups


def _broken(loaded: Loaded, delivered: set[str], lacking: Collection[str]) -> Iterator[Broken]:
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
