"""The rows in which something was found, as they stand in the file, to be shown and repaired."""

from collections.abc import Iterable, Sequence

import duckdb

from data.deliveries.faultyrows import FaultyRows
from data.deliveries.findings import Group
from data.deliveries.load import ROW, Loaded, keep_text

ROWS = 5_000  # of one file; more are not repaired by hand


def faulty_rows(
    connection: duckdb.DuckDBPyConnection, loaded: Iterable[Loaded], groups: Sequence[Group]
) -> tuple[FaultyRows, ...]:
    """Of each file or sheet the rows that any finding is about, in the order of the file."""
    return tuple(rows for each in loaded if (rows := _of(connection, each, groups)))


def _of(connection: duckdb.DuckDBPyConnection, loaded: Loaded, groups: Sequence[Group]) -> FaultyRows | None:
    part, place = loaded.part, loaded.part.place
    wanted = sorted(
        {
            row
            for group in groups
            if (group.file, group.sheet, group.table) == (place.file, place.sheet, part.table)
            for row in group.rows
        }
    )[:ROWS]
    if not wanted:
        return None
    # What a profile has mapped is shown as its sender wrote it, under the sender's own headings.
    origins = [part.origin(column) for column in (part.origins or part.columns)]
    shown = {
        origin.heading: origin.value for origin in origins
    }  # a column may be read twice, as key and value
    listed = ", ".join(shown.values())
    rows = connection.execute(
        f"select {listed} from {keep_text(connection, part, wanted)} as r order by r.{ROW}"
    ).fetchall()
    cells = tuple(zip(part.lines(wanted), rows, strict=True))
    return FaultyRows(place.file, place.sheet, tuple(shown), cells)
