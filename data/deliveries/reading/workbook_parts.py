"""The sheets of a workbook as parts of a delivery."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import duckdb

from data.deliveries import bookscan, cells, workbook
from data.deliveries.findings import Group
from data.deliveries.guard.titles import of_sheets
from data.deliveries.limits import LIMITS, Limits
from data.deliveries.longcells import LongCells
from data.deliveries.names import table_by_header
from data.deliveries.naming import FORMAT, Naming
from data.deliveries.parts import RAW, Part
from data.deliveries.recognised import Recognised
from data.deliveries.schema import tables
from data.deliveries.unread import Unread
from data.deliveries.unreadcells import unread_cells
from data.deliveries.unreadsaid import never_built
from data.deliveries.wording import Place, group, phrase
from data.deliveries.workbook import Sheet
from data.sql import name


@workbook.uncollected()
def workbook_parts(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    shown: str,
    kind: str,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[list[Part], list[Group]]:
    """Every sheet named like a table; of an only sheet the file's name or the header may tell the table."""
    scanned = bookscan.scanned(path, shown, kind, limits)
    if scanned.refused:
        return [], scanned.refused
    try:
        sheets = workbook.sheets(path, naming.known_cells, kind)
    except ValueError:
        told = of_sheets(list(scanned.unread), Place(shown))
        return [], told or never_built(scanned.unread, shown)
    if told := of_sheets([sheet.name for sheet in sheets], Place(shown)):
        return [], told
    parts: list[Part] = []
    groups: list[Group] = []
    filled = [sheet for sheet in sheets if sheet.header or sheet.rows]
    for sheet in filled:
        place = Place(shown, sheet.name)
        table = naming.table_of(shown, sheet.name, sheet.header)
        if table is None and len(filled) == 1 and sheet.header:
            table = naming.table_of(shown, None, sheet.header) or table_by_header(sheet.header)
        if table is None:
            hidden = phrase("hidden") if sheet.hidden else ""
            groups.append(group("unknown-sheet", place, wording={"other": sheet.name, "hidden": hidden}))
        elif not sheet.header:
            groups.append(group("no-header", place, line=1))
        elif len(sheet.header) > limits.columns:
            wording = limits.wording("columns")
            groups.append(group("too-many-columns", place, line=sheet.header_row, wording=wording))
        elif (long := LongCells(place, limits)).among(sheet.header_row, sheet.header):
            groups += long.groups()
        else:
            unread = scanned.unread.get(sheet.name, [])
            part, said = _part(connection, sheet, table, place, kind, naming, unread, limits)
            parts.append(part)
            groups += said
            if sheet.hidden:
                groups.append(group("hidden-sheet", place, wording={"other": sheet.name}))
    return parts, groups


def _part(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    table: str,
    place: Place,
    kind: str,
    naming: Naming,
    unread: Sequence[Unread],
    limits: Limits,
) -> tuple[Part, list[Group]]:
    columns, groups = naming.columns(table, sheet.header, place, sheet.header_row)
    long = LongCells(place, limits, columns, sheet.header)
    every, filled = cells.as_text(sheet, columns)
    rows, numbers = cells.without_long(every, filled, long)
    said, without_value = unread_cells(unread, sheet, table, columns, numbers, place)
    view = f"{place.file}#{place.sheet} rows"
    connection.register(view, rows)
    return Part(
        table=table,
        place=place,
        present=tuple(column for column in columns if not column.startswith("#")),
        columns=columns,
        header_line=sheet.header_row,
        relation=name(view),
        lines=partial(_at, numbers),
        recognised=Recognised(table, place.file, place.sheet, kind),
        trimmed=True,
        headings=sheet.header,
        real_dates=cells.real_dates(
            sheet, [at for at, column in enumerate(columns) if _may_be_date(table, column)]
        ),
        said=without_value,
    ), [*groups, *said, *long.groups(len(filled))]


def _may_be_date(table: str, column: str) -> bool:
    """Whether the format has dates in this column, or nobody knows yet."""
    return table == RAW or (not column.startswith("#") and tables()[table].field(column).type == "date")


def _at(numbers: list[int], positions: Sequence[int]) -> list[int]:
    return [numbers[position] for position in positions]
