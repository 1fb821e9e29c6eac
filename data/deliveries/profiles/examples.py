"""Which values of a column may be shown while it is assigned: none that the anonymity guard objects to."""

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from data.deliveries.format.parts import Part
from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import tables
from data.deliveries.guard.look import look
from data.deliveries.guard.refusal import refused_by_guard
from data.deliveries.guard.suspects import PROVING
from data.deliveries.personal import kinds
from data.deliveries.profiles.proposal import ProposedTable
from data.deliveries.profiles.tablepart import Source


def guarded(
    connection: duckdb.DuckDBPyConnection, made: Sequence[tuple[Source, ProposedTable]]
) -> tuple[list[ProposedTable], tuple[str, ...]]:
    """The tables without the examples that are nobody's business, and the columns the guard objects to.

    It looks at what nothing was assigned to, and at keys and names, whatever they were assigned to. A column
    that Art. 9 GDPR is about is not shown either.
    """
    objections: dict[str, list[str]] = {}
    for place in {found.table: found for found, _ in made}.values():
        assigned = {
            heading: (table.to, column.to)
            for found, table in made
            if found.table == place.table
            for column in table.columns
            for heading in (*column.headings, *column.key)
        }
        objections[place.table] = _objections(connection, place.part, assigned)
    shown = [_without(table, objections[found.table]) for found, table in made]
    return shown, tuple(dict.fromkeys(name for names in objections.values() for name in names))


def _objections(
    connection: duckdb.DuckDBPyConnection, part: Part, assigned: dict[str, tuple[str, str]]
) -> list[str]:
    """The headings of the columns in which the guard finds something."""
    fields = [
        next((to for heading, to in assigned.items() if _is(heading, cell)), None) for cell in part.headings
    ]
    looked_at = replace(
        part,
        present=tuple(
            column for column, field in zip(part.columns, fields, strict=False) if field and _proven(*field)
        ),
        # What the heading of an assigned column is about was settled by assigning it.
        headings=tuple("" if field else cell for cell, field in zip(part.headings, fields, strict=True)),
        outside=(),
    )
    found = [group for group in look(connection, (), [looked_at]) if refused_by_guard([group])]
    names = [group.column or "" for group in found]
    return [part.headings[int(name[1:]) - 1] if re.fullmatch(r"#\d+", name) else name for name in names]


def _proven(table: str, column: str) -> bool:
    """Whether the rules of this column leave no room for a name."""
    field = tables()[table].field(column)
    return field.type != "string" or bool(field.rules.keys() & (PROVING - {"pattern"}))


def _without(table: ProposedTable, objections: list[str]) -> ProposedTable:
    """The table without any value of the columns that are not shown."""
    hidden = {
        heading
        for heading in table.examples
        if kinds.announced_kind(heading) == kinds.SPECIAL or any(_is(heading, name) for name in objections)
    }
    return replace(
        table,
        examples={name: () if name in hidden else values for name, values in table.examples.items()},
        readings={name: {} if name in hidden else read for name, read in table.readings.items()},
    )


def _is(heading: str, cell: str) -> bool:
    """Whether this is the heading of a cell; with `{n}` it stands for every number."""
    return re.fullmatch(re.escape(heading).replace(re.escape(NUMBER), r"\d{1,2}"), cell.strip()) is not None
