"""Who was counselled before: about one in twenty who left comes back, most of them soon.

The case before is one of the same office that had ended, of somebody of the same origin and sex, so that the
two can be one person's. These draws came later than all others and share none with them.
"""

import numpy as np
import pyarrow as pa

from data.demo.cases import Counselled
from data.demo.drawing import NEVER, Integers, happens, months_later

RETURNS = 0.06  # of those who left; some find no case that fits
MONTHS = 9.0
LOOKED_AT = 60  # cases from the day of the return on
PLACE = 2  # behind fall_id and ags


def added(rng: np.random.Generator, faelle: pa.Table, counselled: Counselled) -> pa.Table:
    """The table faelle with `fruehere_fall_id`."""
    earlier = _earlier(rng, counselled)
    ids = counselled.case_ids.take(pa.array(earlier, mask=earlier < 0))
    return faelle.add_column(PLACE, "fruehere_fall_id", ids)


def _earlier(rng: np.random.Generator, counselled: Counselled) -> Integers:
    """Per case the position of the same person's earlier one, or -1."""
    spells, persons = counselled.spells, counselled.persons
    count = len(spells.opened)
    gone = np.flatnonzero((spells.closed != NEVER) & happens(rng, RETURNS, count))
    back = spells.closed[gone] + months_later(rng, MONTHS, len(gone))
    alike = persons.country * 3 + persons.sex
    by_day = np.argsort(spells.opened, kind="stable")
    opened = spells.opened[by_day]
    earlier = np.full(count, -1, dtype=np.int64)
    for before, day in zip(gone.tolist(), back.tolist(), strict=True):
        # The first who is alike, begins from that day on, and is nobody's return yet.
        first = int(np.searchsorted(opened, day))
        later = by_day[first : first + LOOKED_AT]
        fitting = later[(alike[later] == alike[before]) & (earlier[later] < 0)]
        if len(fitting):
            earlier[fitting[0]] = before
    return earlier
