"""The sheets of a workbook as parts of a delivery, and what is said of their cells without a value: one group
for each rule and column.

Before a library builds the sheets, the XML is searched for entities, vast sheets, what reading them would
need, and those cells. A sheet is built as a full rectangle, so two cells in opposite corners of a small file
take gigabytes.
"""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import duckdb

from data.deliveries.format import margins
from data.deliveries.format.findings import (
    LISTED_PER_RULE,
    Finding,
    Group,
    Place,
    finding,
    group,
    over_limit,
    phrase,
)
from data.deliveries.format.names import Guess, named, table_by_header
from data.deliveries.format.parts import RAW, LongCells, Part, Recognised
from data.deliveries.format.schema import tables
from data.deliveries.reading import workbooks
from data.deliveries.reading.archive import DamagedError, damage
from data.deliveries.reading.scan_ods import ods_area
from data.deliveries.reading.scan_xlsx import xlsx_area
from data.deliveries.reading.titles import FORMAT, Naming, guess, not_read, of_sheets, read_as
from data.deliveries.reading.workbooks import GERMAN_ERRORS, CellWithoutValue, Sheet
from data.foundation.limits import LIMITS, Limits
from data.foundation.sql import identifier

PROLOG = 2**16
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ROOT = re.compile(rb"<[A-Za-z_]")
# Of a workbook with any other one the library builds no sheet at all.
BUILT_ERRORS = frozenset(list(GERMAN_ERRORS)[:7])
ByRuleAndColumn = dict[tuple[str, str], list[CellWithoutValue]]


@dataclass(frozen=True)
class Scanned:
    """Why a workbook is not built (one finding, or none); by sheet the cells without a value, and how many
    rows are hidden, by hand or by a filter.
    """

    refused: list[Group]
    without_value: dict[str, list[CellWithoutValue]] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _TableSheet:
    """A sheet of which it is known what table it holds, and its cells without a value."""

    sheet: Sheet
    table: str
    place: Place
    kind: str
    without_value: Sequence[CellWithoutValue]


def scanned(path: Path, label: str, kind: str, limits: Limits) -> Scanned:
    """Look for declared entities, sheets that are too vast, what reading needs, and cells without a value.
    Each member is unpacked once, one with formulas or errors once more, and all if they may need too much.
    """
    place, room = Place(label), workbooks.room_mb(limits)
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            starts = [archive.open(member).read(PROLOG) for member in archive.infolist()]
            if any(start.startswith(UTF16) for start in starts):
                # No program writes it, and no rule below sees it.
                return Scanned([group("broken-workbook", place)])
            if any(map(_declares, starts)):
                return Scanned([group("xml-entities", place)])
            found = xlsx_area(archive, room) if kind == "XLSX" else ods_area(archive)
    except DamagedError:
        return Scanned([group("broken-workbook", place)])
    needs, without_value, hidden = found
    for limit, over in {
        "members": needs.sheets > limits.members,
        "cells": needs.largest > limits.cells,
    }.items():
        if over:
            return Scanned([over_limit(place, limits, limit)])
    if needs.mb > room:
        wording = {**limits.wording("reading_mb"), "limit": room, "other": needs.mb}
        return Scanned([group("memory-needed", place, wording=wording)])
    return Scanned([], without_value, hidden)


def _declares(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 or UTF-32, near enough for the letters in question
    if not plain.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().startswith(b"<"):
        return False  # an image or the like
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or (len(start) == PROLOG and not ROOT.search(plain))


def workbook_parts(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    label: str,
    kind: str,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[list[Part], list[Group]]:
    """Every sheet named like a table; of an only sheet the file's name or the header may tell the table."""
    looked = scanned(path, label, kind, limits)
    if looked.refused:
        return [], looked.refused
    try:
        sheets = workbooks.sheets(path, naming.known_cells, kind)
    except ValueError:
        told = of_sheets(list(looked.without_value), Place(label))
        return [], told or never_built(looked.without_value, label)
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
            without_value = looked.without_value.get(sheet.name, [])
            of_table = _TableSheet(sheet, table, place, kind, without_value)
            part, said = _part(connection, of_table, naming, limits)
            parts.append(replace(part, guessed=guessed))
            groups += said
            if sheet.hidden:
                groups.append(group("hidden-sheet", place, wording={"other": sheet.name}))
            if hidden := looked.hidden.get(sheet.name):
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


def _finding(rule: str, place: Place, column: str | None, cell: CellWithoutValue) -> Finding:
    german, english = cell.by_program
    value = cell.address if cell.error is None else english
    return finding(rule, place, line=cell.row, column=column, value=value, wording={"other": german})
