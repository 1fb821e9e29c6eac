"""What is said of cells without a value: of errors, and of formulas that nobody has worked out."""

from collections.abc import Sequence

from data.deliveries.findings import Group
from data.deliveries.parts import RAW
from data.deliveries.unread import Unread
from data.deliveries.unreadsaid import Found, groups
from data.deliveries.wording import Place
from data.deliveries.workbook import Sheet


def unread_cells(
    cells: Sequence[Unread],
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
    found: Found = {}
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
    return groups(found, place, table, positions), {column: tuple(rows) for column, rows in said.items()}
