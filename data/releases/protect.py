"""Every different cell of all tables is deviated once: the same records are the same figure everywhere."""

from collections.abc import Iterable

import duckdb
import numpy as np
import pyarrow as pa

from data.disclosure import keys, perturbation, rules
from data.disclosure.parameters import Parameters
from data.disclosure.tables import Table

AT_ONCE = 500_000
HALF = 2**32  # a packed cell is its count times this, plus the sum of its keys


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
