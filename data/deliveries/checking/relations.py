"""Checks between rows and between tables: keys, references, consultations after the end, sums of stages.

Rows that are no record (totals, counts, averages, headings, another table) are told here too: of each of them
one thing is said, and nothing of what a record would lack.
"""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import duckdb

from data.deliveries.checking.workbench import ROW, TYPED, Broken, Loaded, has_mark, numbered_text
from data.deliveries.format import margins
from data.deliveries.format.findings import Group, group
from data.deliveries.format.schema import Field, tables
from data.foundation.sql import identifier, literal

UNCHECKED = "reference-unchecked"
PARTLY = frozenset({"row-length", "broken-quotes", "cell-too-long"})  # after which some rows were not read
NUMBER = r"[-+]?[0-9][0-9.,\s]*(€|%|EUR)?"
NOTE = r"[\s:;,*()=]"  # in what is no key
HEADINGS = 3  # names of columns in one row, that it is taken for a header
TOTAL, NO_RECORD, OF_PROFILE = "total-inside", "no-record", "profile-no-record"
HEADER, TABLE = "header-inside", "table-inside"


def lacking(loaded: Sequence[Loaded], stored: Container[str], said: Collection[Group]) -> dict[str, str]:
    """Tables that others refer to, in which nothing can be missed, and the rule that says so: they are not
    there at all, or were not read to their end. `stored`: what the sender handed in before.
    """
    by_table, found = {each.table.name: each for each in loaded}, {}
    places = {(each.part.place.file, each.part.place.sheet) for each in loaded}
    unread = any(each.severity == "fault" and (each.file, each.sheet) not in places for each in said)
    for parent, key in {link for table in tables().values() for link in table.parents.values()}:
        each = by_table.get(parent)
        if each is None and parent not in stored:
            found[parent] = UNCHECKED if unread else "parent-missing"
        elif each and (key not in each.part.present or _is_partly_read(each, said)):
            found[parent] = UNCHECKED
    return found


def unchecked(loaded: Loaded, lacking: Mapping[str, str]) -> Iterator[Group]:
    """One finding for each column whose values can't be looked for, instead of one for each of its rows."""
    for column, (parent, _) in loaded.table.parents.items():
        if parent in lacking and loaded.rows and column in loaded.part.present:
            heading = loaded.part.origin(column).heading
            place, line = loaded.part.place, loaded.part.header_line
            yield group(lacking[parent], place, line=line, column=heading, wording={"other": parent})


def broken(loaded: Loaded, delivered: set[str], lacking: Container[str] = ()) -> Iterator[Broken]:
    """Every rule about several rows that might be broken; `collect` counts the rows.

    `delivered` are the tables of the delivery; others may be there as stored. In those `lacking` nothing is
    looked for.
    """
    if loaded.repeated:
        columns = loaded.table.unique
        yield Broken("unique", columns[0], loaded.repeated.keys, {"other": " + ".join(columns)})
        yield Broken("row-twice", columns[0], loaded.repeated.rows)
    for column, (parent, key) in loaded.table.parents.items():
        if parent in lacking:
            continue
        yield Broken("reference", column, _orphans(loaded, column, parent, key), {"other": parent})
    for field in loaded.table.fields:
        if rule := field.rules.get("x-not-after-parent"):
            later = (
                f"select distinct c.rowid as row from {loaded.typed} c "
                f"join {TYPED}.{identifier(rule['table'])} p "
                f"on p.{identifier(rule['key'])} = c.{identifier(rule['key'])} "
                f"where c.{identifier(field.name)} > p.{identifier(rule['column'])}"
            )
            yield Broken("after-end", field.name, later, {"other": f"{rule['table']}.{rule['column']}"})
        if (rule := field.rules.get("x-odd-without")) and rule["table"] in delivered:
            without = _orphans(loaded, field.name, rule["table"], rule["key"])
            yield Broken("odd-without", field.name, without, {"other": rule["table"]})
        if (rule := field.rules.get("x-odd-unless-earlier")) and loaded.table.name not in lacking:
            yield Broken("odd-unless-earlier", field.name, _no_earlier(loaded, field.name, rule))
        if (rule := field.rules.get("x-negative-only-corrects")) and loaded.marked("negative"):
            yield _uncorrected(loaded, field.name, rule)
    if rule := loaded.table.rules.get("x-odd-unless-falling"):
        yield from _not_falling(loaded, rule)


def _is_partly_read(loaded: Loaded, said: Collection[Group]) -> bool:
    place = loaded.part.place
    return any(each.rule in PARTLY and (each.file, each.sheet) == (place.file, place.sheet) for each in said)


def _orphans(loaded: Loaded, column: str, other: str, key: str) -> str:
    # `not exists` says the same and takes three times as long: DuckDB first makes the rows different ones.
    return (
        f"select c.rowid as row from {loaded.typed} c anti join {TYPED}.{identifier(other)} o "
        f"on o.{identifier(key)} = c.{identifier(column)} where c.{identifier(column)} is not null"
    )


def _no_earlier(loaded: Loaded, column: str, rule: dict[str, str]) -> str:
    key, end, start = (identifier(rule[each]) for each in ("key", "end", "start"))
    earlier = f"o.{key} = c.{identifier(column)} and o.{key} <> c.{key} and o.{end} <= c.{start}"
    return (
        f"select c.rowid as row from {loaded.typed} c where c.{identifier(column)} is not null "
        f"and not exists (select 1 from {loaded.typed} o where {earlier})"
    )


def _same(columns: list[str]) -> str:
    return " and ".join(
        f"a.{identifier(column)} is not distinct from b.{identifier(column)}" for column in columns
    )


def _uncorrected(loaded: Loaded, column: str, rule: dict[str, Any]) -> Broken:
    group, day = rule["group"], identifier(rule["date"])
    earlier = f"{_same(group)} and b.{identifier(column)} > 0 and b.{day} <= a.{day}"
    rows = (
        f"select a.rowid as row from {loaded.typed} a where a.{identifier(column)} < 0 "
        f"and not exists (select 1 from {loaded.typed} b where {earlier})"
    )
    return Broken("negative", column, rows)


def _not_falling(loaded: Loaded, rule: dict[str, Any]) -> Iterator[Broken]:
    # The format: sums of stages fall from bewilligt to ausgezahlt to verwendet. Compared if both are booked.
    group, order = rule["group"], rule["order"]
    stage, amount = identifier(rule["stage"]), identifier(rule["amount"])
    sums = (
        f"select {', '.join(identifier(column) for column in group)}, {stage} as stage, "
        f"sum({amount}) as total, "
        f"min(rowid) as row from {loaded.typed} group by all"
    )
    for higher, lower in combinations(order, 2):
        rows = (
            f"with sums as ({sums}) select b.row from sums a join sums b on {_same(group)} "
            f"where a.stage = {literal(higher)} and b.stage = {literal(lower)} and b.total > a.total"
        )
        yield Broken("odd-unless-falling", rule["stage"], rows, {"other": f"{higher} – {lower}"})


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
    # The running number of the rows may stand before the word.
    worded = (
        f"case when regexp_full_match({identifier(name)}, '{margins.NUMBER.pattern}') then null "
        f"else nullif(trim({identifier(name)}), '') end"
        if name.startswith("#")
        else f"nullif(trim({identifier(name)}), '')"
        for name in loaded.part.columns
    )
    first = f"coalesce({', '.join(worded)})"
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
