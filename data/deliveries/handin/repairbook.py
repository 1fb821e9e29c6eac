"""The workbook by which an office repairs its rows: all findings, and the rows with the cells marked.

It repeats texts of a stranger's file, so none of them may be run as a formula.
"""

import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from data.deliveries.format.findings import FaultyRows, Finding, phrase
from data.deliveries.handin.results import Checked
from data.foundation.languages import in_one

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[\d.,]*( ?€)?|-")  # begins like a formula but is none
LONGEST = 32_767  # characters that a cell of a spreadsheet holds
WIDTHS = {
    "delivery": 22, "severity": 18, "rule": 18, "file": 18, "sheet": 12, "line": 12,
    "column": 22, "value": 22,
}  # fmt: skip
WIDTH = 60  # of a column of sentences: two for each language stand behind those above
FILLS = {"fault": "F4B6B6", "warning": "FFE29A", "notice": "CFE3F5"}  # the most severe first
TITLE = 31  # characters of the name of a sheet
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def workbook(results: Sequence[Checked]) -> Workbook:
    """One sheet with all findings, then one for each file with the rows that any of them is about."""
    book = Workbook()
    _findings(book.active, results)
    for result in results:
        files = [(rows.file, rows.sheet) for rows in result.faulty]
        for rows in result.faulty:
            # One file may hold several tables; a finding then belongs to those that have its column.
            alone = files.count((rows.file, rows.sheet)) == 1
            _rows(book.create_sheet(_title(book, rows)), rows, result.findings, alone)
    return book


def escaped(text: object) -> str:
    """A text that no spreadsheet runs as a formula and every workbook can hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub(" ", str(text))[: LONGEST - 1]
    runs = clean.lstrip(" ").startswith(FORMULA) and not NUMBER.fullmatch(clean)
    return f"'{clean}" if runs else clean


def _findings(sheet: Worksheet, results: Sequence[Checked]) -> None:
    sheet.title = " – ".join(phrase("heading-findings").values())
    said, remedy = phrase("heading-message"), phrase("heading-remedy")
    sentences = [heading for language in said for heading in (said[language], remedy[language])]
    headings = [*(_in_each(f"heading-{name}") for name in WIDTHS), *sentences]
    _header(sheet, headings, [*WIDTHS.values(), *([WIDTH] * len(sentences))])
    listed = [(result, each) for result in results for each in _most_severe_first(result.findings)]
    for row, (result, each) in enumerate(listed, start=2):
        cells = [
            result.path.replace("\\", "/").rsplit("/", 1)[-1],
            _in_each(each.severity), each.rule, each.file, each.sheet, each.line, each.column, each.value,
            *(in_one(text, language) for language in said for text in (each.message, each.remedy)),
        ]  # fmt: skip
        _write(sheet, row, cells)
        sheet.cell(row, 2).fill = _fill(each.severity)


def _rows(sheet: Worksheet, rows: FaultyRows, findings: Sequence[Finding], alone: bool) -> None:
    _header(sheet, [_in_each("heading-line"), *rows.columns], [14] + [20] * len(rows.columns))
    places: dict[int | None, list[int]] = {}
    for number, (line, cells) in enumerate(rows.cells, start=2):
        _write(sheet, number, [line, *cells])
        places.setdefault(line, []).append(number)
    for each in _most_severe_first(findings):
        if (each.file, each.sheet) == (rows.file, rows.sheet) and each.line in places:
            column = _column(rows.columns, each.column or "") or (1 if alone else None)
            if column is None:
                continue
            # A profile may make several rows of one line: the one with the value is meant.
            same = [row for row in places[each.line] if sheet.cell(row, column).value == each.value]
            _mark(sheet.cell((same or places[each.line])[0], column), each)


def _column(columns: Sequence[str], named: str) -> int | None:
    """Where the column of a finding stands, if it is one of these."""
    for number, column in enumerate(columns, start=2):
        if re.fullmatch(re.escape(column).replace(re.escape("{n}"), r"\d+"), named):
            return number
    return None


def _mark(cell: Cell, finding: Finding) -> None:
    said = "\n\n".join(f"{text}\n{in_one(finding.remedy, name)}" for name, text in finding.message.items())
    if cell.comment:  # the first finding of a cell, the most severe, gives the colour
        said = f"{cell.comment.text}\n\n{said}"
    else:
        cell.fill = _fill(finding.severity)
    cell.comment = Comment(said, "Datenprüfung", width=420, height=180)


def _header(sheet: Worksheet, names: Sequence[str], widths: Sequence[int]) -> None:
    _write(sheet, 1, names)
    for cell, width in zip(sheet[1], widths, strict=True):
        cell.font = BOLD
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"


def _write(sheet: Worksheet, row: int, cells: Sequence[object]) -> None:
    """A row of texts and whole numbers; openpyxl would make a formula of a text that begins with =."""
    for column, content in enumerate(cells, start=1):
        if content is not None:
            cell = sheet.cell(row, column, content if isinstance(content, int) else escaped(content))
            cell.alignment = WRAPPED


def _most_severe_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: list(FILLS).index(each.severity))


def _in_each(name: str) -> str:
    """A heading or a word in every language: offices and operators read the same workbook."""
    return " / ".join(phrase(name).values())


def _fill(severity: str) -> PatternFill:
    return PatternFill("solid", start_color=FILLS[severity])


def _title(book: Workbook, rows: FaultyRows) -> str:
    name = re.sub(r"[\[\]:*?/\\']", "-", f"{rows.file} {rows.sheet or ''}".strip())[: TITLE - 3]
    taken = {title.lower() for title in book.sheetnames}
    tries = [name, *(f"{name} {number}" for number in range(2, len(taken) + 3))]
    return next(title for title in tries if title.lower() not in taken)
