"""Checks between rows and between tables: keys, references, consultations after the end, sums of stages."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import duckdb

from data.deliveries.collect import Broken
from data.deliveries.load import Loaded
from data.deliveries.sql import name, text
from data.deliveries.workbench import TYPED


def broken(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> Iterator[Broken]:
    """Every rule about several rows that might be broken; `collect` counts the rows."""
    if loaded.table.unique and not _ascending(connection, loaded) and _any(connection, _repeated(loaded)):
        yield _twice(loaded)
    for column, (parent, key) in loaded.table.parents.items():
        missing = (
            f"not exists (select 1 from {TYPED}.{name(parent)} p where p.{name(key)} = c.{name(column)})"
        )
        orphans = (
            f"select c.rowid as row from {loaded.typed} c where c.{name(column)} is not null and {missing}"
        )
        yield Broken("reference", column, orphans, {"other": parent})
    for field in loaded.table.fields:
        if rule := field.rules.get("x-not-after-parent"):
            later = (
                f"select distinct c.rowid as row from {loaded.typed} c join {TYPED}.{name(rule['table'])} p "
                f"on p.{name(rule['key'])} = c.{name(rule['key'])} "
                f"where c.{name(field.name)} > p.{name(rule['column'])}"
            )
            yield Broken("after-end", field.name, later, {"other": f"{rule['table']}.{rule['column']}"})
        if (rule := field.rules.get("x-negative-only-corrects")) and loaded.marked("negative"):
            yield _uncorrected(loaded, field.name, rule)
    if rule := loaded.table.rules.get("x-odd-unless-falling"):
        yield from _not_falling(loaded, rule)


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return connection.execute(f"select 1 from ({rows}) limit 1").fetchone() is not None


def _ascending(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> bool:
    """Whether each row has a greater key than the one before, as in most exports: then none is there twice.

    One look at the rows instead of a hash table of all keys.
    """
    if len(loaded.table.unique) > 1:
        return False
    (key,) = _key(loaded)
    steps = f"select {key} > lag({key}) over () as up from {loaded.typed}"
    every = connection.execute(f"select count(*) filter (up) + 1 >= count(*) from ({steps})").fetchone()
    return bool(every and every[0])


def _key(loaded: Loaded) -> list[str]:
    return [name(column) for column in loaded.table.unique]


def _complete(loaded: Loaded) -> str:
    needed = [column for column in loaded.table.unique if loaded.table.field(column).required]
    return " and ".join(f"{name(column)} is not null" for column in needed)


def _repeated(loaded: Loaded) -> str:
    key = ", ".join(_key(loaded))
    return f"select {key} from {loaded.typed} where {_complete(loaded)} group by {key} having count(*) > 1"


def _twice(loaded: Loaded) -> Broken:
    key = ", ".join(_key(loaded))
    numbered = (
        f"select rowid as row, row_number() over (partition by {key} order by rowid) as nth "
        f"from {loaded.typed} where {_complete(loaded)}"
    )
    rows = f"select row from ({numbered}) where nth > 1"
    return Broken("unique", loaded.table.unique[0], rows, {"other": " + ".join(loaded.table.unique)})


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
