"""Attack 4: the same people are the same figure everywhere, and so is what changes when one person comes.

Standing: a category with the figure of its total, or one category per breakdown with the same figure, would
be one group's whole profile. Moving: if exactly one category of each breakdown changes from one quarter to
the next, one person may have come or gone, who is in each of them.
"""

from typing import Any

from data.foundation import sql
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import NAMED, entry

LEAST = 20  # patterns of a kind that an attacker must have seen to be sure of it
STANDING = sql.beside(__file__, "signature_standing")
MOVING = sql.beside(__file__, "signature_moving")


def attack(found: Opened) -> dict[str, Any]:
    """Passes if no figure is its total's, and no pattern of change tells of one person with P >= 0.9."""
    ((same, pairs),) = found.rows(STANDING)
    kinds = found.rows(MOVING)
    sure = [row for row in kinds if row[3] >= LEAST and row[4] >= NAMED]
    wide: dict[tuple[int, int], list[float]] = {}
    for once, unmoved, _, number, share in kinds:
        seen = wide.setdefault((once, unmoved), [0, 0])
        seen[0] += number
        seen[1] += number * share
    surest = max((one / number for number, one in wide.values() if number >= LEAST), default=0.0)
    return entry(
        4,
        "same-set signature",
        not same and not sure and surest < NAMED,
        compared=pairs,
        figure_of_the_total=same,
        patterns_of_one_change=sum(row[3] for row in kinds),
        surest_pattern=surest,
        profiled=sum(row[3] for row in sure),
    )
