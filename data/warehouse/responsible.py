"""Who answers for which area, as a table of the warehouse."""

from pathlib import Path

import duckdb

from data.deliveries.format import answering


def load(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Make `reference.responsible` of the list at `path`, else of the program's own, which is empty.

    Raises ResponsibleListError.
    """
    connection.execute("create table reference.responsible (area_code varchar, sender varchar, since date)")
    if rows := answering.lines(path or answering.FILE):
        connection.executemany("insert into reference.responsible values (?, ?, ?)", rows)
