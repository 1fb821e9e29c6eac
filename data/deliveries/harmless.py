"""Texts that leave in a workbook: none of them may be run as a formula."""

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[\d.,]*( ?€)?|-")  # begins like a formula but is none
LONGEST = 32_767  # characters that a cell of a spreadsheet holds


def escaped(text: object) -> str:
    """A text that no spreadsheet runs as a formula and every workbook can hold."""
    clean = ILLEGAL_CHARACTERS_RE.sub(" ", str(text))[: LONGEST - 1]
    runs = clean.lstrip(" ").startswith(FORMULA) and not NUMBER.fullmatch(clean)
    return f"'{clean}" if runs else clean
