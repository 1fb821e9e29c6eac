"""Text columns in SQL: value lists, areas, countries, lists, patterns."""

import re

from data.deliveries.checks import Check
from data.deliveries.countries import writings
from data.deliveries.schema import Field, Table
from data.deliveries.valuelists import enum_type, value_list
from data.sql import name, text, written


def string(table: Table, field: Field) -> tuple[str, tuple[Check, ...]]:
    """The typed value of a text column and its checks: value list, area, country, list or pattern."""
    raw, value, rules = written(field.name), name(field.name), field.rules
    unread = f"{raw} is not null and {value} is null"
    if values := value_list(table, field):
        shown = " · ".join(values)
        typed = f"try_cast({raw} as {enum_type(table.name, field.name)})"
        return typed, (Check("value-list", field.name, unread, {"limit": shown}),)
    if "x-register" in rules:
        return _area(field)
    if "x-country" in rules:
        codes = ", ".join(text(code) for code in writings().values())
        return (
            f"[{codes}][enum_code(try_cast({raw} as {name('country')})) + 1]",
            (Check("country", field.name, unread),),
        )
    if "x-list" in rules:
        return _list(field)
    if (form := rules.get("pattern")) and field.name not in table.parents:  # a parent's key is checked there
        broken = f"not regexp_full_match({raw}, {text(form)})"
        return raw, (Check("pattern", field.name, broken, {"limit": form}),)
    return raw, ()


def _list(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, listed = written(field.name), field.rules["x-list"]
    item = "(" + "|".join(re.escape(word) for word in listed["items"]) + ")"
    between = f" *{re.escape(listed['separator'])} *"
    pattern = f"{item}({between}{item})*"
    typed = (
        f"case when regexp_full_match({raw}, {text(pattern)}) "
        f"then regexp_replace({raw}, {text(between)}, {text(listed['separator'])}, 'g') end"
    )
    unread = f"{raw} is not null and {name(field.name)} is null"
    return typed, (Check("list", field.name, unread, {"limit": " · ".join(listed["items"])}),)


def _area(field: Field) -> tuple[str, tuple[Check, ...]]:
    raw, value = written(field.name), name(field.name)
    digits = field.rules["x-leading-zero"]
    short = f"regexp_full_match({raw}, '[0-9]{{{digits - 1}}}')"
    right = f"regexp_full_match({raw}, '[0-9]{{{digits - 1},{digits}}}')"
    register = name(field.rules["x-register"])
    return f"try_cast(case when {short} then '0' || {raw} else {raw} end as {register})", (
        Check("area-digits", field.name, f"not {right}", {"limit": str(digits)}),
        Check("area-unknown", field.name, f"{right} and {value} is null"),
        Check("leading-zero", field.name, f"{short} and {value} is not null"),
    )
