"""Workbooks (XLSX, ODS): what reading one would take, and every sheet with its header, wherever that begins.

The library builds each sheet as a full rectangle and copies a text into each cell that shows it, so a few
bytes that say "repeat this" are gigabytes: what is needed is measured first. The figures were measured: see
docs/decisions.md. Cells become text as a person would have typed them: real dates as JJJJ-MM-TT, 12.0 as 12.
For an error such as #VALUE!, and for a formula that nobody worked out, it gives an empty text, which would be
a missing value: `scan` collects those cells.
"""

import gc
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import compress
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.deliveries.format import margins
from data.deliveries.format.margins import Row
from data.deliveries.format.names import known_cells
from data.deliveries.format.parts import LongCells
from data.foundation.limits import Limits

FITTING = {"XLSX": (".xlsx", ".xlsm"), "ODS": (".ods",)}
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
HEADER_WITHIN = 20  # rows in which a header is looked for, below titles and blank rows
CELL_BYTES = 100  # of one cell of a rectangle: the library's, Python's, and Arrow's
COPIES = 3  # of a text: the same three
PROGRAM_MB = 512  # of memory for Python, its libraries and the rules of the format
# A program in English shows them as files have them, one in German as on the right.
GERMAN_ERRORS = {
    "#DIV/0!": "#DIV/0!", "#N/A": "#NV", "#NAME?": "#NAME?", "#NULL!": "#NULL!", "#NUM!": "#ZAHL!",
    "#REF!": "#BEZUG!", "#VALUE!": "#WERT!", "#SPILL!": "#ÜBERLAUF!", "#CALC!": "#KALK!", "#FIELD!": "#FELD!",
    "#ERROR!": "#ERROR!", "#GETTING_DATA": "#DATEN_ABRUFEN",
}  # fmt: skip
NUMBERED = re.compile(r"Err:[0-9]{3}")  # of LibreOffice, in every language
OTHER = "#?"  # any other text in such a cell was seen by nobody, so nobody may repeat it


@dataclass(frozen=True)
class Sheet:
    """One sheet: its header cells, the row number of the header, the rows below it, and what stands above."""

    name: str
    hidden: bool
    header: tuple[str, ...]
    header_row: int
    rows: list[list[Any]]
    above: tuple[Row, ...] = ()


def room_mb(limits: Limits) -> int:
    """The memory that is left for the sheets of a workbook beside the checks and the program itself."""
    return max(limits.reading_mb - limits.memory_mb - PROGRAM_MB, limits.reading_mb // 4)


def sheets(
    path: Path, known: Callable[[Sequence[str]], int] = known_cells, kind: str = "XLSX"
) -> list[Sheet]:
    """All sheets with a header of known columns, and those without one (empty header). Raises ValueError."""
    try:
        with _opened(path, misnamed(path, kind)) as book:
            return [
                _sheet(book.get_sheet_by_name(meta.name), meta.visible != SheetVisibleEnum.Visible, known)
                for meta in book.sheets_metadata
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise ValueError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of Rust: no Exception, and no class to import
            raise ValueError(str(error)) from error
        raise


def misnamed(path: PurePath, kind: str) -> bool:
    """Whether the file is named like a workbook of another kind than it is."""
    return path.suffix.lower() in SUFFIXES and path.suffix.lower() not in FITTING[kind]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk all rows again and again while they are built."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def as_text(sheet: Sheet, columns: tuple[str, ...]) -> tuple[pa.Table, list[int]]:
    """The rows that hold a value, as text columns, and the row number of each."""
    first = sheet.header_row + 1
    cells = list(zip(*sheet.rows, strict=True)) or [()] * len(columns)
    arrays = [_text(column) for column in cells]
    filled = reduce(pc.or_, (array.is_valid() for array in arrays))
    table = pa.Table.from_arrays(arrays[: len(columns)], names=list(columns))
    if pc.all(filled).as_py():  # as in most: a filter would copy every row
        return table, list(range(first, first + len(table)))
    return table.filter(filled), [first + at for at in pc.indices_nonzero(filled).to_pylist()]


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


def _opened(path: Path, by_content: bool) -> CalamineWorkbook:
    """The library goes by the name of a path, and by the content of anything else."""
    return (
        CalamineWorkbook.from_filelike(path.open("rb"))
        if by_content
        else CalamineWorkbook.from_path(str(path))
    )


def _sheet(sheet: CalamineSheet, hidden: bool, known: Callable[[Sequence[str]], int]) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    top = [tuple(str(cell) for cell in row) for row in rows[:HEADER_WITHIN]]
    for (first, left), (last, right) in sheet.merged_cell_ranges or ():
        # A heading over two rows stands in the upper one: the header row below it would lack it.
        for row in range(first + 1, min(last + 1, len(top))):
            top[row] = tuple(
                top[first][left] if left <= at <= right and not cell else cell
                for at, cell in enumerate(top[row])
            )
    best, at = 0, 0
    for place, cells in enumerate(top):
        found = known(cells)
        # Of two rows with the same headings the second is the end of merged ones.
        if found > best or (found == best and best and cells == top[at]):
            best, at = found, place
    if not best:
        return Sheet(sheet.name, hidden, (), 0, rows)
    above = tuple((row + 1, tuple(map(str, rows[row]))) for row in range(at) if any(rows[row]))
    return Sheet(sheet.name, hidden, top[at], at + 1, rows[at + 1 :], above)


def without_below(sheet: Sheet, table: str, columns: tuple[str, ...]) -> tuple[Sheet, list[Row]]:
    """The sheet without the rows below its table, and these rows."""
    last = sheet.header_row + len(sheet.rows)
    upward = ((last - back, tuple(map(_shown, row))) for back, row in enumerate(reversed(sheet.rows)))
    below = margins.below(table, columns, upward)
    if not below:
        return sheet, []
    return replace(sheet, rows=sheet.rows[: below[-1][0] - sheet.header_row - 1]), below


def without_more_headings(sheet: Sheet, table: str, columns: tuple[str, ...]) -> tuple[Sheet, list[Row]]:
    """The sheet with blank rows in place of those that go on with its header, and these rows."""
    first = sheet.header_row + 1
    downward = ((first + at, tuple(map(_shown, row))) for at, row in enumerate(sheet.rows))
    more = margins.header_goes_on(table, columns, downward)
    blank = [[""] * len(row) for row in sheet.rows[: len(more)]]
    return (replace(sheet, rows=[*blank, *sheet.rows[len(more) :]]) if more else sheet), more


def _shown(cell: Any) -> str:
    return WRITERS.get(type(cell), str)(cell)


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


@dataclass
class Needs:
    """`cells` of all sheets and `largest` of one, blank ones between filled ones included; `text` in bytes,
    as often as it is repeated; `sheets`, each as often as the workbook names it.
    """

    cells: int = 0
    largest: int = 0
    text: int = 0
    sheets: int = 0

    def sheet(self, cells: int, times: int = 1) -> None:
        """One more sheet of so many cells, that often."""
        self.cells += cells * times
        self.largest = max(self.largest, cells)
        self.sheets += times

    @property
    def mb(self) -> int:
        """The memory that it takes, about."""
        return (self.cells * CELL_BYTES + self.text * COPIES) // 2**20


class CellWithoutValue(NamedTuple):
    """Row and column count from 1. `error` as the file has it; None is a formula without a value."""

    row: int
    column: int
    error: str | None

    @property
    def letters(self) -> str:
        """The column as a program names it: `E`."""
        letters, number = "", self.column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(65 + letter) + letters
        return letters

    @property
    def address(self) -> str:
        """For example `E2`."""
        return f"{self.letters}{self.row}"

    @property
    def by_program(self) -> tuple[str, str]:
        """The error as a person sees it in a German and in an English program."""
        english = english_error(self.error or "") or OTHER
        return GERMAN_ERRORS.get(english, english), english


def english_error(text: str) -> str | None:
    """The name of an error that is shown in either language; None if the text is no error."""
    said, shown = text.strip(), text.strip().upper()
    known = next((english for english, german in GERMAN_ERRORS.items() if shown in (english, german)), None)
    return known or (said if NUMBERED.fullmatch(said) else None)
