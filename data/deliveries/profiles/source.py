"""A file or sheet of the office as a table of text, with blanks taken off and the place of each row kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from data.deliveries.columns import BLANKS
from data.deliveries.csvfile import filled
from data.deliveries.findings import Group
from data.deliveries.names import folded
from data.deliveries.parts import Part
from data.deliveries.workbench import RAW
from data.sql import name, text

ROW = "#place"  # of a row among those of its file


@dataclass(frozen=True)
class Source:
    """`table` is its name in SQL, with the columns `#place` (of the row in the file), `#0`, `#1`, …"""

    part: Part
    table: str

    def column(self, heading: str) -> str | None:
        """The column under this heading, or None; case, blanks and umlauts of the heading don't matter."""
        for position, cell in enumerate(self.part.headings):
            if folded(cell) == folded(heading):
                return f"#{position}"
        return None

    def lines(self, rows: Sequence[int]) -> list[int]:
        """The line in the file of each of these rows, in any order."""
        ascending = sorted(set(rows))
        line = dict(zip(ascending, self.part.lines(ascending), strict=True))
        return [line[row] for row in rows]


def source(connection: duckdb.DuckDBPyConnection, part: Part, number: int) -> tuple[Source, list[Group]]:
    """The rows of a part as a table, and what is wrong with rows that are none."""
    table = f"{RAW}.{name(f'source {number}')}"
    groups: list[Group] = []
    try:
        _keep(connection, part, table)
    except duckdb.Error:
        if part.record_by_record is None:
            raise
        part, groups = part.record_by_record(connection, part)
        _keep(connection, part, table)
    return Source(replace(part, relation=table, trimmed=True), table), groups


def _keep(connection: duckdb.DuckDBPyConnection, part: Part, table: str) -> None:
    trimmed = ", ".join(
        f"nullif(trim({name(column)}, {text(BLANKS)}), '') as {name(column)}" for column in part.columns
    )
    # Without an order the window numbers the rows as they are read. A row of nothing but blanks is none.
    connection.execute(
        f"create table {table} as from (select row_number() over () - 1 as {name(ROW)}, {trimmed} "
        f"from {part.relation} where {filled(part.columns)}) where {filled(part.columns)}"
    )
