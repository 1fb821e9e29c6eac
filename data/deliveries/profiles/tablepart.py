"""One table of the format, made by a profile from one file or sheet of the office."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import duckdb

from data.deliveries.findings import Group
from data.deliveries.origin import Origin
from data.deliveries.parts import Part
from data.deliveries.profiles.expressions import numbered, value, written
from data.deliveries.profiles.language import NUMBER, ColumnRule, Profile, TableRule
from data.deliveries.profiles.source import ROW, Source
from data.deliveries.schema import tables
from data.deliveries.wording import group
from data.deliveries.workbench import RAW
from data.sql import name

GROUP = "#group"  # which of the repeated columns a row was made from


def table_part(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    rule: TableRule,
    profile: Profile,
    given: dict[str, str],
) -> tuple[Part, list[Group]]:
    """The rows of a table, and which columns that the profile expects are not there."""
    numbers = _numbers(source, rule)
    present = [column for column in rule.columns if _there(source, column, numbers)]
    used = _used(source, present, numbers)
    table = f"{RAW}.{name(f'mapped {rule.to}')}"
    rows = " union all ".join(_rows(source, rule, present, used, number, given) for number in numbers)
    if rule.to == "lieferung":  # it stands in every row of the file, and is one row
        rows = _distinct(rows, present, used)
    connection.execute(
        f"create or replace table {table} as from ({rows}) order by {name(ROW)}, {name(GROUP)}"
    )
    columns = tuple(column.to for column in present)
    part = replace(
        source.part,
        table=rule.to,
        present=columns,
        columns=(*columns, ROW, *used),
        relation=table,
        lines=partial(_lines, connection, source, table),
        recognised=replace(source.part.recognised, table=rule.to, profile=profile.name, dates=_dates(rule)),
        record_by_record=None,
        said={},
        origins={column.to: _origin(source, column, numbers) for column in rule.columns if column.headings},
    )
    return part, _absent(source, rule, profile, numbers)


def _dates(rule: TableRule) -> str | None:
    """How dates are written in the file, as far as the profile says it."""
    return " / ".join(dict.fromkeys(column.date for column in rule.columns if column.date)) or None


def _numbers(source: Source, rule: TableRule) -> list[int | None]:
    """What `{n}` stands for in this file; a single None where nothing repeats."""
    if rule.repeat is None:
        return [None]
    found: list[int | None] = [
        number for number in range(1, rule.repeat + 1) if _repeated(source, rule, number)
    ]
    return found or [1]


def _repeated(source: Source, rule: TableRule, number: int | None) -> list[str]:
    """The columns of this number that the file has."""
    headings = [each for column in rule.columns for each in column.headings if NUMBER in each]
    return [found for each in headings if (found := source.column(numbered(each, number)))]


def _there(source: Source, column: ColumnRule, numbers: Sequence[int | None]) -> bool:
    return not column.headings or bool(_used(source, [column], numbers))


def _used(source: Source, columns: list[ColumnRule], numbers: Sequence[int | None]) -> list[str]:
    found = {
        source.column(numbered(heading, number))
        for column in columns
        for heading in column.headings
        for number in numbers
    }
    return sorted(each for each in found if each)


def _rows(
    source: Source,
    rule: TableRule,
    present: list[ColumnRule],
    used: list[str],
    number: int | None,
    given: dict[str, str],
) -> str:
    selected = [
        f"{value(rule.to, each, source.column, number, given)} as {name(each.to)}" for each in present
    ]
    selected += [name(ROW), f"{'null' if number is None else number}::integer as {name(GROUP)}"]
    filled = " or ".join(f"{name(each)} is not null" for each in _repeated(source, rule, number))
    where = f" where {filled}" if number is not None and filled else ""
    return f"select {', '.join([*selected, *map(name, used)])} from {source.table}{where}"


def _distinct(rows: str, present: list[ColumnRule], used: list[str]) -> str:
    first = [f"min_by({name(each)}, {name(ROW)}) as {name(each)}" for each in (GROUP, *used)]
    values = [name(each.to) for each in present]
    row = f"min({name(ROW)}) as {name(ROW)}"
    return f"select {', '.join([*values, *first, row])} from ({rows}) group by all"


def _origin(source: Source, column: ColumnRule, numbers: Sequence[int | None]) -> Origin:
    known = " · ".join([*column.values, *column.ignore])
    heading = " + ".join(column.headings)
    if numbers == [None]:
        return Origin(heading, written(column, source.column, None), known=known)
    cases = " ".join(f"when {number} then {written(column, source.column, number)}" for number in numbers)
    return Origin(heading, f"case {name(GROUP)} {cases} end", name(GROUP), known)


def _absent(source: Source, rule: TableRule, profile: Profile, numbers: Sequence[int | None]) -> list[Group]:
    """Columns that may be missing and are. Of a required one the check of the format speaks."""
    part, groups = source.part, []
    for column in rule.columns:
        wanted = dict.fromkeys(numbered(each, number) for each in column.headings for number in numbers)
        gone = [each for each in wanted if source.column(each) is None]
        if tables()[rule.to].field(column.to).required and len(gone) == len(wanted):
            continue
        wording = {"other": profile.name, "limit": column.to}
        groups += [
            group("profile-column-absent", part.place, line=part.header_line, column=each, wording=wording)
            for each in gone
        ]
    return groups


def _lines(
    connection: duckdb.DuckDBPyConnection, source: Source, table: str, positions: Sequence[int]
) -> list[int]:
    asked = f"select {name(ROW)} from {table} where rowid in (select unnest($positions)) order by rowid"
    rows = connection.execute(asked, {"positions": list(positions)}).fetchall()
    return source.lines([row for (row,) in rows])
