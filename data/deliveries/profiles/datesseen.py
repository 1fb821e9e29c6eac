"""How the dates of a file are written, from all of them together; where two ways fit it is a question."""

import re
from collections.abc import Iterable
from datetime import datetime

DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( .*)?")
READ_ANYWAY = ("%d.%m.%Y", "%Y-%m-%d")  # the format's own ways
PATTERNS = {
    "MM/DD/YYYY": "%m/%d/%Y", "DD/MM/YYYY": "%d/%m/%Y", "YYYY/MM/DD": "%Y/%m/%d", "DD-MM-YYYY": "%d-%m-%Y",
    "MM-DD-YYYY": "%m-%d-%Y", "YYYY.MM.DD": "%Y.%m.%d", "D.M.YYYY": "%d.%m.%Y", "M/D/YYYY": "%m/%d/%Y",
    "D/M/YYYY": "%d/%m/%Y",
}  # fmt: skip


def patterns(written: Iterable[str]) -> tuple[str, ...]:
    """All patterns in which every date makes sense; empty where none is needed, or none fits."""
    values = set(written)
    if not values or any(all(_reads(value, way, padded=True) for value in values) for way in READ_ANYWAY):
        return ()
    padded = [shown for shown in PATTERNS if "DD" in shown and _all(values, shown, padded=True)]
    return tuple(padded or (shown for shown in PATTERNS if "DD" not in shown and _all(values, shown, False)))


def _all(values: set[str], shown: str, padded: bool) -> bool:
    return all(_reads(value, PATTERNS[shown], padded) for value in values)


def _reads(value: str, way: str, padded: bool) -> bool:
    try:
        read = datetime.strptime(value, way)
    except ValueError:
        return False
    return not padded or read.strftime(way) == value
