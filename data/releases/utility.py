"""How useful a release is: what of the cells and of the people is shown, and how far shown values are off."""

from collections.abc import Mapping
from typing import Any

import duckdb

from data.disclosure import rules
from data.disclosure.tables import Table
from data.releases.cells import HALF

LEVEL = (
    "case len({a}) when 2 then 'land' when 3 then 'regierungsbezirk' when 5 then 'kreis' else 'gemeinde' end"
)
GRAIN = "case when len({p}) = 4 then 'year' when {p}[6] = 'Q' then 'quarter' else 'month' end"
SIZES = (10, 20, 50, 100, 1000)


def table(connection: duckdb.DuckDBPyConnection, declared: Table) -> list[dict[str, Any]]:
    """One entry per count, area level and grain of period; `connection` holds `marts` and `released`.

    `cells` are those with anybody in them, `shown` those of them that are shown, `covered` the share of
    the counted that stands in shown cells, `error` the mean relative error by true size, `unknown` cells that
    nobody delivered.
    """
    columns = ["area_code", "period"]
    level = LEVEL.format(a="e.area_code") if columns[0] in declared.key else "''"
    grain = GRAIN.format(p="e.period") if columns[1] in declared.key else "''"
    same = " and ".join(f"r.{key} is not distinct from e.{key}" for key in declared.key)
    found = []
    for count in declared.counts:
        errors = ", ".join(
            f"avg(abs(r.{count} - n) / n) filter (r.{count} > 0 and n >= {low} and n < {high})"
            for low, high in zip(SIZES, (*SIZES[1:], 2**31), strict=True)
        )
        rows = connection.execute(
            f"select {level} as level, {grain} as grain, count(*) filter (n > 0) as cells, "
            f"count(*) filter (r.{count} > 0) as shown, "
            f"sum(n) filter (r.{count} > 0) / nullif(sum(n), 0) as covered, "
            f"count(*) filter (n is null) as unknown, [{errors}] as errors "
            f"from (select *, {count} // {HALF} as n from marts.{declared.name} "
            f"where {rules.grain(declared)}) as e "
            f"left join released.{declared.name} as r on {same} group by all order by all"
        ).fetchall()
        names = ("level", "grain", "cells", "shown", "covered", "unknown", "errors")
        found += [{"count": count} | dict(zip(names, row, strict=True)) for row in rows]
    return [_entry(each) for each in found]


def _entry(found: Mapping[str, Any]) -> dict[str, Any]:
    errors = {
        f"from {low}": round(e, 4) for low, e in zip(SIZES, found["errors"], strict=True) if e is not None
    }
    covered = found["covered"]
    return {
        "count": found["count"],
        "level": found["level"],
        "grain": found["grain"],
        "cells": found["cells"],
        "shown": found["shown"],
        "withheld": found["cells"] - found["shown"],
        "covered": None if covered is None else round(covered, 4),
        "unknown": found["unknown"],
        "relative_error": errors,
    }
