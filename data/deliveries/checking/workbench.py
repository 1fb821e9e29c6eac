"""The DuckDB connection on which a delivery is checked: value lists as types, one schema per delivery."""

import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from data.deliveries.format.schema import country_writings, enum_type, tables, value_list
from data.foundation import areas
from data.foundation.limits import Limits
from data.foundation.sql import identifier, literal, literals

TYPED, RAW = "typed", "raw"


LARGE_BYTES = 100 * 2**20
PACKED = 10  # times smaller than unpacked, about


def workbench(threads: int | None = None, memory_mb: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory that knows every value list of the export format and the register of areas.

    What a limit of memory leaves no room for goes to the delivery's scratch folder.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    connection.execute("set enable_progress_bar = false")  # stdout is for results
    if memory_mb:
        connection.execute(f"set memory_limit = '{memory_mb}MiB'")
    if threads:
        connection.execute(f"set threads = {threads}")
    for type_name, values in _types().items():
        connection.execute(f"create type {type_name} as enum ({literals(values)})")
    return connection


@contextmanager
def on_workbench(
    connection: duckdb.DuckDBPyConnection | None, path: Path, limits: Limits
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The workbench of the caller; without one, or for a large delivery, one that is closed afterwards."""
    if connection and not is_large(path):
        yield connection
    else:
        with closing(workbench(memory_mb=limits.memory_mb)) as own:
            yield own


def clear(connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
    """Forget the delivery before; what doesn't fit into memory goes to the folder `spill`."""
    views = "select view_name from duckdb_views() where temporary and not internal"
    for (view,) in connection.execute(views).fetchall():
        connection.unregister(view)
    connection.execute(f"set temp_directory = {literal(str(spill))}")
    for schema in (TYPED, RAW):
        connection.execute(f"drop schema if exists {schema} cascade; create schema {schema}")


def is_large(path: Path) -> bool:
    """Whether a delivery gets a workbench of its own: DuckDB can't change the folder it once wrote to. One
    that may not be looked at is none: that is told when it is received.
    """
    try:
        files = path.rglob("*") if path.is_dir() else [path]
        sizes = (file.stat().st_size for file in files if file.is_file())
        return sum(sizes) * (PACKED if path.is_file() and zipfile.is_zipfile(path) else 1) > LARGE_BYTES
    except OSError:
        return False


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
        identifier("country"): list(country_writings()),
        identifier("gemeinde"): [area.code for area in register if area.level == "gemeinde"],
        identifier("kreis"): [area.code for area in register if area.level == "kreis"],
    }
