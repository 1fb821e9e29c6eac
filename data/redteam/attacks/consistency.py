"""Attack 10, a check: another path to the same people must give the same figure, or two looks would be
averaged.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from data.foundation import land
from data.foundation.sql import literal
from data.redteam.attacker.door import Listed
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry


def attack(found: Opened) -> dict[str, Any]:
    """Passes if stocks agree at the ends of month, quarter, year, and a Stadtkreis with its municipality.

    A row that only one of both has is withheld in the other: of a sparse table too, they are compared.
    """
    compared = differing = 0
    for table in found.tables.values():
        stocks = [count for count in table.counts if count not in table.flows]
        pairs = []
        if {"area_code", "period"} <= set(table.key) and stocks:
            pairs += [(sides, stocks) for sides in _by_end(found, table)]
        if "area_code" in table.key:
            pairs.append((_by_city(table), list(table.counts)))
        for (first, second, on), counts in pairs:
            # Of other tables every row is there; what one grain or nobody has is null.
            off = "coalesce(a.{0}, 0) <> coalesce(b.{0}, 0)" if table.sparse else "a.{0} <> b.{0}"
            different = " + ".join(f"count(*) filter ({off.format(count)})" for count in counts)
            ((number, unequal),) = found.rows(
                f"select count(*), {different} from {first} as a full join {second} as b using ({on})"
            )
            compared += number * len(counts)
            differing += unequal
    return entry(10, "consistency", not differing, compared=compared, differing=differing)


def _by_end(found: Opened, table: Listed) -> Iterator[tuple[str, str, str]]:
    """The stocks of two grains at the ends that both have, and by what they are the same cell."""
    own = [key for key in table.key if key != "period"]
    rows = f"(select x.*, ends from r.marts.{table.name} as x join times using (period) where {{of}})"
    for first, second in found.rows(
        "select distinct a.grain, b.grain from times as a join times as b "
        "on a.ends = b.ends and a.grain < b.grain order by all"
    ):
        # Some tables have no months, and municipalities have none in any.
        both = (
            f"ends in (select ends from times where grain = {literal(first)} "
            f"and period in (select period from r.marts.{table.name}) intersect "
            f"select ends from times where grain = {literal(second)} "
            f"and period in (select period from r.marts.{table.name}))"
        )
        if "month" in (first, second):
            both += " and area_code in (select area from places where kreis is null or kreis = area)"
        yield (
            rows.format(of=f"grain = {literal(first)} and {both}"),
            rows.format(of=f"grain = {literal(second)} and {both}"),
            ", ".join([*own, "ends"]),
        )


def _by_city(table: Listed) -> tuple[str, str, str]:
    """A Stadtkreis and its only municipality, where the table has municipalities; months end at the Kreis."""
    months = (
        " and period in (select period from times where grain <> 'month')" if "period" in table.key else ""
    )
    cities = (
        "select whole from area_above where whole in (select area_code from r.marts.areas "
        f"where area_kind = {literal(land.own().town)}) and area not in (select whole from area_above)"
    )
    has = f"'gemeinde' in (select level from r.marts.{table.name} join places on area = area_code)"
    rows = (
        f"(select x.* exclude (area_code), {{city}} as city from r.marts.{table.name} as x {{join}} "
        f"where {has} and {{of}}{months})"
    )
    city = rows.format(city="area_code", join="", of=f"area_code in ({cities})")
    only = rows.format(
        city="above.whole",
        join="join area_above as above on above.area = x.area_code",
        of=f"above.whole in ({cities}) and x.area_code not in (select whole from area_above)",
    )
    return city, only, ", ".join(["city", *(key for key in table.key if key != "area_code")])


def different_rows(first: Path, second: Path) -> int:
    """How many rows of any table two releases of the same records and keys do not share."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # the terminal is for what is found
        for name, path in (("a", first), ("b", second)):
            connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
        names = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'a' and table_name <> 'edition'"
        ).fetchall()
        return sum(
            connection.execute(
                f"select count(*) from ((from a.marts.{name} except all from b.marts.{name}) union all "
                f"(from b.marts.{name} except all from a.marts.{name}))"
            ).fetchall()[0][0]
            for (name,) in names
        )
