"""The table as CSV: the header is the first line, and nothing stands before or after it."""

import csv
import io
from datetime import date
from decimal import Decimal

from pages.files import table as tables
from pages.files.figure import Figure
from pages.files.table import Table, Value
from pages.text.words import Words

LINE_END = "\r\n"


def separators(words: Words) -> tuple[str, str]:
    """Between cells and before decimals, as a spreadsheet of the language reads it: `;` and `,` in German."""
    decimal, _ = words.separators
    return (";" if decimal == "," else ","), decimal


def written(figure: Figure) -> bytes:
    """The file of a figure, as UTF-8 with the mark by which Excel knows it."""
    return of(tables.of(figure), figure.words)


def of(table: Table, words: Words) -> bytes:
    """A table as CSV. A cell without a number is empty; days are written 2026-09-30."""
    between, decimal = separators(words)
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=between, lineterminator=LINE_END)
    lines.writerow(field.name for field in table.fields)
    lines.writerows([_cell(value, decimal) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text.replace(".", decimal)
    return str(value)
