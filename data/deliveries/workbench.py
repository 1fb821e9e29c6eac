"""The DuckDB connection on which a delivery is checked: value lists as types, one schema per delivery."""

from pathlib import Path

import duckdb

from data import areas
from data.deliveries.countries import writings
from data.deliveries.schema import tables
from data.deliveries.sql import name, text, texts
from data.deliveries.valuelists import enum_type, value_list

TYPED, RAW = "typed", "raw"


def workbench(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory that knows every value list of the export format and the register of areas."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    if threads:
        connection.execute(f"set threads = {threads}")
    for type_name, values in _types().items():
        connection.execute(f"create type {type_name} as enum ({texts(values)})")
    return connection


def clear(connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
    """Forget the delivery before; what doesn't fit into memory goes to the folder `spill`."""
    views = "select view_name from duckdb_views() where temporary and not internal"
    for (view,) in connection.execute(views).fetchall():
        connection.unregister(view)
    connection.execute(f"set temp_directory = {text(str(spill))}")
    for schema in (TYPED, RAW):
        connection.execute(f"drop schema if exists {schema} cascade; create schema {schema}")


def _types() -> dict[str, list[str]]:
    lists = {
        enum_type(table.name, field.name): values
        for table in tables().values()
        for field in table.fields
        if (values := value_list(table, field))
    }
    register = areas.register().values()
    return {
        **lists,
        name("country"): list(writings()),
        name("gemeinde"): [area.code for area in register if area.level == "gemeinde"],
        name("kreis"): [area.code for area in register if area.level == "kreis"],
    }
