"""How the figures of a release are protected, step by step, and how useful they still are afterwards.

Every different cell of all tables is deviated once, so the same records are the same figure everywhere
(`deviate`). What was published stays as it is while it can still be true, so one correction changes no closed
figure (`carry_over`). The rules withhold what is small, and the few shown parts by which a withheld one could
be told to within less than five (`protect`). What of the cells and of the people is shown then, and how far
shown values are off, readers are told (`usefulness`).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.disclosure import keys, perturbation, rests, rules
from data.disclosure.rests import Family
from data.disclosure.tables import Table
from data.foundation.areas import KREIS
from data.foundation.parameters import Parameters
from data.foundation.sql import literal

AT_ONCE = 500_000  # cells, or records, that are in Python together
HALF = 2**32  # a packed cell is its count times this, plus the sum of its keys
SIZES = (10, 20, 50, 100, 1000)
NOBODY: dict[str, Any] = {"filled": 0, "shown": 0, "covered": None, "errors": [None] * len(SIZES)}
ENOUGH = 400  # cells: a percent of them is several, so that none is told by what is left


def deviate(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], k2: bytes, parameters: Parameters
) -> None:
    """Fill `reference.released` (packed bigint, y bigint) and `perturbed.<table>` from the keyed `marts`.

    `perturbed` holds the rows that are published at all, each count as y = n + v, 0 where y can't be shown,
    null where unknown.
    """
    tables = list(tables)
    # Fewer than k_min can't reach the limit whatever the deviation, so what is withheld anyway is not hashed.
    least = parameters.people * HALF
    every = " union all ".join(
        f"select unnest([{', '.join(table.perturbed)}]) as packed from marts.{table.name} "
        f"where {_large(table, least)} and {rules.grain(table)}"
        for table in tables
    )
    connection.execute("create table reference.released (packed bigint, y bigint)")
    insert = connection.cursor()
    for batch in connection.sql(
        f"select distinct packed from ({every}) where packed >= {least}"
    ).to_arrow_reader(AT_ONCE):
        packed = batch.column("packed").to_numpy(zero_copy_only=False)
        made = pa.table({"packed": packed, "y": _deviated(packed, k2, parameters)})
        insert.register("made", made)
        insert.execute("insert into reference.released from made")
        insert.unregister("made")
    for table in tables:
        connection.execute(f"create table perturbed.{table.name} as {_looked_up(table, least)}")


def carry_over(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[Table],
    before: Path,
    k2: bytes,
    parameters: Parameters,
) -> None:
    """Put the values of the release `before` into `perturbed`, where they may stay. Same series only."""
    salt = keys.salt(k2, "hold")
    connection.execute(f"attach {literal(str(before))} as frozen (read_only)")
    for table in tables:
        moving = {*table.moving, *(table.counts[name] for name in table.moving)}
        fixed = [name for name in table.perturbed if name not in moving]
        if "period" in table.key and fixed and _has(connection, table, fixed):
            connection.execute(f"create table perturbed.kept as {_kept(table, fixed, salt, parameters)}")
            connection.execute(f"drop table perturbed.{table.name}")
            connection.execute(f"alter table perturbed.kept rename to {table.name}")
    connection.execute("detach frozen")


def protect(connection: duckdb.DuckDBPyConnection, table: Table, parameters: Parameters) -> None:
    """Make `released.<table>` from `perturbed.<table>` by all rules, once more until no rest is too narrow.

    What is withheld here is withheld before the rules are applied, so whatever is part of it goes with it.
    """
    sql = rules.statement(table, f"perturbed.{table.name}", parameters.limit)
    connection.execute(f"create or replace table released.{table.name} as {sql}")
    while any(_withhold(connection, table, family, parameters) for family in rests.families(table)):
        connection.execute(f"create or replace table released.{table.name} as {sql}")


def usefulness(connection: duckdb.DuckDBPyConnection, declared: Table) -> list[dict[str, Any]]:
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


def _deviated(
    packed: "np.ndarray[tuple[int], np.dtype[np.int64]]", k2: bytes, parameters: Parameters
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    counts, sums = packed // HALF, packed % HALF
    table = perturbation.table(parameters.deviation, parameters.variance, parameters.blocked)
    u = keys.cell_keys(k2, sums.tolist(), counts.tolist())
    y: np.ndarray[tuple[int], np.dtype[np.int64]] = counts + perturbation.noises(table, counts, u)
    return y


def _looked_up(table: Table, least: int) -> str:
    """What has no row in `reference.released` becomes zero: withheld; unknown stays null.

    Most cells of small places are such, so rows without any larger one are not looked up at all.
    """
    own = ", ".join(sorted({*table.counts, *table.counts.values()}))
    none, looked = (
        ", ".join(f"case when m.{name} is not null then {y} end as {name}" for name, y in columns.items())
        for columns in (
            dict.fromkeys(table.perturbed, "0::bigint"),
            {name: f"coalesce(r_{name}.y, 0)" for name in table.perturbed},
        )
    )
    joins = " ".join(
        f"left join reference.released as r_{name} on r_{name}.packed = m.{name}" for name in table.perturbed
    )
    rows = f"(from marts.{table.name} where {rules.grain(table)}) as m"
    large = _large(table, least)
    return (
        f"select m.* exclude ({own}), {looked} from {rows} {joins} where {large} "
        f"union all select m.* exclude ({own}), {none} from {rows} where not {large}"
    )


def _large(table: Table, least: int) -> str:
    return f"coalesce(greatest({', '.join(table.perturbed)}) >= {least}, false)"


def _kept(table: Table, fixed: list[str], salt: str, parameters: Parameters) -> str:
    columns = ", ".join(f"{_value(table, name, salt, parameters)} as {name}" for name in fixed)

    def same(other: str) -> str:
        return " and ".join(f"{other}.{key} is not distinct from p.{key}" for key in table.key)

    return (
        f"select p.* replace ({columns}) from perturbed.{table.name} as p "
        f"join marts.{table.name} as m on {same('m')} "
        f"left join frozen.marts.{table.name} as b on {same('b')} "
        "left join frozen.marts.periods as closed on closed.period = p.period "
        "left join staging.areas_above as kreise "
        f"on kreise.area_code = p.area_code and kreise.above_level = '{KREIS}'"
    )


def _value(table: Table, name: str, salt: str, parameters: Parameters) -> str:
    """A row that a sparse table does not hold was withheld; null elsewhere is what nobody had delivered."""
    n, published = f"(m.{name} // {HALF})", f"coalesce(b.{name}, 0)"
    kreis = "coalesce(kreise.above_code, p.area_code)"
    value = f"{published} || '|' || {kreis}"
    near = f"{parameters.deviation - 1} + {_drawn(salt, value, 2)}"
    small = _drawn(salt, f"'{name}|' || p.period || '|' || {kreis}", parameters.deviation + 1)
    unknown = "" if table.sparse else f" or b.{name} is null"
    return (
        f"case when p.{name} is null or closed.period is null{unknown} then p.{name} "
        f"when {published} > 0 and abs({n} - {published}) <= {near} then {published} "
        f"when {published} = 0 and {n} < {parameters.limit} + {small} then 0 else p.{name} end"
    )


def _drawn(salt: str, text: str, many: int) -> str:
    """A whole number from 0 below `many`, the same for the same text."""
    return f"('0x' || left(sha256('{salt}|' || {text}), 8))::ubigint::bigint % {many}"


def _has(connection: duckdb.DuckDBPyConnection, table: Table, fixed: list[str]) -> bool:
    """An older program may not have had the table, or not every column of it."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'frozen' and table_name = ?",
        [table.name],
    ).fetchall()
    return {*table.key, *fixed} <= {column for (column,) in found}


def _withhold(
    connection: duckdb.DuckDBPyConnection, table: Table, family: Family, parameters: Parameters
) -> bool:
    found = connection.execute(rests.narrow(table, family, parameters.deviation)).fetchall()
    same = " and ".join(f"{key} is not distinct from ${at}" for at, key in enumerate(table.key, start=1))
    for *where, names in found:
        for name in filter(None, names):
            key = tuple(where)
            if family.group:
                sql = rests.smallest(table, family, name)
                (key,) = connection.execute(sql, where).fetchall()
            connection.execute(f"update perturbed.{table.name} set {name} = 0 where {same}", key)
    return bool(found)


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
