"""Integration plans: which cases have one, since when, and when it was last updated."""

from dataclasses import dataclass

import numpy as np

from data.demo import curves
from data.demo.chance import happens
from data.demo.days import NEVER, Whole, months_later
from data.demo.spells import START, Spells


@dataclass(frozen=True)
class Plans:
    """Per case: day of the first plan and of its last update, `NEVER` where there is none."""

    written: Whole
    updated: Whole


def drawn(rng: np.random.Generator, spells: Spells) -> Plans:
    """Offices differ: some write plans for nearly everybody and keep them up, others do neither."""
    count = len(spells.opened)
    diligence = float(np.clip(rng.normal(0, 0.07), -0.15, 0.13))
    wanted = happens(rng, curves.at("plan_rate", spells.opened) + 0.06 + diligence, count)
    at_start = happens(rng, 0.55 + 2 * diligence, count)
    soon = np.where(happens(rng, 0.25, count), -rng.integers(0, 26, count), rng.integers(0, 31, count))
    later = 30 + months_later(rng, 5.0, count)
    # The programme and its plans began in 2018: who was counselled before got a plan in its first two years.
    begin = np.maximum(spells.opened, START + rng.integers(0, 300, count) * (spells.opened < START))
    written = np.where(at_start, begin + soon, begin + later)
    # Export format: at most 30 days before the start, not after the end or the reporting date.
    written = np.where(wanted & (written <= spells.last), np.maximum(written, spells.opened - 30), NEVER)

    room = np.maximum(spells.last - written, 0)
    since_update = np.minimum(months_later(rng, 8.0 - 20 * diligence, count), 1500)
    has_update = (
        (written != NEVER) & (room > 60) & (since_update < room) & happens(rng, 0.78 + diligence, count)
    )
    return Plans(written, np.where(has_update, spells.last - since_update, NEVER))
