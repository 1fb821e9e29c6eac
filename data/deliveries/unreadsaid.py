"""Cells without a value in words: one group of findings for each rule and column."""

from data.deliveries.errornames import BUILT
from data.deliveries.findings import KEPT_PER_RULE, Finding, Group
from data.deliveries.unread import Unread
from data.deliveries.wording import Place, finding, group

Found = dict[tuple[str, str], list[Unread]]  # by rule and column


def groups(found: Found, place: Place, table: str | None, positions: dict[int, int]) -> list[Group]:
    """The findings. `positions`: line -> position among the rows of the table."""
    made = []
    for (rule, column), cells in found.items():
        listed = cells[:KEPT_PER_RULE]
        findings = tuple(_finding(rule, place, column or None, cell) for cell in listed)
        rows = tuple(positions[cell.row] for cell in listed if cell.row in positions)
        where = (place.file, place.sheet, column or None)
        of_rows = len(positions) or None
        made.append(Group(rule, findings[0].severity, *where, len(cells), of_rows, findings, rows, table))
    return made


def never_built(cells: dict[str, list[Unread]], file: str) -> list[Group]:
    """Errors for which the library refuses the whole workbook; if there are none, it is damaged."""
    said: list[Group] = []
    for sheet, of_sheet in cells.items():
        found: Found = {}
        for cell in of_sheet:
            if cell.error is not None and cell.error not in BUILT:
                found.setdefault(("error-cell", cell.letters), []).append(cell)
        said += groups(found, Place(file, sheet), None, {})
    return said or [group("broken-workbook", Place(file))]


def _finding(rule: str, place: Place, column: str | None, cell: Unread) -> Finding:
    german, english = cell.shown
    value = cell.address if cell.error is None else english
    return finding(rule, place, line=cell.row, column=column, value=value, wording={"other": german})
