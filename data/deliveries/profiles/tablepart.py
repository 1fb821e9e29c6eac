"""One table of the format, made by a profile from one file or sheet of the office.

The file is a table of text first, with blanks taken off and the place of each row kept; each column of the
format is SQL over its columns: renamed, joined, mapped, a date, a constant, a key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import duckdb

from data.deliveries.checking.columns import BLANKS
from data.deliveries.checking.workbench import RAW
from data.deliveries.format.findings import Group, group
from data.deliveries.format.names import heading_key
from data.deliveries.format.parts import Origin, Part
from data.deliveries.format.profile import NUMBER, ColumnRule, Profile, TableRule
from data.deliveries.format.schema import tables
from data.deliveries.profiles.loading import accepted
from data.deliveries.profiles.values import ages, dates, omitted
from data.foundation.sql import identifier, is_one_of, literal

KEY_DIGITS = 20  # of a SHA-256: 80 bits, the same key for the same values for ever
BETWEEN = "chr(31)"  # parts of a key; ("1", "23") is not ("12", "3")
Find = Callable[[str], str | None]  # a heading -> its column, or None where the file doesn't have it
ROW = "#place"  # of a row among those of its file
GROUP = "#group"  # which of the repeated columns a row was made from


@dataclass(frozen=True)
class Source:
    """`table` is its name in SQL, with the columns `#place` (of the row in the file), `#0`, `#1`, …"""

    part: Part
    table: str

    def column(self, heading: str) -> str | None:
        """The column under this heading, or None; case, blanks and umlauts of the heading don't matter."""
        for position, cell in enumerate(self.part.headings):
            if heading_key(cell) == heading_key(heading):
                return f"#{position}"
        return None

    def lines(self, rows: Sequence[int]) -> list[int]:
        """The line in the file of each of these rows, in any order."""
        ascending = sorted(set(rows))
        line = dict(zip(ascending, self.part.lines(ascending), strict=True))
        return [line[row] for row in rows]


def source(connection: duckdb.DuckDBPyConnection, part: Part, number: int) -> tuple[Source, list[Group]]:
    """The rows of a part as a table, and what is wrong with rows that are none."""
    table = f"{RAW}.{identifier(f'source {number}')}"
    groups: list[Group] = []
    try:
        _keep(connection, part, table)
    except duckdb.Error:
        if part.record_by_record is None:
            raise
        part, groups = part.record_by_record(connection, part)
        _keep(connection, part, table)
    return Source(replace(part, relation=table, trimmed=True), table), groups


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
    table = f"{RAW}.{identifier(f'mapped {rule.to}')}"
    words, total = _words(source, rule), _total(connection, source, rule)
    but = "" if total is None else f" and {identifier(ROW)} <> {total}"
    kept = f"(from {source.table} where not {omitted.condition(words)}{but})"
    rows = " union all ".join(_rows(source, rule, present, used, number, given) for number in numbers)
    rows = f"with kept as {kept} {rows}"
    if rule.to == "lieferung":  # it stands in every row of the file, and is one row
        rows = _distinct(rows, present, used)
    connection.execute(
        f"create or replace table {table} as from ({rows}) order by {identifier(ROW)}, {identifier(GROUP)}"
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
        without_value={},
        origins={column.to: _origin(source, column, numbers) for column in rule.columns if column.headings},
    )
    part, left_out = _without(connection, part, source, rule, profile)
    if total is not None:
        part, said = _without_total(connection, part, source, total, profile)
        left_out += said
    return part, [*left_out, *_absent(source, rule, profile, numbers)]


def value(table: str, rule: ColumnRule, find: Find, number: int | None, given: dict[str, str]) -> str:
    """SQL for the value of a column. `number` is what `{n}` stands for in this row."""
    if rule.constant is not None:
        return literal(rule.constant)
    if rule.given is not None:
        return literal(given[rule.given]) if rule.given in given else "null"
    if rule.key:
        return _key(rule, find, number)
    mapped = _mapped(table, rule, written(rule, find, number))
    return f"nullif({mapped}, '')"


def written(rule: ColumnRule, find: Find, number: int | None) -> str:
    """SQL for what stands in the file: the value of the column, or the values of several put together."""
    columns = [identifier(found) for heading in rule.headings if (found := find(numbered(heading, number)))]
    if not columns:
        return "null::varchar"
    if len(columns) == 1:
        return columns[0]
    return f"nullif(concat_ws({literal(rule.join)}, {', '.join(columns)}), '')"


def numbered(heading: str, number: int | None) -> str:
    """`Ziel {n}` as `Ziel 2`."""
    return heading if number is None else heading.replace(NUMBER, str(number))


def _mapped(table: str, rule: ColumnRule, value: str) -> str:
    if "x-list" in tables()[table].field(rule.to).rules:
        if not (rule.values or rule.ignore or rule.separator != ","):
            return value
        items = f"list_transform(string_split({value}, {literal(rule.separator)}), lambda x: trim(x))"
        return (
            f"array_to_string(list_transform({items}, lambda x: nullif({_looked_up(rule, 'x')}, '')), ', ')"
        )
    if rule.date:
        value = dates.as_german(rule.date, value)
    looked_up = _looked_up(rule, value)
    return ages.as_group(accepted(table, rule.to), looked_up) if rule.years else looked_up


def _looked_up(rule: ColumnRule, value: str) -> str:
    """A value that is neither mapped nor ignored stays as it is: the format's checks then speak of it."""
    cases = [f"when {value} = {literal(theirs)} then {literal(ours)}" for theirs, ours in rule.values.items()]
    if rule.ignore:
        cases.append(f"when {is_one_of(value, rule.ignore)} then ''")
    return f"case {' '.join(cases)} else {value} end" if cases else value


def _key(rule: ColumnRule, find: Find, number: int | None) -> str:
    found = [literal(str(number)) if part == NUMBER else find(numbered(part, number)) for part in rule.key]
    parts = [
        each if part == NUMBER else f"coalesce({identifier(each)}, '')"
        for part, each in zip(rule.key, found, strict=True)
        if each
    ]
    return f"left(sha256({f' || {BETWEEN} || '.join(parts)}), {KEY_DIGITS})"


def _keep(connection: duckdb.DuckDBPyConnection, part: Part, table: str) -> None:
    trimmed = ", ".join(
        f"nullif(trim({identifier(column)}, {literal(BLANKS)}), '') as {identifier(column)}"
        for column in part.columns
    )
    # Without an order the window numbers the rows as they are read. A row of nothing but blanks is none.
    connection.execute(
        f"create table {table} as from (select row_number() over () - 1 as {identifier(ROW)}, {trimmed} "
        f"from {part.relation} where {part.filled}) where {part.filled}"
    )


def _words(source: Source, rule: TableRule) -> omitted.Words:
    """The words of rows that are left out, by the column of the file."""
    found = {source.column(heading): words for heading, words in rule.leave_out.items()}
    return {identifier(column): words for column, words in found.items() if column}


def _without(
    connection: duckdb.DuckDBPyConnection, part: Part, source: Source, rule: TableRule, profile: Profile
) -> tuple[Part, list[Group]]:
    """The part with the rows that were left out beside it, for the guard, and what is said of them."""
    required = [
        written(column, source.column, None)
        for column in rule.columns
        if column.columns and not rule.repeat and tables()[rule.to].field(column.to).required
    ]
    rows = omitted.rows(connection, source.table, _words(source, rule), required)
    lines = source.lines([place for _, place, _ in rows])
    outside = tuple((line, cells) for line, (_, _, cells) in zip(lines, rows, strict=True))
    of_rule: dict[str, list[int]] = {omitted.WHOLE: [], omitted.NONE_OF_IT: []}
    for line, (whole, _, _) in zip(lines, rows, strict=True):
        of_rule[omitted.WHOLE if whole else omitted.NONE_OF_IT].append(line)
    said = omitted.said(source.part.place, rule, profile, of_rule)
    return replace(part, outside=(*part.outside, *outside)), said


def _total(connection: duckdb.DuckDBPyConnection, source: Source, rule: TableRule) -> int | None:
    """The place of a total without a word that the profile leaves out."""
    if not rule.sums:
        return None
    headings = [
        heading for column in rule.columns if is_key(rule.to, column.to) for heading in column.columns
    ]
    required = [identifier(found) for heading in headings if (found := source.column(heading))]
    return omitted.total(connection, source.table, len(source.part.headings), _words(source, rule), required)


def is_key(table: str, column: str) -> bool:
    """Whether a row of the table is known as one by this column: it is required, and nothing to add up."""
    field = tables()[table].field(column)
    return field.required and field.type not in ("number", "integer")


def _without_total(
    connection: duckdb.DuckDBPyConnection, part: Part, source: Source, total: int, profile: Profile
) -> tuple[Part, list[Group]]:
    asked = f"select * from {source.table} where {identifier(ROW)} = {total}"
    ((_, *cells),) = connection.execute(asked).fetchall()
    (line,) = source.lines([total])
    said = group(omitted.SUMS, source.part.place, line=line, wording={"limit": profile.name})
    return replace(part, outside=(*part.outside, (line, tuple(cell or "" for cell in cells)))), [said]


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
        f"{value(rule.to, each, source.column, number, given)} as {identifier(each.to)}" for each in present
    ]
    selected += [identifier(ROW), f"{'null' if number is None else number}::integer as {identifier(GROUP)}"]
    filled = " or ".join(f"{identifier(each)} is not null" for each in _repeated(source, rule, number))
    where = f" where {filled}" if number is not None and filled else ""
    return f"select {', '.join([*selected, *map(identifier, used)])} from kept{where}"


def _distinct(rows: str, present: list[ColumnRule], used: list[str]) -> str:
    first = [
        f"min_by({identifier(each)}, {identifier(ROW)}) as {identifier(each)}" for each in (GROUP, *used)
    ]
    values = [identifier(each.to) for each in present]
    row = f"min({identifier(ROW)}) as {identifier(ROW)}"
    return f"select {', '.join([*values, *first, row])} from ({rows}) group by all"


def _origin(source: Source, column: ColumnRule, numbers: Sequence[int | None]) -> Origin:
    known = " · ".join([*column.values, *column.ignore, *([ages.KNOWN] if column.years else [])])
    heading = " + ".join(column.headings)
    if numbers == [None]:
        return Origin(heading, written(column, source.column, None), known=known)
    cases = " ".join(f"when {number} then {written(column, source.column, number)}" for number in numbers)
    return Origin(heading, f"case {identifier(GROUP)} {cases} end", identifier(GROUP), known)


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
    asked = f"select {identifier(ROW)} from {table} where rowid in (select unnest($positions)) order by rowid"
    rows = connection.execute(asked, {"positions": list(positions)}).fetchall()
    return source.lines([row for (row,) in rows])
