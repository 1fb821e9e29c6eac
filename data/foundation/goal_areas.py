"""The areas that goals are agreed in, the themes that they belong to, and how both nest.

A theme of one area is that area: Sprache and Wohnung lie in the total, like the themes.
"""

import csv
from functools import lru_cache

from data.foundation import areas, land

FILE = land.folder() / "goal_areas.csv"
TOTAL = "gesamt"


@lru_cache(maxsize=1)
def parents() -> dict[str, str]:
    """What each goal area and theme lies in, in the order of the file; the total lies in nothing."""
    with FILE.open(encoding="utf-8") as lines:
        return {row["goal_area"]: row["parent"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=1)
def themes() -> tuple[str, ...]:
    """The total and all that lies in it: what places smaller than a Kreis have goals by."""
    return (TOTAL, *(name for name, parent in parents().items() if parent == TOTAL))


def above(name: str) -> list[str]:
    """All that a goal area or theme lies in, the smallest first; a name that is none lies in nothing."""
    found = []
    while name := parents().get(name, ""):
        found.append(name)
    return found


def offered(level: str) -> tuple[str, ...]:
    """What areas of a level have goals by: from the Kreis upward every area, below it themes."""
    return tuple(parents()) if areas.by_month(level) else themes()
