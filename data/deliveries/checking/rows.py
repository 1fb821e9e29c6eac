"""Checks of one row: what its columns say about each other, about the reporting date and about today."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from data.deliveries.checking.columns import Check
from data.deliveries.format.findings import phrase
from data.deliveries.format.schema import Field, Table, values_by
from data.foundation.languages import Wording
from data.foundation.sql import cleaned_text, identifier, is_one_of, literal


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
