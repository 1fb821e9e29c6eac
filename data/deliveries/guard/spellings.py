"""How names and dates of birth are written where a pseudonym is made of them, in SQL."""

from itertools import permutations

SEPARATORS = ("", " ", ", ", ",", "_", "-", ".")
PATTERNS = ("%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d.%m.%y", "%d-%m-%Y", "%d/%m/%Y", "%y%m%d")
DAYS = tuple(f"strftime(day, '{pattern}')" for pattern in PATTERNS)
READ = "['%d.%m.%Y', '%Y-%m-%d', '%d.%m.%y', '%d/%m/%Y', '%Y%m%d']"
MOST = 3  # columns of names that are put together


def in_row(names: list[str], days: list[str]) -> str:
    """SQL for the list of everything that these columns of names and dates can be written as in one row."""
    spelt = [*names[:MOST]]
    for first, second in permutations(names[:MOST], 2):
        spelt += [f"{first} || '{separator}' || {second}" for separator in SEPARATORS]
    dates = [written for day in days for written in _day(day)]
    both = [
        f"{one} || '{separator}' || {other}"
        for written in spelt[:MOST]
        + [each for each in spelt[MOST:] if " || '' || " in each or " || ' ' || " in each]
        for day in dates
        for separator in ("", " ", "_", "-")
        for one, other in ((written, day), (day, written))
    ]
    every = [*spelt, *both]
    cases = [*every, *(f"lower({each})" for each in every), *(f"upper({each})" for each in every), *dates]
    return f"[{', '.join(cases)}]"


def _day(column: str) -> list[str]:
    read = f"try_strptime({column}, {READ})"
    return [column, *(f"strftime({read}, '{pattern}')" for pattern in PATTERNS)]
