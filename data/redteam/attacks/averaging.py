"""Attack 5: the same count from every partition that can be reached, averaged."""

from typing import Any

import numpy as np

from data.foundation import sql
from data.redteam.attacker.likelihood import T, V
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import POINTS, entry

ESTIMATES = sql.beside(__file__, "averaging")
SETS = 200  # fewer different sets of people than these say nothing about the size of an error


def attack(found: Opened) -> dict[str, Any]:
    """Passes if averaging recovers hardly more counts than one look does, and stays off by 1 or more."""
    rows = found.columns(ESTIMATES, variance=V)
    n, y, mean, ways = (np.ma.getdata(rows[name]).astype(float) for name in ("n", "y", "mean", "ways"))
    figures: dict[str, Any] = {}
    passed, tried, named = True, 0, 0
    for kind, of_kind in (("shown", (y > 0) & (ways > 1)), ("withheld", (y == 0) & (n > 0) & (n < T))):
        if of_kind.sum() < 30:
            continue
        exact = np.round(mean[of_kind]) == n[of_kind]
        before = (
            (y == n)[of_kind]
            if kind == "shown"
            else n[of_kind] == np.bincount(n[of_kind].astype(int)).argmax()
        )
        error = float(np.sqrt(((mean - n)[of_kind] ** 2).mean()))
        figures[kind] = {"cells": of_kind.sum(), "ways": ways[of_kind].mean(), "exact": exact.mean()}
        figures[kind] |= {"exact_before": before.mean(), "rmse": error, "most_ways": ways[of_kind].max()}
        # The same people stand in many cells: as chances go, they are one.
        sets = len(np.unique(np.stack([n, y, mean], axis=1)[of_kind], axis=0))
        spread = float(np.sqrt((exact ^ before).mean() / sets))
        gained = exact.mean() - before.mean() > POINTS + 3 * spread
        passed &= not gained and (error >= 1 or sets < SETS)
        tried += int(of_kind.sum())
        named += max(0, int(exact.sum()) - int(before.sum()))
    return entry(5, "averaging", passed, tried=tried, named=named, **figures)
