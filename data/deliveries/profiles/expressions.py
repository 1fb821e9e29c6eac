"""One column of the format in SQL over the office's columns: rename, join, map, date, constant, key."""

from collections.abc import Callable

from data.deliveries.profiles import dates
from data.deliveries.profiles.language import NUMBER, ColumnRule
from data.deliveries.schema import tables
from data.sql import is_one_of, name, text

KEY_DIGITS = 20  # of a SHA-256: 80 bits, the same key for the same values for ever
BETWEEN = "chr(31)"  # parts of a key; ("1", "23") is not ("12", "3")

Find = Callable[[str], str | None]  # a heading -> its column, or None where the file doesn't have it


def value(table: str, rule: ColumnRule, find: Find, number: int | None, given: dict[str, str]) -> str:
    """SQL for the value of a column. `number` is what `{n}` stands for in this row."""
    if rule.constant is not None:
        return text(rule.constant)
    if rule.given is not None:
        return text(given[rule.given]) if rule.given in given else "null"
    if rule.key:
        return _key(rule, find, number)
    mapped = _mapped(table, rule, written(rule, find, number))
    return f"nullif({mapped}, '')"


def written(rule: ColumnRule, find: Find, number: int | None) -> str:
    """SQL for what stands in the file: the value of the column, or the values of several put together."""
    columns = [name(found) for heading in rule.headings if (found := find(numbered(heading, number)))]
    if not columns:
        return "null::varchar"
    if len(columns) == 1:
        return columns[0]
    return f"nullif(concat_ws({text(rule.join)}, {', '.join(columns)}), '')"


def numbered(heading: str, number: int | None) -> str:
    """`Ziel {n}` as `Ziel 2`."""
    return heading if number is None else heading.replace(NUMBER, str(number))


def _mapped(table: str, rule: ColumnRule, value: str) -> str:
    if "x-list" in tables()[table].field(rule.to).rules:
        if not (rule.values or rule.ignore or rule.separator != ","):
            return value
        items = f"list_transform(string_split({value}, {text(rule.separator)}), lambda x: trim(x))"
        return (
            f"array_to_string(list_transform({items}, lambda x: nullif({_looked_up(rule, 'x')}, '')), ', ')"
        )
    if rule.date:
        value = dates.as_german(rule.date, value)
    return _looked_up(rule, value)


def _looked_up(rule: ColumnRule, value: str) -> str:
    """A value that is neither mapped nor ignored stays as it is: the format's checks then speak of it."""
    cases = [f"when {value} = {text(theirs)} then {text(ours)}" for theirs, ours in rule.values.items()]
    if rule.ignore:
        cases.append(f"when {is_one_of(value, rule.ignore)} then ''")
    return f"case {' '.join(cases)} else {value} end" if cases else value


def _key(rule: ColumnRule, find: Find, number: int | None) -> str:
    found = [text(str(number)) if part == NUMBER else find(numbered(part, number)) for part in rule.key]
    parts = [
        each if part == NUMBER else f"coalesce({name(each)}, '')"
        for part, each in zip(rule.key, found, strict=True)
        if each
    ]
    return f"left(sha256({f' || {BETWEEN} || '.join(parts)}), {KEY_DIGITS})"
