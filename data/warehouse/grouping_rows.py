"""The groupings that the office keeps, as a table of the warehouse."""

from pathlib import Path

import duckdb

from data.deliveries.groupings import stock


def load(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Make `reference.groupings` of the list at `path`; it is empty where none is kept.

    Raises GroupingListError.
    """
    connection.execute(
        "create table reference.groupings "
        "(group_code varchar, grouping_name varchar, group_name varchar, area_code varchar)"
    )
    if path and (lines := stock.lines(path)):
        connection.executemany(
            "insert into reference.groupings values (?, ?, ?, ?)",
            [(line.group_code, line.grouping, line.name, line.area_code) for line in lines],
        )
