"""The periods: programme, funding phases, years, quarters and months; how they are written and nest.

A period is read here and nowhere else. `queries/staging/periods.sql` has the same parents as a table, of
those that are complete. The programme so far is all closed phases together and has its span as its code, so
that an old link never changes its meaning.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from data.foundation import land

FILE = land.folder() / "phases.csv"
GRAINS = ("programme", "phase", "year", "quarter", "month")  # every grain, the longest first
IN_A_YEAR = {"year": 1, "quarter": 4, "month": 12}
WRITTEN = re.compile(
    r"(?P<first>20\d\d)-(?P<last>20\d\d)|(?P<year>20\d\d)(-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
)


@dataclass(frozen=True)
class Period:
    """One period, from `first_year` to `year`, the same one but for phases and the programme.

    `number` counts from 1 within the year: 2026-Q3 is number 3 of 2026.
    """

    year: int
    grain: str
    number: int
    first_year: int

    def __str__(self) -> str:
        if self.grain in ("programme", "phase"):
            return f"{self.first_year}-{self.year}"
        if self.grain == "year":
            return f"{self.year}"
        return f"{self.year}-Q{self.number}" if self.grain == "quarter" else f"{self.year}-{self.number:02d}"

    @property
    def parent(self) -> "Period | None":
        """The period that this one lies in: a month in its quarter, a quarter in its year, that in its phase.

        None of a phase: what programme it lies in is told by the phases that are closed; see `nested`.
        """
        if self.grain in ("programme", "phase"):
            return None
        if self.grain == "year":
            return next((each for each in phases() if each.covers(self)), None)
        longer = GRAINS[GRAINS.index(self.grain) - 1]
        many = IN_A_YEAR[self.grain] // IN_A_YEAR[longer]
        return _in_year(self.year, longer, (self.number - 1) // many + 1)

    @property
    def position(self) -> int:
        """Counts the periods of a grain without a gap, so that the one after this is one more."""
        if self.grain == "phase":
            return phases().index(self)
        return 0 if self.grain == "programme" else self.year * IN_A_YEAR[self.grain] + self.number - 1

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.first_year, (self.number - 1) * self._months + 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        after = self.number * self._months
        return date(self.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)

    @property
    def _months(self) -> int:
        """How many months of its last year it has."""
        return 12 // IN_A_YEAR.get(self.grain, 1)

    def within(self, grain: str) -> "Period | None":
        """The period of a grain that this one is or lies in; None if it is longer, or no phase has it."""
        found: Period | None = self
        while found and found.grain != grain:
            found = found.parent
        return found

    def covers(self, other: "Period") -> bool:
        """Whether all years of another period are among those of this one."""
        return self.first_year <= other.first_year and other.year <= self.year


def month_no(day: date) -> int:
    """Counts the months without a gap."""
    return day.year * 12 + day.month


@lru_cache(maxsize=1)
def phases() -> tuple[Period, ...]:
    """The funding phases of the programme, the oldest first."""
    with FILE.open(encoding="utf-8") as lines:
        return tuple(
            Period(int(row["last_year"]), "phase", 1, int(row["first_year"])) for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=1024)
def read(code: str) -> Period | None:
    """The period that is written 2018-2024, 2026, 2026-Q3 or 2026-09; None if it is none."""
    found = WRITTEN.fullmatch(code)
    if not found:
        return None
    if found["first"]:
        return _of_phases(int(found["first"]), int(found["last"]))
    for grain in ("quarter", "month"):
        if found[grain]:
            return _in_year(int(found["year"]), grain, int(found[grain]))
    return _in_year(int(found["year"]), "year", 1)


def at(position: int, grain: str) -> Period:
    """The period of a grain at a position, as `Period.position` counts; of programmes there is one."""
    if grain == "phase":
        return phases()[position]
    year, before = divmod(position, IN_A_YEAR[grain])
    return _in_year(year, grain, before + 1)


def grain(code: str) -> str | None:
    """One of `GRAINS`; None if it is no period."""
    found = read(code)
    return found.grain if found else None


def nested(codes: Iterable[str]) -> dict[str, list[Period]]:
    """Each of these periods with all that it lies in among them, the shortest first."""
    every = [found for code in codes if (found := read(code))]
    return {str(each): _above(each, every) for each in every}


def _above(period: Period, every: Iterable[Period]) -> list[Period]:
    of_year = {str(period.within(grain)) for grain in GRAINS}
    longer = [
        each
        for each in every
        if each != period and (str(each) in of_year or (each.grain == "programme" and each.covers(period)))
    ]
    return sorted(longer, key=lambda each: GRAINS.index(each.grain), reverse=True)


def _in_year(year: int, grain: str, number: int) -> Period:
    return Period(year, grain, number, year)


def _of_phases(first: int, last: int) -> Period | None:
    """A phase, or several from the first one on: the programme."""
    known = phases()
    for phase in known:
        if (phase.first_year, phase.year) == (first, last):
            return phase
    if first == known[0].first_year and last in [each.year for each in known[1:]]:
        return Period(last, "programme", 1, first)
    return None
