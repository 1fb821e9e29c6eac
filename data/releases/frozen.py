"""What was published stays as it is while it can still be true: one correction changes no closed figure.

Two releases that differ by one person tell all of that person's attributes, because exactly the cells that
hold the person get another deviation. So a cell of a closed period keeps its published value as long as that
is near the count, and stays withheld as long as it can be withheld for its smallness. How near is a secret of
each value and Kreis, D - 1 or D: a known bound would tell the exact count at the moment it is passed, and a
much nearer one would let single corrections show again.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from data.areas import KREIS
from data.disclosure import keys
from data.disclosure.parameters import Parameters
from data.disclosure.tables import Table
from data.releases.cells import HALF
from data.sql import text


def keep(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[Table],
    before: Path,
    k2: bytes,
    parameters: Parameters,
) -> None:
    """Put the values of the release `before` into `perturbed`, where they may stay. Same series only."""
    salt = keys.salt(k2, "hold")
    connection.execute(f"attach {text(str(before))} as frozen (read_only)")
    for table in tables:
        moving = {*table.moving, *(table.counts[name] for name in table.moving)}
        fixed = [name for name in table.perturbed if name not in moving]
        if "period" in table.key and fixed and _has(connection, table, fixed):
            connection.execute(f"create table perturbed.kept as {_kept(table, fixed, salt, parameters)}")
            connection.execute(f"drop table perturbed.{table.name}")
            connection.execute(f"alter table perturbed.kept rename to {table.name}")
    connection.execute("detach frozen")


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
