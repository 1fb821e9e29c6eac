"""Checks between rows and between tables: keys, references, consultations after the end, sums of stages."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from data.deliveries.checking.collect import Broken
from data.deliveries.checking.load import Loaded
from data.deliveries.checking.workbench import TYPED
from data.deliveries.format.findings import Group, group
from data.deliveries.format.schema import tables
from data.foundation.sql import identifier, literal

UNCHECKED = "reference-unchecked"
PARTLY = frozenset({"row-length", "broken-quotes", "cell-too-long"})  # after which some rows were not read


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
