"""Workbooks (XLSX, ODS): every sheet with its header, wherever that begins."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from data.deliveries.names import known_cells

FITTING = {"XLSX": (".xlsx", ".xlsm"), "ODS": (".ods",)}
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
HEADER_WITHIN = 20  # rows in which a header is looked for, below titles and blank rows


@dataclass(frozen=True)
class Sheet:
    """One sheet: its header cells, the row number of the header, and the rows below it."""

    name: str
    hidden: bool
    header: tuple[str, ...]
    header_row: int
    rows: list[list[Any]]


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


def _opened(path: Path, by_content: bool) -> CalamineWorkbook:
    """The library goes by the name of a path, and by the content of anything else."""
    return (
        CalamineWorkbook.from_filelike(path.open("rb"))
        if by_content
        else CalamineWorkbook.from_path(str(path))
    )


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
    return Sheet(sheet.name, hidden, top[at], at + 1, rows[at + 1 :])
