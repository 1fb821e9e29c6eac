"""Which periods a place can have: months from Kreis upward, quarters and years for municipalities too.

Source of the rule: the list of tables of a release, which holds no months of municipalities. Exact figures
have them.
"""

from collections.abc import Sequence

from data import areas, periods
from data.filters import Filters
from data.publish import Audience
from pages.parts import reader


def is_month(period: str) -> bool:
    """Whether a period is a month."""
    return periods.grain(period) == "month"


def quarter(period: str) -> str:
    """The quarter in which a month lies: 2026-09 is in 2026-Q3. What is no month stays as it is."""
    found = periods.read(period)
    return str((found and found.within("quarter")) or period)


def too_fine(period: str, *codes: str | None) -> bool:
    """Whether this period is not published for one of these areas."""
    small = any(code and not areas.by_month(areas.level(code)) for code in codes)
    return is_month(period) and small and reader.audience() is Audience.PUBLIC


def offered(periods: Sequence[str], chosen: Filters) -> tuple[str, ...]:
    """The periods that can be chosen for the area and its comparison."""
    return tuple(each for each in periods if not too_fine(each, chosen.area_code, chosen.compare))
