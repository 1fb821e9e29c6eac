"""Rows among those of a table that are no record: totals, counts, averages, headings, another table.

Of each of them one thing is said, and nothing of what a record would lack.
"""

from collections.abc import Collection

import duckdb

from data.deliveries.checking.load import ROW, Loaded, has_mark, numbered_text
from data.deliveries.format import margins
from data.deliveries.format.schema import Field, tables
from data.foundation.sql import identifier, literal

NUMBER = r"[-+]?[0-9][0-9.,\s]*(€|%|EUR)?"
NOTE = r"[\s:;,*()=]"  # in what is no key
HEADINGS = 3  # names of columns in one row, that it is taken for a header
TOTAL, NO_RECORD, OF_PROFILE = "total-inside", "no-record", "profile-no-record"
HEADER, TABLE = "header-inside", "table-inside"


def strangers(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> dict[str, list[int]]:
    """Rule -> rows that it is about, each of one rule only. Only asked where rows break other rules."""
    if not any(not loaded.checks[mark].style for mark in loaded.hits):
        return {}
    found = {TOTAL: _totals(connection, loaded), **_headers(connection, loaded)}
    rule = OF_PROFILE if loaded.part.origins else NO_RECORD
    found[rule] = _no_records(connection, loaded, {row for rows in found.values() for row in rows})
    return found


def unjudged(found: dict[str, list[int]]) -> str:
    """SQL: whether nothing else is said of a `row`: it is one of these, or below another table's header."""
    rows = sorted(row for listed in found.values() for row in listed)
    said = f"row in ({', '.join(map(str, rows))})" if rows else "false"
    return f"({said} or row > {min(found[TABLE])})" if found.get(TABLE) else said


def known_by(loaded: Loaded) -> list[Field]:
    """The columns that are there and hold no number; of those that a profile fills only what it reads."""
    part = loaded.part
    return [
        field
        for field in loaded.table.fields
        if field.name in part.present
        and field.type not in ("number", "integer")
        and (not part.origins or field.name in part.origins)
    ]


def _totals(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> list[int]:
    """The rows that begin with a word of totals and lack what every row has: subtotals between the rows."""
    required = _required(loaded)
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


def _no_records(connection: duckdb.DuckDBPyConnection, loaded: Loaded, but: Collection[int]) -> list[int]:
    """The rows in which nothing stands by which a record is known, but numbers: sums, averages, remnants.
    So are those that have no more than a key, which is the number of the other rows, or a note and no key.
    """
    every, marks = known_by(loaded), _required(loaded)
    required = [field for field in every if field.required]
    if not required or not marks:
        return []
    value = {field.name: f"({loaded.part.origin(field.name).value})" for field in every}
    lacks = {field.name: f"nullif(trim({value[field.name]}), '') is null" for field in required}
    counted = [
        " and ".join(
            [f"trim({value[key]}) = '{loaded.rows - 1}'", *(lacks[name] for name in lacks if name != key)]
        )
        for key in loaded.table.unique[:1]
        if key in lacks and len(lacks) > 1
    ]
    counted += [
        " and ".join(
            [f"regexp_matches(trim({value[key]}), '{NOTE}')", *(lacks[name] for name in lacks if name != key)]
        )
        for key in loaded.table.unique[:1]
        if key in lacks and len(lacks) > 1
    ]
    nothing = " or ".join(f"({each})" for each in [" and ".join(lacks.values()), *counted])
    numbers = [
        f"coalesce(regexp_full_match(trim({value[field.name]}), '{NUMBER}'), true)"
        if "enum" in field.rules
        else f"nullif(trim({value[field.name]}), '') is null"
        for field in every
        if not field.required
    ]
    lacking = f"select rowid from {loaded.typed} where {has_mark(marks)}"
    rows = f"select * from ({numbered_text(loaded.part)}) where {ROW} in ({lacking})"
    found = connection.execute(
        f"with r as materialized ({rows}) select {ROW} as row from r "
        f"where {' and '.join([f'({nothing})', *numbers])} order by row"
    )
    return [row for (row,) in found.fetchall() if row not in but]


def _headers(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> dict[str, list[int]]:
    """The rows of nothing but names of columns: of this table once more, or of another one."""
    part = loaded.part
    own = {heading.strip().lower() for heading in part.headings if heading.strip()}
    own |= {origin.heading.lower() for origin in part.origins.values()}
    names = {field.name for table in tables().values() for field in table.fields}
    columns = [part.origin(name).value for name in part.present]
    if not part.origins:
        columns += [f"r.{identifier(name)}" for name in part.columns if name.startswith("#")]
    if not own or not columns:
        return {}

    # Nearly every row has a key in its first column: of a million rows only a few are looked at cell by cell.
    listed = ", ".join(map(literal, sorted(own | names)))
    maybe = f"coalesce(lower(trim({columns[0]})) in ({listed}), true)"
    cells = ", ".join(f"lower(trim({column}))" for column in columns)
    # The names stand in the statement once and not for each column: a hundred columns took a minute to plan.
    asked = f"""
        with r as materialized (select * from ({numbered_text(part)}) as r where {maybe}),
        cells as (select {ROW} as row, list_filter([{cells}], lambda cell: cell <> '') as filled from r),
        counted as (
            select row, len(filled) as filled,
                len(list_filter(filled, lambda cell: list_contains($own, cell))) as own,
                len(list_filter(filled, lambda cell: list_contains($names, cell))) as names
            from cells
        )
        select row, own, names from counted where names >= {HEADINGS} and names = filled order by row
    """
    found = connection.execute(asked, {"own": sorted(own), "names": sorted(own | names)}).fetchall()
    again = [row for row, of_own, of_any in found if of_own == of_any]
    return {
        HEADER: sorted({*again, *(_goes_on(connection, loaded) if part.origins else ())}),
        TABLE: [row for row, of_own, of_any in found if of_own < of_any],
    }


def _goes_on(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> range:
    """The first rows of what a profile reads that explain its columns; of the format they are left out."""
    columns = [name for name in loaded.part.present if name in loaded.part.origins]
    if not columns:
        return range(0)
    shown = ", ".join(f"coalesce({loaded.part.origin(name).value}, '')" for name in columns)
    first = f"order by {ROW} limit {margins.MOST_HEADERS + 1}"
    asked = f"select {shown} from ({numbered_text(loaded.part)}) as r {first}"
    rows = [(at, tuple(cells)) for at, cells in enumerate(connection.execute(asked).fetchall())]
    return range(len(margins.header_goes_on(loaded.table.name, columns, rows)))


def _required(loaded: Loaded) -> list[int]:
    return [mark for mark in loaded.hits if loaded.checks[mark].rule == "required"]
