"""What a reader has chosen. A field here, a `$parameter`, a widget key and a URL parameter are one name."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from data.foundation import areas, land, periods


@dataclass(frozen=True)
class Filters:
    """One reader's choices: immutable, and so part of the key under which an answer is kept.

    `edition` pins the version of the figures, so that one page never mixes two of them; None is the
    newest. `period` is written 2026, 2026-Q3 or 2026-09, and so is `since`, an earlier one to look at beside
    it. `compare` is an area to stand beside the first, or several with commas between them, where a question
    says so. `grouping` is the code of a group of municipalities that this edition has; it stands instead of
    an area, which is the Land then. `kind` is what the cases of a list need, on the page Steuerung.
    """

    area_code: str = areas.LAND
    compare: str | None = None
    period: str | None = None
    goal_area: str = "gesamt"
    level: str = "gemeinde"
    programme: str = land.own().main
    since: str | None = None
    edition: str | None = None
    grouping: str | None = None
    kind: str | None = None

    @property
    def compared(self) -> tuple[str, ...]:
        """The areas to compare with."""
        return tuple(self.compare.split(",")) if self.compare else ()

    @property
    def here(self) -> dict[str, Any]:
        """The row of the chosen area, as `Published.where` takes it."""
        return {"area_code": self.area_code}

    @property
    def now(self) -> dict[str, Any]:
        """The row of the chosen area and period, as `Published.where` takes it."""
        return {"area_code": self.area_code, "period": self.period}

    @property
    def this_year(self) -> dict[str, Any]:
        """The row of the chosen area and the budget year of the period."""
        return {"area_code": self.area_code, "budget_year": self.budget_year}

    @property
    def budget_year(self) -> int | None:
        """The budget year in which the chosen period lies."""
        found = periods.read(self.period) if self.period else None
        return found.year if found else None

    @property
    def cohort(self) -> str | None:
        """The goals of which a figure of the period tells: those agreed a year before, of a phase its own."""
        found = periods.read(self.period) if self.period else None
        if found is None or found.grain in ("phase", "programme"):
            return self.period
        return str(periods.at(found.position - periods.IN_A_YEAR[found.grain], found.grain))

    @property
    def kreis_holds_funds(self) -> bool:
        """Whether money and posts of the chosen municipality stand with its Kreis, as they do since 2025."""
        kreis = areas.above(self.area_code, areas.KREIS)
        # A Stadtkreis is the same place as its one municipality.
        larger = kreis is not None and not areas.is_town(kreis)
        return larger and self.recipient_level == areas.KREIS

    @property
    def recipient_level(self) -> str:
        """Who received the money that year: municipalities until 2024, only Kreise since (rule of 2025)."""
        return "kreis" if (self.budget_year or 0) >= 2025 else "gemeinde"

    def of_full_year(self, day: date) -> "Filters":
        """The same choices for money: the last full year, where that of the period still runs on this day."""
        running = running_year(day)
        return replace(self, period=str(running - 1)) if (self.budget_year or 0) >= running else self

    def values(self) -> dict[str, str | None]:
        """Name and value of every choice that a query may use as a parameter."""
        return {name: value for name, value in asdict(self).items() if name != "edition"}


def running_year(day: date) -> int:
    """The budget year that is not over on this day: its money is not all booked."""
    return (day + timedelta(days=1)).year


NAMES = tuple(field.name for field in fields(Filters) if field.name != "edition")
