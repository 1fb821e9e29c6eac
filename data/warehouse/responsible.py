"""Who answers for which area from when, as an installation says it: a short list, written by hand.

Without a line for an area, every sender counts that delivers cases there.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from data.foundation import areas
from data.foundation.errors import DashboardError

FILE = Path(__file__).parents[1] / "reference" / "responsible.csv"
COLUMNS = ("area_code", "sender", "since")
FIRST_DAY = "the first day of a month (JJJJ-MM-01)"
LEVELS = (areas.KREIS, areas.GEMEINDE)


class ResponsibleListError(DashboardError):
    """A line of the list that can't be understood; nothing is built from half of it."""

    exit_code = 2

    def __init__(self, path: Path, line: int, expected: str) -> None:
        super().__init__(
            f"{path.name}, line {line}: expected {expected}. Nothing was built: correct it and build again."
        )


def load(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make `reference.responsible` of the list. Raises ResponsibleListError."""
    connection.execute("create table reference.responsible (area_code varchar, sender varchar, since date)")
    if rows := list(_read(path)):
        connection.executemany("insert into reference.responsible values (?, ?, ?)", rows)


def _read(path: Path) -> Iterator[tuple[str, str, date]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResponsibleListError(path, 1, "a file in UTF-8 that can be read") from error
    rows = csv.reader(lines, delimiter=";" if ";" in "".join(lines[:1]) else ",")
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if number == 1:
            if tuple(cells) != COLUMNS:
                raise ResponsibleListError(path, 1, ",".join(COLUMNS))
        elif any(cells):
            yield _line(path, number, cells)


def _line(path: Path, number: int, cells: list[str]) -> tuple[str, str, date]:
    if len(cells) != len(COLUMNS):
        raise ResponsibleListError(path, number, f"{len(COLUMNS)} cells")
    code, sender, written = cells
    area = areas.register().get(code)
    if area is None or area.level not in LEVELS:
        raise ResponsibleListError(path, number, "the key of a Kreis or a municipality")
    if not sender:
        raise ResponsibleListError(path, number, "the id of a sender")
    try:
        since = date.fromisoformat(written)
    except ValueError as error:
        raise ResponsibleListError(path, number, FIRST_DAY) from error
    if since.day != 1:
        raise ResponsibleListError(path, number, FIRST_DAY)
    return code, sender, since
