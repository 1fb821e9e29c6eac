"""The exact counts of the cells of a release: what the red team is judged by, and gone afterwards."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from data.disclosure import rules
from data.disclosure.table import Table
from data.releases.exact import counts
from data.sql import text


def write(connection: duckdb.DuckDBPyConnection, path: Path, counted: Iterable[Table]) -> None:
    """The exact counts of the cells that a release holds."""
    connection.execute(f"attach {text(str(path))} as truth")
    connection.execute("create schema truth.marts")
    for table in counted:
        columns = ", ".join([*table.key, *counts(table)])
        connection.execute(
            f"create table truth.marts.{table.name} as "
            f"select {columns} from exact.{table.name} where {rules.grain(table)}"
        )
    connection.execute("detach truth")
