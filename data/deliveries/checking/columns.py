"""From the fields of a table to SQL: cleaned text, typed value, and the checks of a row: of each value by
itself, and of what columns say about each other, about the reporting date and about today.

Everything is read as text first: `thousands='.'` of DuckDB reads 1.5 as 15, and `%d.%m.%Y` reads 1.4.25 as
the year 25. So a value is matched with a pattern, then converted, then compared with its range.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.deliveries.format.findings import phrase
from data.deliveries.format.schema import Field, Table, country_writings, enum_type, value_list, values_by
from data.foundation.languages import Wording
from data.foundation.sql import cleaned_text, identifier, is_one_of, literal

GROUPED = r"[1-9][0-9]{0,2}(\.[0-9]{3})+"
ONE_GROUP = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"
LATEST = "31.12.2100"  # beyond it a date is a slip of the pen
PLAIN = "%Y~%m~%d"  # a date that was read from another writing; nobody writes one so
BLANKS = " \t\u00a0"
MONTHS = "jan|feb|mrz|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
# What a spreadsheet makes of 6-14: 14. Jun, Jun 14, 14.06.2026, 2026-06-14; or the number of such a day.
TURNED = (
    rf"(?i)[0-9]{{1,2}}[. -]+({MONTHS})[a-zä]*\.?( [0-9]{{4}})?|({MONTHS})[a-zä]*\.?[ -][0-9]{{2,4}}"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?|20[0-9]{2}-[0-9]{2}-[0-9]{2}([ T].*)?|4[0-9]{4}"
)
TRUE, FALSE, CROSS, EMPTY = 1, 0, 2, 3
Writings = Mapping[str, str | None]  # as written -> the listed value, None for a word for missing


@dataclass(frozen=True)
class Check:
    """One rule of one column. `condition` is SQL, true for the rows in question.

    A check with `style` breaks nothing by itself: it says how a value is written, and the ways of writing of
    a file are judged together. `wording` fills the placeholders of the rule's sentences.
    """

    rule: str
    column: str
    condition: str
    wording: Wording = dataclasses.field(default_factory=dict)
    style: bool = False


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
        typed, checks = _number(field)
    elif field.type == "date":
        typed, checks = _date(field)
    elif field.type == "boolean":
        typed, checks = _boolean(field)
    else:
        typed, checks = _string(table, field)
    if field.required:
        checks = (*checks, Check("required", field.name, f"{cleaned_text(field.name)} is null"))
    return Column(field, _cleaned(table, field, trim, writings or {}), typed, checks)


def stripped(column_name: str) -> str:
    """SQL: what stands in a column, without blanks around it; null for nothing."""
    return f"nullif(trim({identifier(column_name)}, '{BLANKS}'), '')"


def row_checks(table: Table, present: frozenset[str], reporting_date: date | None) -> list[Check]:
    """All checks of a row of this table. A rule that compares with a column that the file doesn't have is
    silent, apart from those that ask for a value there.
    """
    checks: list[Check] = []
    for field in table.fields:
        if field.name in present:
            checks += _of_field(table, field, reporting_date)
    if pair := table.rules.get("x-exactly-one-of"):
        checks += _exactly_one(pair)
    if rule := table.rules.get("x-filled-from"):
        wording = {"other": rule["by"], "limit": str(rule["from"])}
        condition = f"{identifier(rule['by'])} >= {rule['from']} and {cleaned_text(rule['column'])} is null"
        checks.append(Check("filled-from", rule["column"], condition, wording))
    return checks


def _string(table: Table, field: Field) -> tuple[str, tuple[Check, ...]]:
    """The typed value of a text column and its checks: value list, area, country, list or pattern."""
    raw, value, rules = cleaned_text(field.name), identifier(field.name), field.rules
    unread = f"{raw} is not null and {value} is null"
    if values := value_list(table, field):
        shown = " · ".join(values)
        typed = f"try_cast({raw} as {enum_type(table.name, field.name)})"
        if "x-no-date" not in field.rules:
            return typed, (Check("value-list", field.name, unread, {"limit": shown}),)
        turned = f"regexp_full_match({raw}, {literal(TURNED)})"
        return typed, (
            Check("value-list", field.name, f"{unread} and not {turned}", {"limit": shown}),
            Check("age-group-date", field.name, f"{unread} and {turned}", {"limit": shown}),
        )
    if "x-register" in rules:
        return _area(field)
    if "x-country" in rules:
        codes = ", ".join(literal(code) for code in country_writings().values())
        return (
            f"[{codes}][enum_code(try_cast({raw} as {identifier('country')})) + 1]",
            (Check("country", field.name, unread),),
        )
    if "x-list" in rules:
        return _list(field)
    if (form := rules.get("pattern")) and field.name not in table.parents:  # a parent's key is checked there
        broken = f"not regexp_full_match({raw}, {literal(form)})"
        return raw, (Check("pattern", field.name, broken, {"limit": form}),)
    return raw, ()


def _number(field: Field) -> tuple[str, tuple[Check, ...]]:
    """The typed value of a number or integer field and its checks."""
    raw, value = identifier(f"{field.name} text"), identifier(field.name)
    scale = int(field.rules.get("x-scale", 0))
    plain = f"rtrim({raw}, ' €\u00a0')" if field.name.endswith("_eur") else raw
    cents = f"[0-9]{{1,{scale}}}"
    whole = rf"-?([0-9]+|{GROUPED})"
    pattern = rf"{whole}(,{cents})?|-?[0-9]+\.{cents}" if scale else whole
    comma = f"replace(replace({plain}, '.', ''), ',', '.')"
    grouped = f"contains({plain}, ',') or regexp_full_match({plain}, '-?{GROUPED}')"
    typed = (
        f"case when regexp_full_match({plain}, '{pattern}') "
        f"then try_cast(case when {grouped} then {comma} else {plain} end as {field.sql_type}) end"
    )
    checks = [
        Check("number" if scale else "integer", field.name, f"{raw} is not null and {value} is null"),
        Check(
            "comma",
            field.name,
            f"contains({raw}, ',') or regexp_full_match({plain}, '-?[0-9]{{1,3}}(\\.[0-9]{{3}}){{2,}}')",
            style=True,
        ),
        Check("question", field.name, f"regexp_full_match({plain}, '{ONE_GROUP}')", style=True),
    ]
    if scale:
        ends = f"regexp_full_match({plain}, '-?[0-9]+\\.{cents}')"
        checks.append(Check("point", field.name, ends, style=True))
    return typed, (*checks, *_range(field))


def _list(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, listed = cleaned_text(field.name), field.rules["x-list"]
    item = "(" + "|".join(re.escape(word) for word in listed["items"]) + ")"
    between = f" *{re.escape(listed['separator'])} *"
    pattern = f"{item}({between}{item})*"
    typed = (
        f"case when regexp_full_match({raw}, {literal(pattern)}) "
        f"then regexp_replace({raw}, {literal(between)}, {literal(listed['separator'])}, 'g') end"
    )
    unread = f"{raw} is not null and {identifier(field.name)} is null"
    return typed, (Check("list", field.name, unread, {"limit": " · ".join(listed["items"])}),)


def _area(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, value = cleaned_text(field.name), identifier(field.name)
    digits = field.rules["x-leading-zero"]
    short = f"regexp_full_match({raw}, '[0-9]{{{digits - 1}}}')"
    right = f"regexp_full_match({raw}, '[0-9]{{{digits - 1},{digits}}}')"
    register = identifier(field.rules["x-register"])
    return f"try_cast(case when {short} then '0' || {raw} else {raw} end as {register})", (
        Check("area-digits", field.name, f"not {right}", {"limit": str(digits)}),
        Check("area-unknown", field.name, f"{right} and {value} is null"),
        Check("leading-zero", field.name, f"{short} and {value} is not null"),
    )


def _range(field: Field) -> list[Check]:
    low, high = field.rules.get("minimum"), field.rules.get("maximum")
    tests = [f"{identifier(field.name)} < {low}"] if low is not None else []
    tests += [f"{identifier(field.name)} > {high}"] if high is not None else []
    if not tests:
        return []
    limit = {"limit": f"{low} – {high}" if high is not None else phrase("from", low=str(low))}
    return [Check("range", field.name, " or ".join(tests), limit)]


def _working_type(table: Table, field: Field) -> str:
    if field.type == "boolean":
        return "tinyint"
    return enum_type(table.name, field.name) if value_list(table, field) else field.sql_type


def _cleaned(table: Table, field: Field, trim: bool, writings: Writings) -> str:
    trim = trim or not field.rules.keys() - {"required"}  # nothing would fail in a column of any text
    value = stripped(field.name) if trim else identifier(field.name)
    unknown = [each for each, meant in writings.items() if meant is None]
    missing = is_one_of(value, (word for word in (*table.missing, *unknown) if word))
    if pattern := field.rules.get("pattern"):
        missing += _missing_in_a_key(table, value, pattern)
    read = "".join(
        f" when {value} = {literal(each)} then {literal(meant)}" for each, meant in writings.items() if meant
    )
    cleaned = f"case when {missing} then null{read} else {value} end"
    if field.type == "boolean":  # a column of crosses: an empty cell says no, a word for missing says nothing
        return f"case when {value} is null then '' else {cleaned} end"
    return cleaned


def _missing_in_a_key(table: Table, value: str, pattern: str) -> str:
    """SQL that adds the words for missing, however written, that no check of a key tells from a key."""
    words = {word.replace(" ", "").lower() for word in table.missing}
    return "".join(
        f" or strlen({value}) = {len(word)} and lower({value}) = {literal(word)}"
        for word in sorted(words)
        if re.fullmatch(pattern, word)
    )


def _date(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, value = cleaned_text(field.name), identifier(field.name)
    # strptime reads 1.4.25 and a blank in front of a single digit; ten characters without a blank leave it no
    # choice but two digits, two digits and four.
    typed = (
        f"case when strlen({raw}) = 10 and not contains({raw}, ' ') "
        f"then try_strptime({raw}, ['%d.%m.%Y', '%Y-%m-%d', {literal(PLAIN)}])::date end"
    )
    iso, german = (f"{value} is not null and contains({raw}, '{sign}')" for sign in "-.")
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
    raw, value = cleaned_text(field.name), identifier(field.name)
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


# What the columns of a row say about each other, about the reporting date and about today.


def _of_field(table: Table, field: Field, reporting_date: date | None) -> Iterator[Check]:
    for rule, make in MAKERS.items():
        if rule in field.rules:
            yield from make(field, field.rules[rule])
    value = identifier(field.name)
    if "x-not-after-reporting-date" in field.rules and reporting_date:
        limit = {"limit": f"{reporting_date:%d.%m.%Y}"}
        yield Check("after-reporting-date", field.name, f"{value} > date '{reporting_date}'", limit)
    if "x-not-after-today" in field.rules:
        today = date.today()
        yield Check("after-today", field.name, f"{value} > date '{today}'", {"limit": f"{today:%d.%m.%Y}"})
    if "x-value-of" in field.rules:
        by = identifier(field.rules["x-value-of"]["by"])
        cases = " ".join(
            f"when {literal(other)} then not {is_one_of(value, values)}"
            for other, values in values_by(field, table).items()
        )
        wording = {"other": field.rules["x-value-of"]["by"]}
        yield Check("value-of", field.name, f"case {by} {cases} end", wording)


def _not_before(field: Field, others: list[dict[str, Any]]) -> Iterator[Check]:
    yield from _before("not-before", field, others)


def _odd_before(field: Field, others: list[dict[str, Any]]) -> Iterator[Check]:
    yield from _before("odd-before", field, others)


def _before(rule: str, field: Field, others: list[dict[str, Any]]) -> Iterator[Check]:
    for other in others:
        days = int(other.get("days", 0))
        limit = f"{identifier(other['column'])} + {days}" if days else identifier(other["column"])
        apart = f"{other['column']} {'−' if days < 0 else '+'} {abs(days)}"
        shown: Wording = {"other": other["column"]}
        if days:
            shown = {"other": phrase("days", days=apart)}
        yield Check(rule, field.name, f"{identifier(field.name)} < {limit}", shown)


def _only_with(field: Field, other: str) -> Iterator[Check]:
    condition = f"{cleaned_text(field.name)} is not null and {cleaned_text(other)} is null"
    yield Check("only-with", field.name, condition, {"other": other})


def _required_when(field: Field, rule: dict[str, Any]) -> Iterator[Check]:
    condition = f"{cleaned_text(field.name)} is null and {is_one_of(identifier(rule['column']), rule['in'])}"
    yield Check(
        "required-when", field.name, condition, {"other": rule["column"], "limit": " · ".join(rule["in"])}
    )


def _not_above(field: Field, other: str) -> Iterator[Check]:
    yield Check("not-above", field.name, f"{identifier(field.name)} > {identifier(other)}", {"other": other})


def _minimum_above_zero(field: Field, least: float) -> Iterator[Check]:
    value = identifier(field.name)
    yield Check("minimum-above-zero", field.name, f"{value} > 0 and {value} < {least}", {"limit": str(least)})


def _first_of_month(field: Field, _: bool) -> Iterator[Check]:
    yield Check("first-of-month", field.name, f"day({identifier(field.name)}) <> 1")


def _odd_unless_multiple(field: Field, rule: dict[str, Any]) -> Iterator[Check]:
    # 2018 the Land paid 796.08 € per counted person and year: an allocation is a whole multiple of it.
    when = " and ".join(is_one_of(identifier(column), values) for column, values in rule["when"].items())
    condition = f"{when} and {identifier(field.name)} % {rule['of']} <> 0"
    yield Check("odd-unless-multiple", field.name, condition, {"limit": str(rule["of"])})


def _negative(field: Field, rule: dict[str, Any]) -> Iterator[Check]:
    # Judged together with the other rows; the mark only says that there is something to judge.
    yield Check("negative", field.name, f"{identifier(field.name)} < 0", style=True)


def _exactly_one(pair: list[str]) -> Iterator[Check]:
    first, second = (cleaned_text(column) for column in pair)
    for rule, condition in (
        ("one-of-both", f"{first} is not null and {second} is not null"),
        ("one-of-none", f"{first} is null and {second} is null"),
    ):
        yield Check(rule, pair[0], condition, {"other": pair[1]})


MAKERS: dict[str, Callable[[Field, Any], Iterator[Check]]] = {
    "x-not-before": _not_before,
    "x-odd-before": _odd_before,
    "x-only-with": _only_with,
    "x-required-when": _required_when,
    "x-not-above": _not_above,
    "x-minimum-above-zero": _minimum_above_zero,
    "x-first-of-month": _first_of_month,
    "x-odd-unless-multiple": _odd_unless_multiple,
    "x-negative-only-corrects": _negative,
}
