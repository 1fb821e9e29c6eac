"""Attack 10: another path to the same people must give the same figure, or two looks would be averaged."""

from pathlib import Path
from typing import Any

import duckdb

from data.foundation.sql import literal
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import entry


def attack(found: Opened) -> dict[str, Any]:
    """Passes if stocks agree at the ends of month, quarter, year, and a Stadtkreis with its municipality."""
    compared = differing = 0
    for table in found.tables.values():
        own = [key for key in table.key if key not in ("area_code", "period")]
        same = " and ".join(["true", *(f"a.{key} is not distinct from b.{key}" for key in own)])
        stocks = [count for count in table.counts if count not in table.flows]
        pairs = []
        if {"area_code", "period"} <= set(table.key) and stocks:
            by_end = (
                f"(select x.*, p.period_end, p.period_grain as of from r.marts.{table.name} as x "
                "join r.marts.periods as p using (period))"
            )
            inside = "a.area_code = b.area_code and a.period_end = b.period_end and a.of < b.of"
            large = "a.area_code in (select area from places where level <> 'gemeinde')"
            months = f"({large} or (a.of <> 'month' and b.of <> 'month'))"
            pairs.append((by_end, f"{inside} and {months}", stocks))
        if "area_code" in table.key:
            same_period = "and a.period = b.period" if "period" in table.key else ""
            cities = "select area_code from r.marts.areas where area_kind = 'Stadtkreis'"
            inside = f"a.area_code in ({cities}) and b.parent = a.area_code {same_period}"
            nested = f"(select x.*, parent from r.marts.{table.name} as x join places on area = area_code)"
            # Months end at the Kreis, by the list of tables.
            if "period" in table.key:
                inside += " and a.period in (select period from times where grain <> 'month')"
            pairs.append((nested, inside, list(table.counts)))
        for source, on, counts in pairs:
            different = " + ".join(
                f"count(*) filter (a.{count} is distinct from b.{count})" for count in counts
            )
            ((number, unequal),) = found.rows(
                f"select count(*), {different} from {source} as a join {source} as b on {on} and {same}"
            )
            compared += number * len(counts)
            differing += unequal
    return entry(10, "consistency", not differing, compared=compared, differing=differing)


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
