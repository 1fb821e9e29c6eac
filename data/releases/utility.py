"""How useful a release is: what of the cells and of the people is shown, and how far shown values are off."""

from collections.abc import Mapping
from typing import Any

import duckdb

from data.disclosure import rules
from data.disclosure.tables import Table
from data.releases.cells import HALF

SIZES = (10, 20, 50, 100, 1000)
NOBODY: dict[str, Any] = {"filled": 0, "shown": 0, "covered": None, "errors": [None] * len(SIZES)}
ENOUGH = 400  # cells: a percent of them is several, so that none is told by what is left


def table(connection: duckdb.DuckDBPyConnection, declared: Table) -> list[dict[str, Any]]:
    """One entry per count, area level and grain of period; `connection` holds `marts` and `released`.

    `shown` and `withheld` cells (with nobody or few in them), `unknown` those that nobody delivered;
    `shown_share` of the cells with anybody in them, `covered`: the share of the counted that stands in shown
    cells, `relative_error` by true size. The manifest may be read by anybody, so whatever is worked out from
    exact counts is rounded to percents and left out (null) where few cells are behind it.
    """
    level, grain, joined = "''", "''", ""
    if "area_code" in declared.key:
        level, joined = "areas.area_level", "join staging.areas as areas on areas.area_code = e.area_code "
    if "period" in declared.key:
        grain = "periods.period_grain"
        joined += "join staging.periods as periods on periods.period = e.period "
    same = " and ".join(f"r.{key} is not distinct from e.{key}" for key in declared.key)
    known = ", ".join(f"count(e.{count})" for count in declared.counts)
    counts = ", ".join(f"{{{_measured(count)}}} as {count}" for count in declared.counts)
    exact, shown = (
        ", ".join(f"coalesce({side}.{count}, 0)" for count in declared.counts) for side in ("e", "r")
    )
    group = f"select {level} as level, {grain} as grain"
    published = f"(from marts.{declared.name} where {rules.grain(declared)}) as e {joined}"
    every = connection.execute(
        f"{group}, count(*), {known} from {published} group by all order by all"
    ).fetchall()
    # Most cells of small places have nobody in them; the many means below are taken over the others.
    filled = connection.execute(
        f"{group}, {counts} from {published} left join released.{declared.name} as r on {same} "
        f"where greatest({exact}) >= {HALF} or greatest({shown}) > 0 group by all"
    ).fetchall()
    by_group = {row[:2]: row[2:] for row in filled}
    found = []
    for at, count in enumerate(declared.counts):
        for level, grain, rows, *cells in every:
            measured = by_group[level, grain][at] if (level, grain) in by_group else NOBODY
            of_group = {"count": count, "level": level, "grain": grain, "cells": cells[at]}
            found.append(_entry(of_group | {"unknown": rows - cells[at]} | measured))
    return found


def _measured(count: str) -> str:
    n, y = f"(e.{count} // {HALF})", f"r.{count}"
    errors = ", ".join(
        f"case when count(*) filter ({y} > 0 and {n} >= {low} and {n} < {high}) >= {ENOUGH} "
        f"then avg(abs({y} - {n}) / {n}) filter ({y} > 0 and {n} >= {low} and {n} < {high}) end"
        for low, high in zip(SIZES, (*SIZES[1:], 2**31), strict=True)
    )
    return (
        f"filled: count(*) filter ({n} > 0), shown: count(*) filter ({y} > 0), "
        f"covered: sum({n}) filter ({y} > 0) / nullif(sum({n}), 0), errors: [{errors}]"
    )


def _entry(found: Mapping[str, Any]) -> dict[str, Any]:
    errors = {
        f"from {low}": round(e, 2) for low, e in zip(SIZES, found["errors"], strict=True) if e is not None
    }
    enough = found["filled"] >= ENOUGH
    return {
        "count": found["count"],
        "level": found["level"],
        "grain": found["grain"],
        "shown": found["shown"],
        "withheld": found["cells"] - found["shown"],
        "unknown": found["unknown"],
        "shown_share": round(found["shown"] / found["filled"], 2) if enough else None,
        "covered": round(found["covered"] or 0, 2) if enough else None,
        "relative_error": errors,
    }
