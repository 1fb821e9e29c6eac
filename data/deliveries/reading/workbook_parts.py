"""The sheets of a workbook as parts of a delivery."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from data.deliveries.format import margins
from data.deliveries.format.findings import Group, Place, group, phrase
from data.deliveries.format.names import Guess, named, table_by_header
from data.deliveries.format.parts import RAW, Part, Recognised
from data.deliveries.format.schema import tables
from data.deliveries.reading import scan, workbooks
from data.deliveries.reading.csv_files import LongCells
from data.deliveries.reading.titles import FORMAT, Naming, guess, not_read, of_sheets, read_as
from data.deliveries.reading.unread import CellWithoutValue, cells_without_value, never_built
from data.deliveries.reading.workbooks import Sheet
from data.foundation.limits import LIMITS, Limits
from data.foundation.sql import identifier


@dataclass(frozen=True)
class _TableSheet:
    """A sheet of which it is known what table it holds, and its cells without a value."""

    sheet: Sheet
    table: str
    place: Place
    kind: str
    without_value: Sequence[CellWithoutValue]


@workbooks.uncollected()
def workbook_parts(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    label: str,
    kind: str,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[list[Part], list[Group]]:
    """Every sheet named like a table; of an only sheet the file's name or the header may tell the table."""
    scanned = scan.scanned(path, label, kind, limits)
    if scanned.refused:
        return [], scanned.refused
    try:
        sheets = workbooks.sheets(path, naming.known_cells, kind)
    except ValueError:
        told = of_sheets(list(scanned.without_value), Place(label))
        return [], told or never_built(scanned.without_value, label)
    if told := of_sheets([sheet.name for sheet in sheets], Place(label)):
        return [], told
    parts: list[Part] = []
    groups: list[Group] = []
    filled = [sheet for sheet in sheets if sheet.header or sheet.rows]
    if not filled:
        return [], [group("empty-workbook", Place(label))]
    groups += [said for sheet in sheets if sheet not in filled for said in _empty(label, sheet)]
    for sheet in filled:
        place, guessed = Place(label, sheet.name), False
        table = naming.table_of(label, sheet.name, sheet.header)
        if table is None and len(filled) == 1 and sheet.header:
            table = naming.table_of(label, None, sheet.header) or table_by_header(sheet.header)
        if table is None and (found := guess(place, sheet.header, len(filled) == 1)) and found.is_read:
            table, guessed = found.table, len(filled) > 1
            groups += [read_as(place, table)] if guessed else []
        if table is None:
            groups.append(_not_read(place, found, sheet))
        elif not sheet.header:
            groups.append(group("no-header", place, line=1))
        elif len(sheet.header) > limits.columns:
            wording = limits.wording("columns")
            groups.append(group("too-many-columns", place, line=sheet.header_row, wording=wording))
        elif (long := LongCells(place, limits)).among(sheet.header_row, sheet.header):
            groups += long.groups()
        else:
            without_value = scanned.without_value.get(sheet.name, [])
            of_table = _TableSheet(sheet, table, place, kind, without_value)
            part, said = _part(connection, of_table, naming, limits)
            parts.append(replace(part, guessed=guessed))
            groups += said
            if sheet.hidden:
                groups.append(group("hidden-sheet", place, wording={"other": sheet.name}))
            if hidden := scanned.hidden.get(sheet.name):
                groups.append(group("hidden-rows", place, wording={"other": hidden}))
    return parts, groups


def _empty(label: str, sheet: Sheet) -> list[Group]:
    """The question about a sheet without any cell that is named after a table."""
    wording = {"other": sheet.name}
    return [
        group("sheet-empty", Place(label, sheet.name), wording={**wording, "limit": table})
        for table in named(sheet.name)[:1]
    ]


def _not_read(place: Place, found: Guess | None, sheet: Sheet) -> Group:
    said = not_read(place, found, sheet.header)
    if said.rule != "unknown-sheet":
        return said
    hidden = phrase("hidden") if sheet.hidden else ""
    return group("unknown-sheet", place, wording={"other": sheet.name, "hidden": hidden})


def _part(
    connection: duckdb.DuckDBPyConnection, found: _TableSheet, naming: Naming, limits: Limits
) -> tuple[Part, list[Group]]:
    sheet, table, place = found.sheet, found.table, found.place
    columns, groups = naming.columns(table, sheet.header, place, sheet.header_row)
    sheet, header = workbooks.without_more_headings(sheet, table, columns)
    sheet, below = workbooks.without_below(sheet, table, columns)
    groups += margins.said(place, sheet.above, below, header)
    long = LongCells(place, limits, columns, sheet.header)
    every, filled = workbooks.as_text(sheet, columns)
    rows, numbers = workbooks.without_long(every, filled, long)
    said, without_value = cells_without_value(found.without_value, sheet, table, columns, numbers, place)
    view = f"{place.file}#{place.sheet} rows"
    connection.register(view, rows)
    return Part(
        table=table,
        place=place,
        present=tuple(column for column in columns if not column.startswith("#")),
        columns=columns,
        header_line=sheet.header_row,
        relation=identifier(view),
        lines=partial(_at, numbers),
        recognised=Recognised(table, place.file, place.sheet, found.kind),
        trimmed=True,
        headings=sheet.header,
        real_dates=workbooks.real_dates(
            sheet, [at for at, column in enumerate(columns) if _may_be_date(table, column)]
        ),
        without_value=without_value,
        outside=(*sheet.above, *header, *below),
    ), [*groups, *said, *long.groups(len(filled))]


def _may_be_date(table: str, column: str) -> bool:
    """Whether the format has dates in this column, or nobody knows yet."""
    return table == RAW or (not column.startswith("#") and tables()[table].field(column).type == "date")


def _at(numbers: list[int], positions: Sequence[int]) -> list[int]:
    return [numbers[position] for position in positions]
