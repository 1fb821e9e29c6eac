"""The rows in which something was found, as they stand in the file, to be shown and repaired."""

from collections.abc import Iterable, Sequence

import duckdb

from data.deliveries.findings import Group
from data.deliveries.imported import FaultyRows
from data.deliveries.load import ROW, Loaded, keep_text
from data.deliveries.sql import name

ROWS = 5_000  # of one file; more are not repaired by hand


def faulty_rows(
    connection: duckdb.DuckDBPyConnection, loaded: Iterable[Loaded], groups: Sequence[Group]
) -> tuple[FaultyRows, ...]:
    """Of each file or sheet the rows that any finding is about, in the order of the file."""
    return tuple(rows for each in loaded if (rows := _of(connection, each, groups)))


def _of(connection: duckdb.DuckDBPyConnection, loaded: Loaded, groups: Sequence[Group]) -> FaultyRows | None:
    place, columns = loaded.part.place, loaded.part.columns
    wanted = sorted(
        {
            row
            for group in groups
            if (group.file, group.sheet) == (place.file, place.sheet)
            for row in group.rows
        }
    )[:ROWS]
    if not wanted:
        return None
    listed = ", ".join(name(column) for column in columns)
    rows = connection.execute(
        f"select {listed} from {keep_text(connection, loaded.part, wanted)} order by {ROW}"
    ).fetchall()
    return FaultyRows(
        place.file, place.sheet, columns, tuple(zip(loaded.part.lines(wanted), rows, strict=True))
    )
