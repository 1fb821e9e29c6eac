"""Cells of a workbook without a value that counts: errors such as #VALUE!, and formulas nobody worked out.

The library that builds the sheets gives an empty text for both, which would be a missing value. So `scan`
collects them, and here they become findings: one group for each rule and column.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from data.deliveries.format.findings import LISTED_PER_RULE, Finding, Group, Place, finding, group
from data.deliveries.format.parts import RAW
from data.deliveries.reading.workbooks import Sheet

# A program in English shows them as files have them, one in German as on the right.
GERMAN_ERRORS = {
    "#DIV/0!": "#DIV/0!", "#N/A": "#NV", "#NAME?": "#NAME?", "#NULL!": "#NULL!", "#NUM!": "#ZAHL!",
    "#REF!": "#BEZUG!", "#VALUE!": "#WERT!", "#SPILL!": "#ÜBERLAUF!", "#CALC!": "#KALK!", "#FIELD!": "#FELD!",
    "#ERROR!": "#ERROR!", "#GETTING_DATA": "#DATEN_ABRUFEN",
}  # fmt: skip
ENGLISH_ERRORS = {german: english for english, german in GERMAN_ERRORS.items()}
# Of a workbook with any other one the library builds no sheet at all.
BUILT_ERRORS = frozenset(list(GERMAN_ERRORS)[:7])
NUMBERED = re.compile(r"Err:[0-9]{3}")  # of LibreOffice, in every language
OTHER = "#?"  # any other text in such a cell was seen by nobody, so nobody may repeat it


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


ByRuleAndColumn = dict[tuple[str, str], list[CellWithoutValue]]


def cells_without_value(
    cells: Sequence[CellWithoutValue],
    sheet: Sheet,
    table: str,
    columns: Sequence[str],
    lines: Sequence[int],
    place: Place,
) -> tuple[list[Group], dict[str, tuple[int, ...]]]:
    """The findings, and by column the positions among `lines` of rows of which they say all there is to say.

    An error in a column that is left out, or above the header, does no harm; a formula anywhere does, because
    the guard can't see what it would show.
    """
    if not cells:
        return [], {}
    positions = {line: position for position, line in enumerate(lines)}
    found: ByRuleAndColumn = {}
    said: dict[str, list[int]] = {}
    for cell in cells:
        inside = cell.column <= len(columns)
        column = columns[cell.column - 1] if inside else "#"
        heading = sheet.header[cell.column - 1].strip() if inside else ""
        known = not column.startswith("#") or (table == RAW and heading != "")
        if cell.error is None:
            found.setdefault(("formula-without-value", heading), []).append(cell)
        elif cell.row == sheet.header_row or (known and cell.row > sheet.header_row):
            found.setdefault(("error-cell", heading or cell.letters), []).append(cell)
        if known and cell.row in positions:
            said.setdefault(column, []).append(positions[cell.row])
    return as_groups(found, place, table, positions), {column: tuple(rows) for column, rows in said.items()}


def never_built(cells: dict[str, list[CellWithoutValue]], file: str) -> list[Group]:
    """Errors for which the library refuses the whole workbook; if there are none, it is damaged."""
    said: list[Group] = []
    for sheet, of_sheet in cells.items():
        found: ByRuleAndColumn = {}
        for cell in of_sheet:
            if cell.error is not None and cell.error not in BUILT_ERRORS:
                found.setdefault(("error-cell", cell.letters), []).append(cell)
        said += as_groups(found, Place(file, sheet), None, {})
    return said or [group("broken-workbook", Place(file))]


def as_groups(
    found: ByRuleAndColumn, place: Place, table: str | None, positions: dict[int, int]
) -> list[Group]:
    """The findings. `positions`: line -> position among the rows of the table."""
    made = []
    for (rule, column), cells in found.items():
        listed = cells[:LISTED_PER_RULE]
        findings = tuple(_finding(rule, place, column or None, cell) for cell in listed)
        rows = tuple(positions[cell.row] for cell in listed if cell.row in positions)
        where = (place.file, place.sheet, column or None)
        of_rows = len(positions) or None
        made.append(Group(rule, findings[0].severity, *where, len(cells), of_rows, findings, rows, table))
    return made


def english_error(text: str) -> str | None:
    """The name of an error that is shown in either language; None if the text is no error."""
    said = text.strip()
    known = ENGLISH_ERRORS.get(said.upper(), said.upper())
    return known if known in GERMAN_ERRORS else said if NUMBERED.fullmatch(said) else None


def _finding(rule: str, place: Place, column: str | None, cell: CellWithoutValue) -> Finding:
    german, english = cell.by_program
    value = cell.address if cell.error is None else english
    return finding(rule, place, line=cell.row, column=column, value=value, wording={"other": german})
