"""The table as a workbook: real numbers and days, and a second sheet that says what it is."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pages.files import description
from pages.files import figure as figures
from pages.files import table as tables
from pages.files.figure import Figure
from pages.files.packing import packed
from pages.files.table import Field, Kind, Table, Value
from pages.text.words import Words

LONGEST = 32_767  # characters that a cell of a spreadsheet holds
NARROWEST, WIDEST = 9, 42  # characters, of a column
NOTES = 110  # characters, of the column of sentences
LOOKED_AT = 300  # rows by which a column's width is told
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
TWO_DECIMALS = ("percent", "eur", "vzae", "per_post")


def written(figure: Figure) -> bytes:
    """The workbook of a figure; the same bytes each time for the same edition."""
    table = tables.of(figure)
    book = Workbook()
    _numbers(book.active, table, figure.words)
    _notes(book.create_sheet(figure.words.t("files.sheet.notes")), figure, table)
    book.properties.title = tables.safe(figure.heading)
    book.properties.creator = figure.words.heading
    return _repeatable(book, figure.made)


def _numbers(sheet: Worksheet, table: Table, words: Words) -> None:
    sheet.title = words.t("files.sheet.table")
    for column, field in enumerate(table.fields, start=1):
        _write(sheet, 1, column, field.name)
        head = sheet.cell(1, column)
        head.font, head.alignment = BOLD, WRAPPED
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
    formats = [_format(field, words) for field in table.fields]
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _write(sheet, number, column, value, formats[column - 1])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{len(table.rows) + 1}"


def _notes(sheet: Worksheet, figure: Figure, table: Table) -> None:
    marks = figures.marks(figure.published.edition, figure.words)
    every = description.sections(figure)
    sections = (*every[:1], description.of_columns(figure, table), *every[1:])
    lines = [(figure.heading, True), *((mark, True) for mark in marks)]
    for section in sections:
        lines += [("", False), (section.heading, True), *((line, False) for line in section.lines)]
    sheet.column_dimensions["A"].width = NOTES
    for number, (line, strong) in enumerate(lines, start=1):
        if not line:
            continue
        _write(sheet, number, 1, tables.safe(line))
        cell = sheet.cell(number, 1)
        cell.alignment = WRAPPED
        if strong:
            cell.font = BOLD


def _write(sheet: Worksheet, row: int, column: int, value: Value, number_format: str = "") -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value[:LONGEST]
        cell.data_type = "s"  # openpyxl would make formulas and errors of some texts
        return
    cell.value = value
    if number_format:
        cell.number_format = number_format


def _format(field: Field, words: Words) -> str:
    if field.kind is Kind.DATE:
        by_letter = {"%d": "dd", "%m": "mm", "%Y": "yyyy"}
        return re.sub("%[dmY]", lambda found: by_letter[found[0]], words.t("language.chart_date"))
    if field.kind is Kind.INTEGER:
        return "#,##0" if field.unit else "0"
    if field.kind is Kind.NUMBER and field.borne:
        return "General"
    if field.kind is Kind.NUMBER:
        return "#,##0.00" if field.unit in TWO_DECIMALS else "#,##0.####"
    return ""


def _width(table: Table, at: int) -> float:
    longest = max((len(_shown(row[at])) for row in table.rows[:LOOKED_AT]), default=0)
    # A heading breaks between its words, so half of it is room enough; the arrow of the filter takes some.
    heading = table.fields[at].name
    words = max((len(word) for word in heading.split()), default=0)
    return min(max(NARROWEST, longest + 2, words + 4, len(heading) / 2 + 4), WIDEST)


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return "00.00.0000"
    return f"{value:,.2f}" if isinstance(value, Decimal) else "" if value is None else str(value)


def _repeatable(book: Workbook, made: datetime) -> bytes:
    """A workbook as it was made: openpyxl writes the time of now into it, and into the archive that it is."""
    book.properties.created = made.replace(tzinfo=None, microsecond=0)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    when = f"{made:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + when, parts[core])
    return packed(parts, made)
