"""Goals of the integration plans: areas differ clearly in how often and how soon they are attained."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.drawing import MONTH, NEVER, Flags, Integers, happens, pick, pick_by
from data.demo.persons import Persons
from data.demo.spells import Plans, Spells

# Rows: adults, 15-17, under 15. Columns: the goal areas in the order of the export format.
WISHES = [
    [27, 4, 9, 20, 7, 4, 15, 6, 6, 2],
    [26, 22, 24, 3, 0, 1, 5, 5, 12, 2],
    [12, 30, 0, 0, 0, 0, 5, 9, 14, 30],
]
# Per goal area: share attained in the end, typical months to get there.
ATTAINED = np.array([0.66, 0.74, 0.50, 0.42, 0.52, 0.55, 0.33, 0.70, 0.76, 0.82])
MONTHS = np.array([11.0, 8.0, 15.0, 17.0, 14.0, 12.0, 22.0, 6.0, 5.0, 4.0])
NEW, PROPOSED, AGREED, RUNNING, STOPPED, ATTAINED_STATUS, MISSED = range(7)


@dataclass(frozen=True)
class Goals:
    """Per goal: position of its case, codes of area and status, and the three days."""

    case: Integers
    area: Integers
    status: Integers
    agreed: Integers
    due: Integers
    decided: Integers

    def table(self, rng: np.random.Generator, case_ids: pa.Array) -> pa.Table:
        """The table ziele."""
        return pa.table(
            {
                "ziel_id": arrow_columns.pseudonyms(rng, len(self.case)),
                "fall_id": case_ids.take(pa.array(self.case)),
                "zielbereich": arrow_columns.choice(self.area, drawing.values_of("zielbereich")),
                "zielstatus": arrow_columns.choice(self.status, drawing.values_of("zielstatus")),
                "vereinbart_am": arrow_columns.days(self.agreed),
                "frist": arrow_columns.days(self.due),
                "abgeschlossen_am": arrow_columns.days(self.decided),
            }
        )


def drawn(
    rng: np.random.Generator, spells: Spells, persons: Persons, plans: Plans, progress: Integers
) -> Goals:
    """One to five goals per plan. Cases with `progress` 1 (instead of 0) attain more of them."""
    planned = np.flatnonzero(plans.written != NEVER)
    number = 1 + rng.binomial(4, 0.32, len(planned))
    case = np.repeat(planned, number)
    count = len(case)
    group = np.where(persons.age[case] >= 18, 0, np.where(persons.age[case] >= 15, 1, 2))
    area = pick_by(rng, WISHES, group)
    room = spells.last[case] - plans.written[case]
    later = (rng.random(count) ** 2.2 * room).astype(np.int64)
    agreed = plans.written[case] + np.where(happens(rng, 0.6, count), 0, later)
    decided, attained = _decided(rng, area, agreed, progress[case])
    # When a case ends, about half of the goals that are still open are judged on that day.
    judged = (decided > spells.last[case]) & (spells.closed[case] != NEVER) & happens(rng, 0.5, count)
    decided = np.where(judged, spells.last[case], decided)
    attained = np.where(judged, attained & happens(rng, 0.55, count), attained)
    known = decided <= spells.last[case]
    due = agreed + (np.round(rng.lognormal(np.log(MONTHS[area]), 0.35) / 3 + 0.5) * 3 * MONTH).astype(
        np.int64
    )
    early = ~known & (plans.written[case] + 90 > spells.last[case]) & happens(rng, 0.6, count)
    waiting = np.array([AGREED, RUNNING, STOPPED])[pick(rng, [22, 63, 15], count)]
    proposed = np.array([NEW, PROPOSED])[pick(rng, [45, 55], count)]
    status = np.where(known, np.where(attained, ATTAINED_STATUS, MISSED), np.where(early, proposed, waiting))
    return Goals(
        case=case,
        area=area,
        status=status,
        agreed=np.where(early, NEVER, agreed),
        due=np.where(early | happens(rng, 0.14, count), NEVER, due),
        decided=np.where(known, decided, NEVER),
    )


def _decided(
    rng: np.random.Generator, area: Integers, agreed: Integers, progress: Integers
) -> tuple[Integers, Flags]:
    count = len(area)
    office = rng.normal(0, 0.04)
    attained = happens(rng, np.clip(ATTAINED[area] * (0.86 + 0.28 * progress) + office, 0.05, 0.96), count)
    # Giving a goal up takes longer than reaching it.
    months = MONTHS[area] * np.where(attained, 1.0, 1.6) * rng.weibull(1.4, count) * 1.15
    # A part is never decided: the plan was not taken up again.
    months = np.where(happens(rng, 0.10, count), 900.0, months)
    return agreed + (months * MONTH).astype(np.int64) + 7, attained
