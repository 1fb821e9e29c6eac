"""From a field of the export format to SQL: its cleaned text, its typed value and the checks of one value.

Everything is read as text first: `thousands='.'` of DuckDB reads 1.5 as 15, and `%d.%m.%Y` reads 1.4.25 as
the year 25. So a value is matched with a pattern, then converted, then compared with its range.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.deliveries import numbers, strings
from data.deliveries.checks import Check
from data.deliveries.schema import Field, Table
from data.deliveries.valuelists import enum_type, value_list
from data.sql import is_one_of, name, text, written

LATEST = "31.12.2100"  # beyond it a date is a slip of the pen
BLANKS = " \t\u00a0"
TRUE, FALSE, CROSS, EMPTY = 1, 0, 2, 3

Writings = Mapping[str, str | None]  # as written -> the listed value, None for a word for missing


@dataclass(frozen=True)
class Column:
    """One column of a table in SQL. `raw` is its cleaned text, `typed` its value, null if unreadable."""

    field: Field
    raw: str
    typed: str
    checks: tuple[Check, ...]


def column(table: Table, field: Field, present: bool, trim: bool, writings: Writings | None = None) -> Column:
    """The SQL of one field; a column that a file doesn't have is null and has no checks.

    `trim`: take blanks off the values. It costs more than all checks together, so it is only done for a file
    in which a check has failed without it. `writings`: what stands for a listed value, or for missing.
    """
    if not present:
        return Column(field, "null::varchar", f"null::{_working_type(table, field)}", ())
    checks: tuple[Check, ...]
    if field.type in ("number", "integer"):
        typed, checks = numbers.number(field)
    elif field.type == "date":
        typed, checks = _date(field)
    elif field.type == "boolean":
        typed, checks = _boolean(field)
    else:
        typed, checks = strings.string(table, field)
    if field.required:
        checks = (*checks, Check("required", field.name, f"{written(field.name)} is null"))
    return Column(field, _cleaned(table, field, trim, writings or {}), typed, checks)


def _working_type(table: Table, field: Field) -> str:
    if field.type == "boolean":
        return "tinyint"
    return enum_type(table.name, field.name) if value_list(table, field) else field.sql_type


def stripped(column_name: str) -> str:
    """SQL: what stands in a column, without blanks around it; null for nothing."""
    return f"nullif(trim({name(column_name)}, '{BLANKS}'), '')"


def _cleaned(table: Table, field: Field, trim: bool, writings: Writings) -> str:
    trim = trim or not field.rules.keys() - {"required"}  # nothing would fail in a column of any text
    value = stripped(field.name) if trim else name(field.name)
    unknown = [each for each, meant in writings.items() if meant is None]
    missing = is_one_of(value, (word for word in (*table.missing, *unknown) if word))
    if pattern := field.rules.get("pattern"):
        missing += _missing_in_a_key(table, value, pattern)
    read = "".join(
        f" when {value} = {text(each)} then {text(meant)}" for each, meant in writings.items() if meant
    )
    cleaned = f"case when {missing} then null{read} else {value} end"
    if field.type == "boolean":  # a column of crosses: an empty cell says no, a word for missing says nothing
        return f"case when {value} is null then '' else {cleaned} end"
    return cleaned


def _missing_in_a_key(table: Table, value: str, pattern: str) -> str:
    """SQL that adds the words for missing, however written, that no check of a key tells from a key."""
    words = {word.replace(" ", "").lower() for word in table.missing}
    return "".join(
        f" or strlen({value}) = {len(word)} and lower({value}) = {text(word)}"
        for word in sorted(words)
        if re.fullmatch(pattern, word)
    )


def _date(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, value = written(field.name), name(field.name)
    # strptime reads 1.4.25 and a blank in front of a single digit; ten characters without a blank leave it no
    # choice but two digits, two digits and four.
    typed = (
        f"case when strlen({raw}) = 10 and not contains({raw}, ' ') "
        f"then try_strptime({raw}, ['%d.%m.%Y', '%Y-%m-%d'])::date end"
    )
    iso, german = (f"{value} is not null and {sign} contains({raw}, '-')" for sign in ("", "not"))
    first = field.rules["minimum"]  # the guard looks at what lies before it
    last = field.rules.get("maximum", LATEST)
    outside = f"{value} < {_day(first)} or {value} > {_day(last)}"
    return typed, (
        Check("date", field.name, f"{raw} is not null and {value} is null"),
        Check("range", field.name, outside, {"limit": f"{first} – {last}"}),
        Check("date-iso", field.name, iso, style=True),
        Check("date-german", field.name, german, style=True),
    )


def _day(german: str) -> str:
    day, month, year = german.split(".")
    return f"date '{year}-{month}-{day}'"


def _boolean(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, value = written(field.name), name(field.name)
    yes = [word for word in field.rules["trueValues"] if word != "x"]
    lower = f"lower({raw})"
    typed = (
        f"(case when {is_one_of(lower, yes)} then {TRUE} "
        f"when {is_one_of(lower, field.rules['falseValues'])} then {FALSE} "
        f"when {lower} = 'x' then {CROSS} when {raw} = '' then {EMPTY} end)::tinyint"
    )
    return typed, (
        Check("boolean", field.name, f"{raw} is not null and {value} is null"),
        Check("cross", field.name, f"{value} = {CROSS}", style=True),
        Check("yes-no", field.name, f"{value} in ({TRUE}, {FALSE})", style=True),
    )
