"""Workbooks (XLSX, ODS): sheets as text, real dates as JJJJ-MM-TT, whole numbers without a point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from data.deliveries.names import known_cells

HEADER_WITHIN = 20  # rows in which a header is looked for, below titles and blank rows


@dataclass(frozen=True)
class Sheet:
    """One sheet: its header cells, the row number of the header, and the rows below it."""

    name: str
    hidden: bool
    header: tuple[str, ...]
    header_row: int
    rows: list[list[Any]]


def sheets(path: Path, known: Callable[[Sequence[str]], int] = known_cells) -> list[Sheet]:
    """All sheets with a header of known columns, and those without one (empty header). Raises ValueError."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        return [
            _sheet(book, meta.name, meta.visible != SheetVisibleEnum.Visible, known)
            for meta in book.sheets_metadata
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise ValueError(str(error)) from error


def as_text(sheet: Sheet, columns: tuple[str, ...]) -> tuple[pa.Table, list[int]]:
    """The rows that hold a value, as text columns, and the row number of each."""
    first = sheet.header_row + 1
    numbered = [(first + at, row) for at, row in enumerate(sheet.rows) if any(written(cell) for cell in row)]
    cells = list(zip(*(row for _, row in numbered), strict=True)) or [()] * len(columns)
    arrays = [pa.array([written(cell) for cell in column], pa.string()) for column in cells[: len(columns)]]
    return pa.Table.from_arrays(arrays, names=list(columns)), [row for row, _ in numbered]


def written(cell: Any) -> str | None:
    """A cell as a person would have typed it; None for an empty one."""
    return WRITERS.get(type(cell), str)(cell)


def _sheet(book: CalamineWorkbook, name: str, hidden: bool, known: Callable[[Sequence[str]], int]) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    best, at = 0, 0
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        cells = known(tuple(str(cell) for cell in row))
        if cells > best:
            best, at = cells, place
    if not best:
        return Sheet(name, hidden, (), 0, rows)
    return Sheet(name, hidden, tuple(str(cell) for cell in rows[at]), at + 1, rows[at + 1 :])


def _number(cell: float) -> str:
    # 0.1 + 0.2 is 0.30000000000000004 in the file and 0.3 on the screen.
    return str(int(cell)) if cell.is_integer() else f"{cell:.9f}".rstrip("0")


def _moment(cell: datetime) -> str:
    return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")


WRITERS: dict[type, Callable[[Any], str | None]] = {
    str: lambda cell: cell.strip() or None,
    float: _number,
    int: str,
    bool: lambda cell: "true" if cell else "false",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}
