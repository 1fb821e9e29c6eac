"""Attack 3: is there anybody? P(n >= 1) of a withheld cell, from what is left of its wholes."""

from typing import Any

import numpy as np

from data.redteam.opened import Opened
from data.redteam.told import NAMED, told

ALLOWED = {"sensitive": 0.05, "volume": 0.10}


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if the release tells of existence hardly more often than the prior does, and shows no small cell."""
    ((shown,),) = found.rows("select count(*) from cells where y > 0 and n between 1 and 4")
    figures: dict[str, Any] = {"small_cells_shown": shown}
    passed = not shown
    for kind, allowed in ALLOWED.items():
        of_kind = (evidence["sensitive"] == (kind == "sensitive")) & evidence["even"]
        if not of_kind.any():
            continue
        there = evidence["n"][of_kind] > 0
        prior = (1 - evidence["prior"][of_kind, 0]) >= NAMED
        now = (1 - evidence["posterior"][of_kind, 0]) >= NAMED
        figures[kind] = {
            "cells": of_kind.sum(),
            "told_by_prior": prior.mean(),
            "told_by_release": now.mean(),
            "told_rightly": (now & there).mean(),
        }
        passed &= bool(now.mean() <= prior.mean() + allowed)
    return told(3, "existence", passed, **figures)
