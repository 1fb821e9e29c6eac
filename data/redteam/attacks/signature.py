"""Attack 4: the same people are the same figure everywhere, and so is what changes when one person comes.

Standing: a category with the figure of its total, or one category per breakdown with the same figure, would
be one group's whole profile. Moving: if exactly one category of each breakdown changes from one quarter to
the next, one person may have come or gone, who is in each of them.
"""

from typing import Any

from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import NAMED, entry

LEAST = 20  # patterns of a kind that an attacker must have seen to be sure of it

STANDING = """
    select count(*) filter (p.y = c.y), count(*) from cells as p join cells as c
        on c.what = 'cases.active_cases' and c.area = p.area and c.period = p.period
    where p.what = 'people.active_cases' and p.y > 0 and c.y > 0
"""
MOVING = """
    with numbered as (
        select *, dense_rank() over (order by period) as nth
        from r.marts.periods where period_grain = 'quarter'
    ),
    people as (
        select k.area, k.sub, k.label, k.y, k.n, q.nth from cells as k join numbered as q using (period)
        where k.what = 'people.active_cases' and k.level = 'gemeinde'
    ),
    breakdowns as (
        select a.area, a.nth, a.sub,
            count(*) filter (a.y > 0 and b.y > 0) as seen,
            count(*) filter (a.y > 0 and b.y > 0 and a.y <> b.y) as moved,
            sum(abs(a.n - b.n)) as truly,
            sum(abs(a.n - b.n)) filter (a.y > 0 and b.y > 0 and a.y <> b.y) as truly_moved,
        from people as a join people as b
            on a.area = b.area and a.sub = b.sub and a.label = b.label and b.nth = a.nth - 1
        group by all
    ),
    patterns as (
        select area, nth, count(*) filter (moved = 1) as moved_once, count(*) filter (moved = 0) as unmoved,
            sum(seen) as seen, bool_and(truly = 1) as one_person
        from breakdowns where seen > 0 group by all having max(moved) = 1
    )
    select moved_once, unmoved, seen, count(*), avg(one_person::int) from patterns group by all
"""


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
