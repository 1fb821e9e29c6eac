"""How files, sheets and columns are recognised: by the names of the export format, or by a profile's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.deliveries import csvfile
from data.deliveries.findings import Group
from data.deliveries.names import known_cells, table_of
from data.deliveries.wording import Place, group

Columns = tuple[tuple[str, ...], list[Group]]


@dataclass(frozen=True)
class Naming:
    """Four questions that reading asks.

    `table_of(file, sheet, header)`: which table this holds, by its name, or None; `header` is None while it
    isn't read. `known_cells(cells)`: how many of them are names of columns. `columns(table, cells, place,
    line)`: the name of each column (`#n` for one that is left out), and what the header gives rise to.
    """

    table_of: Callable[[str, str | None, Sequence[str] | None], str | None]
    known_cells: Callable[[Sequence[str]], int]
    columns: Callable[[str, tuple[str, ...], Place, int], Columns]


def _columns(table: str, cells: tuple[str, ...], place: Place, line: int) -> Columns:
    columns, unknown, twice = csvfile.columns(table, cells)
    return columns, [
        *(group("unknown-column", place, line=line, column=cell) for cell in unknown),
        *(group("column-twice", place, line=line, column=cell) for cell in twice),
    ]


FORMAT = Naming(lambda file, sheet, header: table_of(sheet or file), known_cells, _columns)
