"""Keys that are there twice. A whole row that is there twice is odd and kept once; all else is a fault."""

from dataclasses import dataclass

import duckdb

from data.deliveries.schema import Table
from data.sql import name


@dataclass(frozen=True)
class Repeated:
    """SQL that yields row ids as `row`: `rows` stand further up too, `keys` have the key of another row."""

    rows: str
    count: int
    keys: str


def repeated(connection: duckdb.DuckDBPyConnection, table: Table, typed: str) -> Repeated | None:
    """What is there twice in a table with a key, or None."""
    key = [name(column) for column in table.unique]
    if not key or _ascending(connection, key, typed):
        return None
    needed = [name(column) for column in table.unique if table.field(column).required]
    complete = " and ".join(f"{column} is not null" for column in needed)
    twice = f"select {', '.join(key)} from {typed} where {complete} group by all having count(*) > 1"
    if not connection.execute(f"select 1 from ({twice}) limit 1").fetchone():
        return None
    whole = ", ".join(name(field.name) for field in table.fields)
    numbered = (
        f"select rowid as row, row_number() over (partition by {whole} order by rowid) as copy, "
        f"row_number() over (partition by {', '.join(key)} order by rowid) as nth "
        f"from {typed} where {complete}"
    )
    rows = f"select row from ({numbered}) where copy > 1"
    ((count,),) = connection.execute(f"select count(*) from ({rows})").fetchall()
    return Repeated(rows, int(count), f"select row from ({numbered}) where copy = 1 and nth > 1")


def _ascending(connection: duckdb.DuckDBPyConnection, key: list[str], typed: str) -> bool:
    # In most exports each key is greater than the one before: one look instead of a hash table of all keys.
    if len(key) > 1:
        return False
    steps = f"select {key[0]} > lag({key[0]}) over () as up from {typed}"
    ((every,),) = connection.execute(f"select count(*) filter (up) + 1 >= count(*) from ({steps})").fetchall()
    return bool(every)
