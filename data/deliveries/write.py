"""Checked tables as Parquet."""

from pathlib import Path

import duckdb

from data.deliveries import styles
from data.deliveries.columns import CROSS, EMPTY, TRUE
from data.deliveries.load import Loaded
from data.deliveries.schema import Field
from data.sql import name, text


def parquet(connection: duckdb.DuckDBPyConnection, loaded: Loaded, target: Path) -> None:
    """All columns of the table in the order of the format; null where a value or column is missing."""
    crosses = styles.crosses(loaded)
    columns = ", ".join(f"{_final(field, crosses)} as {name(field.name)}" for field in loaded.table.fields)
    once = f"where rowid not in ({loaded.repeated.rows})" if loaded.repeated else ""
    rows = f"select {columns} from {loaded.typed} {once}"
    connection.execute(f"copy ({rows}) to {text(str(target))} (format parquet, compression zstd)")


def _final(field: Field, crosses: bool) -> str:
    value = name(field.name)
    if field.type == "boolean":
        empty = "false" if crosses else "null"
        return f"case when {value} = {EMPTY} then {empty} else {value} in ({TRUE}, {CROSS}) end"
    if field.type == "string":
        return value  # Parquet knows no enums: they are written as text, by their dictionary
    return f"{value}::{field.sql_type}"
