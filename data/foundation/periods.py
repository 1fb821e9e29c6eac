"""The periods: years, their quarters, and the months of these; how each is written, and what it lies in.

A period is read here and nowhere else. `queries/staging/periods.sql` has the same parents as a table.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

# Every grain, the longest first, with the number of its periods in a year.
GRAINS = {"year": 1, "quarter": 4, "month": 12}
WRITTEN = re.compile(r"(?P<year>20\d\d)(-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Period:
    """One period: `number` counts from 1 within its year, so 2026-Q3 is number 3 of 2026."""

    year: int
    grain: str
    number: int

    def __str__(self) -> str:
        if self.grain == "year":
            return f"{self.year}"
        return f"{self.year}-Q{self.number}" if self.grain == "quarter" else f"{self.year}-{self.number:02d}"

    @property
    def parent(self) -> "Period | None":
        """The period that this one lies in: a month in its quarter, a quarter in its year, a year in none."""
        longer = list(GRAINS)[: list(GRAINS).index(self.grain)]
        if not longer:
            return None
        many = GRAINS[self.grain] // GRAINS[longer[-1]]
        return Period(self.year, longer[-1], (self.number - 1) // many + 1)

    @property
    def position(self) -> int:
        """Counts the periods of a grain without a gap, so that the one after this is one more."""
        return self.year * GRAINS[self.grain] + self.number - 1

    def within(self, grain: str) -> "Period | None":
        """The period of a grain that this one is or lies in; None if it is longer."""
        found: Period | None = self
        while found and found.grain != grain:
            found = found.parent
        return found


@lru_cache(maxsize=1024)
def read(code: str) -> Period | None:
    """The period that is written 2026, 2026-Q3 or 2026-09; None if it is none."""
    found = WRITTEN.fullmatch(code)
    if not found:
        return None
    for grain in ("quarter", "month"):
        if found[grain]:
            return Period(int(found["year"]), grain, int(found[grain]))
    return Period(int(found["year"]), "year", 1)


def at(position: int, grain: str) -> Period:
    """The period of a grain at a position, as `Period.position` counts."""
    year, before = divmod(position, GRAINS[grain])
    return Period(year, grain, before + 1)


def grain(code: str) -> str | None:
    """`year`, `quarter` or `month`; None if it is no period."""
    found = read(code)
    return found.grain if found else None
