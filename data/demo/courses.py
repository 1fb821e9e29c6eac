"""A course: the values of one field over time, per case, as observations in order."""

from dataclasses import dataclass

import numpy as np

from data.demo.days import Whole
from data.demo.spells import Spells

Step = tuple[Whole, Whole]  # per case: the day of a change (NEVER = none) and the new code


@dataclass(frozen=True)
class Course:
    """All observations (case position, day, code), and per case the latest code and the day it began."""

    case: Whole
    day: Whole
    code: Whole
    latest: Whole
    changed: Whole


def followed(start: Whole, steps: list[Step], spells: Spells) -> Course:
    """Begin with `start` on the first day; take each step that is later, different and still on record."""
    cases = np.arange(len(start))
    latest, changed = start.astype(np.int64), spells.opened.copy()
    seen = [(cases, spells.opened, latest)]
    for days, codes in steps:
        taken = (days > changed) & (days <= spells.last) & (codes != latest)
        latest, changed = np.where(taken, codes, latest), np.where(taken, days, changed)
        seen.append((cases[taken], days[taken], codes[taken].astype(np.int64)))
    case, day, code = (np.concatenate(parts) for parts in zip(*seen, strict=True))
    return Course(case, day, code, latest, changed)
