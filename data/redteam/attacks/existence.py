"""Attack 3: is there anybody? P(n >= 1) of a withheld cell, from what is left of its wholes.

The prior is the better of two: how often such a cell has anybody in it, and how large the whole is, for that
forty people came in a quarter tells that some came in March.
"""

from typing import Any

import numpy as np

from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import NAMED, entry

ALLOWED = {"sensitive": 0.05, "volume": 0.10}


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if the release tells of it hardly more often than the prior, and shows no small cell."""
    ((shown,),) = found.rows("select count(*) from cells where y > 0 and n between 1 and 4")
    figures: dict[str, Any] = {"small_cells_shown": shown}
    passed = not shown
    for kind, allowed in ALLOWED.items():
        of_kind = (evidence["sensitive"] == (kind == "sensitive")) & evidence["even"]
        if not of_kind.any():
            continue
        there = evidence["n"][of_kind] > 0
        blind = (1 - evidence["prior"][of_kind, 0]) >= NAMED
        sized = (1 - evidence["of_size"][of_kind, 0]) >= NAMED
        prior = max(blind, sized, key=lambda told_of: float(told_of.mean()))
        now = (1 - evidence["posterior"][of_kind, 0]) >= NAMED
        figures[kind] = {
            "cells": of_kind.sum(),
            "told_by_frequency": blind.mean(),
            "told_by_size": sized.mean(),
            "told_by_release": now.mean(),
            "told_rightly": (now & there).mean(),
        }
        # The same people stand in many cells: as chances go, they are one.
        alike = np.stack([evidence[name][of_kind] for name in ("rest", "shown", "withheld", "n")], axis=1)
        chance = 3 * np.sqrt((prior ^ now).mean() / len(np.unique(alike, axis=0)))
        passed &= bool(now.mean() <= prior.mean() + allowed + chance)
        figures[kind]["chance_of_the_gain"] = chance
        gains = {
            str(relation): round(float(now[inside].mean() - prior[inside].mean()), 4)
            for relation in np.unique(evidence["relation"][of_kind])
            if (inside := evidence["relation"][of_kind] == relation).sum() >= 50
        }
        figures[kind]["gain_by_relation"] = gains
    return entry(3, "existence", passed, **figures)
