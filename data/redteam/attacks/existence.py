"""Attack 3: is there anybody? P(n >= 1) of a withheld cell, from what is left of its wholes.

The prior is the best of three: how often such a cell has anybody in it, how large the place and the whole are
(that forty people came in a quarter tells that some came in March), and both together. Each table, level and
way of being a part is judged by itself, or one that tells would be lost among many that don't.
"""

from typing import Any

import numpy as np
from scipy.special import ndtri

from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

ALLOWED = {"sensitive": 0.05, "volume": 0.10}
LEAST = 50  # cells of a group, fewer say nothing
PLACES = 20  # that a group has cells of: of fewer the prior knows nothing, for it leaves out the place itself
BY_CHANCE = 0.00135  # that any of all groups fails by chance: three standard errors of a single one
ERRORS = 3  # of all together
TOGETHER = [f"all {kind}" for kind in ALLOWED]
PRIORS = ("frequency", "of_size", "prior")


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if in each group the release tells it hardly more often than the prior; shows no small cell."""
    ((shown,),) = found.rows("select count(*) from cells where y > 0 and n between 1 and 4")
    groups = list(_groups(evidence))
    errors = -float(ndtri(BY_CHANCE / max(1, len(groups))))
    judged = [(name, kind, *_gain(evidence, inside, errors)) for name, kind, inside in groups]
    failed = {name: gain for name, kind, gain, chance, *_ in judged if gain > ALLOWED[kind] + chance}
    figures: dict[str, Any] = {"small_cells_shown": shown, "groups": len(judged), "failed_groups": failed}
    for kind in ALLOWED:
        of_kind = evidence["even"] & (evidence["sensitive"] == (kind == "sensitive"))
        if not of_kind.any():
            continue
        there = evidence["n"][of_kind] > 0
        blind, sized, both = (_told(evidence, name)[of_kind].mean() for name in PRIORS)
        now = _told(evidence, "posterior")[of_kind]
        gain, chance, *_ = _gain(evidence, of_kind, ERRORS)
        if gain > ALLOWED[kind] + chance:
            failed[f"all {kind}"] = gain
        gains = {name: gain for name, each, gain, *_ in judged if each == kind}
        figures[kind] = {
            "cells": of_kind.sum(),
            "told_by_frequency": blind,
            "told_by_size": sized,
            "told_by_both": both,
            "told_by_release": now.mean(),
            "told_rightly": (now & there).mean(),
            "gain": gain,
            "largest_gain": max(gains.values(), default=0.0),
            "gains": gains,
        }
    tried = sum(number for *_, number, _ in judged)
    beyond = sum(extra for *_, extra in judged)
    # A real release may not fail by chance: of its sample only all cells together are asked.
    passed = not shown and not (failed if found.full else [name for name in failed if name in TOGETHER])
    return entry(3, "existence", passed, tried=tried, named=beyond + shown, **figures)


def _groups(evidence: dict[str, np.ndarray]) -> "list[tuple[str, str, np.ndarray]]":
    """By table, level and relation: name, kind, and which cells are of it; small ones are none."""
    of_cells = np.stack(
        [
            np.array([str(what).split(".")[0] for what in evidence["what"]], dtype=str),
            evidence["level"].astype(str),
            evidence["relation"].astype(str),
            np.where(evidence["sensitive"].astype(bool), "sensitive", "volume"),
        ],
        axis=1,
    )
    names, group = np.unique(of_cells, axis=0, return_inverse=True)
    made = []
    for at, (table, level, relation, kind) in enumerate(names.tolist()):
        inside = (group.reshape(-1) == at) & evidence["even"].astype(bool)
        if inside.sum() >= LEAST and len(np.unique(evidence["area"][inside].astype(str))) >= PLACES:
            made.append((f"{table} {level} < {relation}", kind, inside))
    return made


def _gain(
    evidence: dict[str, np.ndarray], inside: np.ndarray, errors: float
) -> tuple[float, float, int, int]:
    """By how much more is told than the prior tells, its chance, how many cells there are, how many more are
    told rightly.
    """
    priors = [_told(evidence, name)[inside] for name in PRIORS]
    prior = max(priors, key=lambda told: float(told.mean()))
    now, there = _told(evidence, "posterior")[inside], evidence["n"][inside] > 0
    # The same people stand in many cells: as chances go, they are one.
    alike = np.stack([evidence[name][inside] for name in ("rest", "shown", "withheld", "n")], axis=1)
    chance = errors * float(np.sqrt((prior ^ now).mean() / len(np.unique(alike, axis=0))))
    more = max(0, int((now & there).sum()) - int((prior & there).sum()))
    return float(now.mean() - prior.mean()), chance, int(inside.sum()), more


def _told(evidence: dict[str, np.ndarray], name: str) -> np.ndarray:
    told: np.ndarray = 1 - evidence[name][:, 0] >= NAMED
    return told
