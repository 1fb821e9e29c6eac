"""Cells of a workbook as text, as a person would have typed them: real dates as JJJJ-MM-TT, 12.0 as 12.

Column by column, and without a look at each cell where all of a column are text or dates.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import compress
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data.deliveries.longcells import LongCells
from data.deliveries.workbook import Sheet


def as_text(sheet: Sheet, columns: tuple[str, ...]) -> tuple[pa.Table, list[int]]:
    """The rows that hold a value, as text columns, and the row number of each."""
    first = sheet.header_row + 1
    cells = list(zip(*sheet.rows, strict=True)) or [()] * len(columns)
    arrays = [_text(column) for column in cells]
    filled = reduce(pc.or_, (array.is_valid() for array in arrays))
    table = pa.Table.from_arrays(arrays[: len(columns)], names=list(columns)).filter(filled)
    return table, [first + at for at in pc.indices_nonzero(filled).to_pylist()]


def without_long(rows: pa.Table, lines: list[int], long: LongCells) -> tuple[pa.Table, list[int]]:
    """The rows without a cell that is too long, and the row number of each."""
    most = max((pc.max(pc.binary_length(column)).as_py() or 0 for column in rows.columns), default=0)
    if most <= long.limits.cell_characters:  # bytes are never fewer than characters
        return rows, lines
    records = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    sound = [not long.among(line, record) for line, record in zip(lines, records, strict=True)]
    return rows.filter(pa.array(sound, pa.bool_())), list(compress(lines, sound))


def real_dates(sheet: Sheet, positions: Collection[int]) -> bool:
    """Whether a cell in one of these columns is a date for the program that wrote it, and not text."""
    return any(isinstance(row[at], date) for row in sheet.rows for at in positions if at < len(row))


def _text(cells: tuple[Any, ...]) -> pa.Array:
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return _trimmed(pa.array(cells, pa.string()))
    if kinds <= {str, date}:
        with suppress(pa.ArrowTypeError, pa.ArrowInvalid):  # a text that isn't empty
            return pa.array([cell or None for cell in cells], pa.date32()).cast(pa.string())
    return _trimmed(pa.array([WRITERS.get(type(cell), str)(cell) for cell in cells], pa.string()))


def _trimmed(array: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(array)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _number(cell: float) -> str:
    # 0.1 + 0.2 is 0.30000000000000004 in the file and 0.3 on the screen.
    return str(int(cell)) if cell.is_integer() else f"{cell:.9f}".rstrip("0")


def _moment(cell: datetime) -> str:
    return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")


WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda cell: "true" if cell else "false",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}
