"""Which periods a place can have: months from Kreis upward, quarters and years for municipalities too.

Source of the rule: the list of tables of a release, which holds no months of municipalities. Exact figures
have them.
"""

from collections.abc import Sequence

from data.filters import Filters
from data.publish import Audience
from pages.parts import reader

MUNICIPALITY = 8  # digits of its code
MONTH = 7  # letters of 2026-09, and no Q among them


def is_month(period: str) -> bool:
    """Whether a period is a month."""
    return len(period) == MONTH and "Q" not in period


def quarter(month: str) -> str:
    """The quarter in which a month lies: 2026-09 is in 2026-Q3."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def too_fine(period: str, *codes: str | None) -> bool:
    """Whether this period is not published for one of these areas."""
    municipality = any(code and len(code) == MUNICIPALITY for code in codes)
    return is_month(period) and municipality and reader.audience() is Audience.PUBLIC


def offered(periods: Sequence[str], chosen: Filters) -> tuple[str, ...]:
    """The periods that can be chosen for the area and its comparison."""
    return tuple(each for each in periods if not too_fine(each, chosen.area_code, chosen.compare))
