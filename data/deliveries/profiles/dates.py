"""Date patterns: `MM/TT/JJJJ` or `D.M.YYYY *`, and the SQL that makes TT.MM.JJJJ of what is written so."""

import re

from data.sql import text

# Two-digit years are left out on purpose: 1.4.25 may be 1925.
PARTS = {
    "TT": ("day", r"(\d{2})"), "DD": ("day", r"(\d{2})"),
    "T": ("day", r"(\d{1,2})"), "D": ("day", r"(\d{1,2})"),
    "MM": ("month", r"(\d{2})"), "M": ("month", r"(\d{1,2})"),
    "JJJJ": ("year", r"(\d{4})"), "YYYY": ("year", r"(\d{4})"), "*": ("rest", ".*"),
}  # fmt: skip
TOKEN = re.compile(r"JJJJ|YYYY|TT|DD|MM|T|D|M|\*|[^A-Za-z0-9]")


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
    found = {part: f"regexp_extract({value}, {text(form)}, {at[part]})" for part in groups}
    written = " || '.' || ".join(
        (f"lpad({found['day']}, 2, '0')", f"lpad({found['month']}, 2, '0')", found["year"])
    )
    return f"case when regexp_full_match({value}, {text(form)}) then {written} else {value} end"


def _order(tokens: list[str]) -> list[str]:
    return [PARTS[token][0] for token in tokens if token in PARTS]
