"""A part of a delivery: the rows of one table, as text, ready to be asked by SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import duckdb

from data.deliveries.findings import Group
from data.deliveries.origin import Origin
from data.deliveries.recognised import Recognised
from data.deliveries.wording import Place
from data.sql import name

RAW = "raw"  # the table of a part that a profile has yet to map
LineNumbers = Callable[[Sequence[int]], list[int]]


@dataclass(frozen=True)
class Part:
    """The rows of one table in one file or sheet.

    `relation` is SQL that yields all columns as text, the known ones under their official names. `lines`
    turns positions of rows (0, 1, … without wholly empty rows, ascending) into the line numbers of the file.
    `trimmed` says that no value has blanks around it. `record_by_record` reads what DuckDB refused: the
    sound rows, and what is wrong with the others. `headings` are the header's cells as written, by position.
    `origins`: where a profile took a column from. `real_dates`: a workbook's cells are dates, not text.
    `said`: by column the positions of rows in whose cell there is no value, of which that has been said.
    """

    table: str
    place: Place
    present: tuple[str, ...]
    columns: tuple[str, ...]
    header_line: int
    relation: str
    lines: LineNumbers
    recognised: Recognised
    trimmed: bool = False
    record_by_record: "Callable[[duckdb.DuckDBPyConnection, Part], tuple[Part, list[Group]]] | None" = None
    headings: tuple[str, ...] = ()
    origins: dict[str, Origin] = field(default_factory=dict)
    real_dates: bool = False
    said: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def origin(self, column: str) -> Origin:
        """Where this column's values stand in the file as handed in: under its own name, or as mapped."""
        shown = f"r.{name(column)}" if column in self.columns else "null"
        return self.origins.get(column) or Origin(column, shown)
