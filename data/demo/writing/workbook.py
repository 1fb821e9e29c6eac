"""XLSX workbooks with real dates and numbers, written directly: fast, and always the same bytes."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data.demo.senders import Style
from data.demo.writing import archive
from data.demo.writing.wording import worded

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXCEL_EPOCH = 25569  # 1970-01-01 as a day number of Excel
DATE_STYLE = 1
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write(path: Path, tables: dict[str, pa.Table], style: Style, title: str = "") -> None:
    """A workbook with a sheet per table, each with the title above its header."""
    of_sheets(path, {name: _sheet(table, style, title) for name, table in tables.items()})


def of_sheets(path: Path, content: dict[str, str]) -> None:
    """A workbook with these sheets: name and XML."""
    names = list(content)
    sheets = {f"xl/worksheets/sheet{n}.xml": content[name] for n, name in enumerate(names, 1)}
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(_link(n, "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1))
    links += _link(len(names) + 1, "styles", "styles.xml")
    overrides = _override("xl/workbook.xml", "sheet.main") + _override("xl/styles.xml", "styles")
    overrides += "".join(_override(member, "worksheet") for member in sheets)
    files = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{_link(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{links}</Relationships>",
        "xl/styles.xml": STYLES,
        **sheets,
    }
    archive.write(path, {name: content.encode() for name, content in files.items()})


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _override(member: str, kind: str) -> str:
    return f'<Override PartName="/{member}" ContentType="{TYPES}.{kind}+xml"/>'


def _sheet(table: pa.Table, style: Style, title: str) -> str:
    header = "".join(text_cell(name) for name in table.column_names)
    cells = [
        _cells(table[name], text) for name, text in zip(table.column_names, worded(table, style), strict=True)
    ]
    rows = pc.binary_join_element_wise(*cells, "").to_pylist() if len(table) else []
    return sheet([*([text_cell(title)] if title else []), header, *rows])


def sheet(rows: Iterable[str]) -> str:
    """The XML of a sheet; each row is its cells, as XML."""
    body = "".join(f"<row>{row}</row>" for row in rows)
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def text_cell(text: str) -> str:
    """A cell with text."""
    return f'<c t="inlineStr"><is><t>{escape(text, quote=False)}</t></is></c>'


def _cells(column: pa.ChunkedArray, text: pa.ChunkedArray) -> pa.ChunkedArray:
    """One column as cells of the sheet; a missing value is an empty cell."""
    kind = column.type
    if pa.types.is_date(kind):
        number = pc.add(column.cast(pa.int32()), EXCEL_EPOCH).cast(pa.string())
        cells = pc.binary_join_element_wise(f'<c s="{DATE_STYLE}"><v>', number, "</v></c>", "")
    elif pa.types.is_decimal(kind) or pa.types.is_integer(kind):
        cells = pc.binary_join_element_wise("<c><v>", column.cast(pa.string()), "</v></c>", "")
    else:
        safe = pc.replace_substring(pc.replace_substring(text, "&", "&amp;"), "<", "&lt;")
        cells = pc.binary_join_element_wise('<c t="inlineStr"><is><t>', safe, "</t></is></c>", "")
    return pc.fill_null(cells, "<c/>")
