"""Numbers for what a cite code names: figures, areas, choices and periods.

A code that was printed is read for ever, so a number is never given a second time: two files, one of them
of the Land, get new lines at their end, and none is ever moved or taken out. Periods are numbered by the
calendar.
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from data.foundation import land, periods

FILE = Path(__file__).parents[1] / "reference" / "numbering.csv"
OF_LAND = land.folder() / "numbering.csv"  # its areas and programmes
FIRST_YEAR = 2017
# In each year: itself, its quarters and months, the phase and the programme that end with it; one is free.
SLOTS = 20
QUARTERS, MONTHS, PHASE, PROGRAMME = 1, 5, 17, 18


@lru_cache(maxsize=1)
def _numbered() -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for path in (FILE, OF_LAND):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                of_kind = found.setdefault(row["kind"], {})
                of_kind[row["code"]] = len(of_kind) + 1
    return found


def numbers(kind: str) -> Mapping[str, int]:
    """The number of each code of a kind (figure, area, measure, level, …), from 1 on."""
    return _numbered()[kind]


@lru_cache(maxsize=16)
def codes(kind: str) -> Mapping[int, str]:
    """The same the other way round."""
    return {number: code for code, number in numbers(kind).items()}


def of_period(code: str) -> int | None:
    """The number of a period, from 1 on; None of what is none, or lies before the first year."""
    found = periods.read(code)
    if found is None or found.year < FIRST_YEAR:
        return None
    slot = {
        "year": 0,
        "quarter": QUARTERS + found.number - 1,
        "month": MONTHS + found.number - 1,
        "phase": PHASE,
        "programme": PROGRAMME,
    }[found.grain]
    return 1 + (found.year - FIRST_YEAR) * SLOTS + slot


def period(number: int) -> str | None:
    """The period of a number; None if it is that of none."""
    if number < 1:
        return None
    year, slot = divmod(number - 1, SLOTS)
    year += FIRST_YEAR
    if slot == PHASE:
        code = next((str(each) for each in periods.phases() if each.year == year), "")
    elif slot == PROGRAMME:
        code = f"{periods.phases()[0].first_year}-{year}"
    elif slot >= MONTHS:
        code = f"{year}-{slot - MONTHS + 1:02d}"
    else:
        code = f"{year}-Q{slot}" if slot else str(year)
    return code if of_period(code) == number else None
