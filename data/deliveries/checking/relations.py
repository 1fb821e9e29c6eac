"""Checks between rows and between tables: keys, references, consultations after the end, sums of stages."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from data.deliveries.collect import Broken
from data.deliveries.load import Loaded
from data.deliveries.workbench import TYPED
from data.sql import name, text


def broken(loaded: Loaded, delivered: set[str]) -> Iterator[Broken]:
    """Every rule about several rows that might be broken; `collect` counts the rows.

    `delivered` are the tables of the delivery; others may be there as stored.
    """
    if loaded.repeated:
        columns = loaded.table.unique
        yield Broken("unique", columns[0], loaded.repeated.keys, {"other": " + ".join(columns)})
        yield Broken("row-twice", columns[0], loaded.repeated.rows)
    for column, (parent, key) in loaded.table.parents.items():
        yield Broken("reference", column, _orphans(loaded, column, parent, key), {"other": parent})
    for field in loaded.table.fields:
        if rule := field.rules.get("x-not-after-parent"):
            later = (
                f"select distinct c.rowid as row from {loaded.typed} c join {TYPED}.{name(rule['table'])} p "
                f"on p.{name(rule['key'])} = c.{name(rule['key'])} "
                f"where c.{name(field.name)} > p.{name(rule['column'])}"
            )
            yield Broken("after-end", field.name, later, {"other": f"{rule['table']}.{rule['column']}"})
        if (rule := field.rules.get("x-odd-without")) and rule["table"] in delivered:
            without = _orphans(loaded, field.name, rule["table"], rule["key"])
            yield Broken("odd-without", field.name, without, {"other": rule["table"]})
        if (rule := field.rules.get("x-negative-only-corrects")) and loaded.marked("negative"):
            yield _uncorrected(loaded, field.name, rule)
    if rule := loaded.table.rules.get("x-odd-unless-falling"):
        yield from _not_falling(loaded, rule)


def _orphans(loaded: Loaded, column: str, other: str, key: str) -> str:
    missing = f"not exists (select 1 from {TYPED}.{name(other)} o where o.{name(key)} = c.{name(column)})"
    return f"select c.rowid as row from {loaded.typed} c where c.{name(column)} is not null and {missing}"


def _same(columns: list[str]) -> str:
    return " and ".join(f"a.{name(column)} is not distinct from b.{name(column)}" for column in columns)


def _uncorrected(loaded: Loaded, column: str, rule: dict[str, Any]) -> Broken:
    group, day = rule["group"], name(rule["date"])
    earlier = f"{_same(group)} and b.{name(column)} > 0 and b.{day} <= a.{day}"
    rows = (
        f"select a.rowid as row from {loaded.typed} a where a.{name(column)} < 0 "
        f"and not exists (select 1 from {loaded.typed} b where {earlier})"
    )
    return Broken("negative", column, rows)


def _not_falling(loaded: Loaded, rule: dict[str, Any]) -> Iterator[Broken]:
    # The format: sums of stages fall from bewilligt to ausgezahlt to verwendet. Compared if both are booked.
    group, order = rule["group"], rule["order"]
    stage, amount = name(rule["stage"]), name(rule["amount"])
    sums = (
        f"select {', '.join(name(column) for column in group)}, {stage} as stage, sum({amount}) as total, "
        f"min(rowid) as row from {loaded.typed} group by all"
    )
    for higher, lower in combinations(order, 2):
        rows = (
            f"with sums as ({sums}) select b.row from sums a join sums b on {_same(group)} "
            f"where a.stage = {text(higher)} and b.stage = {text(lower)} and b.total > a.total"
        )
        yield Broken("odd-unless-falling", rule["stage"], rows, {"other": f"{higher} – {lower}"})
