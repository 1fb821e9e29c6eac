"""Workbooks for tests: drawn tables as XLSX, and ODS and XLSX whose XML no program would write."""

import zipfile
from pathlib import Path

from openpyxl import Workbook

from tests.support import drawn

HEAD = {
    "absender_id": "amt-a",
    "absender_name": "Amt A",
    "absender_art": "Landkreis",
    "stichtag": "30.09.2026",
    "format_version": "1",
}
ODS = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body>'
    "<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def xlsx(path: Path, **drawings: str) -> Path:
    """A workbook with `lieferung` and a sheet per drawing."""
    book = Workbook()
    book.remove(book.active)
    tables = {"lieferung": [HEAD], **{name: drawn.table(name, text) for name, text in drawings.items()}}
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)
    return path


def with_member(path: Path, member: str, change) -> Path:
    """The same archive with one member's bytes changed."""
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(content) if name == member else content)
    return path


def ods(path: Path, doctype: str = "", **drawings: str) -> Path:
    """An ODS with `lieferung` and a sheet per drawing; a cell `=n*text` is repeated n times."""
    tables = {"lieferung": [HEAD], **{name: drawn.table(name, text) for name, text in drawings.items()}}
    sheets = "".join(
        f'<table:table table:name="{name}">'
        + "".join(_row(cells) for cells in [list(rows[0]), *(list(row.values()) for row in rows)])
        + "</table:table>"
        for name, rows in tables.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(doctype=doctype, sheets=sheets))
    return path


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(_cell(cell) for cell in cells)}</table:table-row>"


def _cell(cell: str) -> str:
    times, _, text = cell[1:].partition("*") if cell.startswith("=") else ("1", "", cell)
    if not text:
        return f'<table:table-cell table:number-columns-repeated="{times}"/>'
    if len(text) == 10 and text[2] == text[5] == ".":
        value = f'office:value-type="date" office:date-value="{text[6:]}-{text[3:5]}-{text[:2]}"'
        return f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>"
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )
