"""Date patterns, `MM/TT/JJJJ` or `D.M.YYYY *`: which fit a file, and the SQL that makes TT.MM.JJJJ of them.

What fits is told from all dates of a file together; where two patterns fit it is a question.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from data.foundation.sql import literal

# Two-digit years are left out on purpose: 1.4.25 may be 1925.
PARTS = {
    "TT": ("day", r"(\d{2})"), "DD": ("day", r"(\d{2})"),
    "T": ("day", r"(\d{1,2})"), "D": ("day", r"(\d{1,2})"),
    "MM": ("month", r"(\d{2})"), "M": ("month", r"(\d{1,2})"),
    "JJJJ": ("year", r"(\d{4})"), "YYYY": ("year", r"(\d{4})"), "*": ("rest", ".*"),
}  # fmt: skip
TOKEN = re.compile(r"JJJJ|YYYY|TT|DD|MM|T|D|M|\*|[^A-Za-z0-9]")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( .*)?")
READ_ANYWAY = ("%d.%m.%Y", "%Y-%m-%d")  # the format's own ways
PATTERNS = {
    "MM/DD/YYYY": "%m/%d/%Y", "DD/MM/YYYY": "%d/%m/%Y", "YYYY/MM/DD": "%Y/%m/%d", "DD-MM-YYYY": "%d-%m-%Y",
    "MM-DD-YYYY": "%m-%d-%Y", "YYYY.MM.DD": "%Y.%m.%d", "D.M.YYYY": "%d.%m.%Y", "M/D/YYYY": "%m/%d/%Y",
    "D/M/YYYY": "%d/%m/%Y",
}  # fmt: skip


def sound(pattern: str) -> bool:
    """Whether day, month and year stand in the pattern, once each, and nothing else but signs between."""
    tokens = TOKEN.findall(pattern)
    parts = sorted(part for part in _order(tokens) if part != "rest")
    return "".join(tokens) == pattern and parts == ["day", "month", "year"]


def as_german(pattern: str, value: str) -> str:
    """SQL: the date in `value` (SQL) as TT.MM.JJJJ; what doesn't have the pattern stays as it is."""
    tokens = TOKEN.findall(pattern)
    form = "".join(PARTS[token][1] if token in PARTS else re.escape(token) for token in tokens)
    groups = [part for part in _order(tokens) if part != "rest"]
    at = {part: groups.index(part) + 1 for part in groups}
    found = {part: f"regexp_extract({value}, {literal(form)}, {at[part]})" for part in groups}
    written = " || '.' || ".join(
        (f"lpad({found['day']}, 2, '0')", f"lpad({found['month']}, 2, '0')", found["year"])
    )
    return f"case when regexp_full_match({value}, {literal(form)}) then {written} else {value} end"


def patterns(written: Iterable[str]) -> tuple[str, ...]:
    """All patterns in which every date makes sense; empty where none is needed, or none fits."""
    values = set(written)
    if not values or any(all(_reads(value, way, padded=True) for value in values) for way in READ_ANYWAY):
        return ()
    padded = [shown for shown in PATTERNS if "DD" in shown and _all(values, shown, padded=True)]
    return tuple(padded or (shown for shown in PATTERNS if "DD" not in shown and _all(values, shown, False)))


def _order(tokens: list[str]) -> list[str]:
    return [PARTS[token][0] for token in tokens if token in PARTS]


def _all(values: set[str], shown: str, padded: bool) -> bool:
    return all(_reads(value, PATTERNS[shown], padded) for value in values)


def _reads(value: str, way: str, padded: bool) -> bool:
    try:
        read = datetime.strptime(value, way)
    except ValueError:
        return False
    return not padded or read.strftime(way) == value
