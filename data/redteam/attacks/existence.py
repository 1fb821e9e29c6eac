"""Attack 3: is there anybody? P(n >= 1) of a withheld cell, from what is left of its wholes.

The prior is the best of three: how often such a cell has anybody in it, how large the place and the whole are
(that forty people came in a quarter tells that some came in March), and both together. Each table, level and
way of being a part is judged by itself, or one that tells would be lost among many that don't.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

ALLOWED = {"sensitive": 0.05, "volume": 0.10}
LEAST = 50  # cells of a group, fewer say nothing
PLACES = 20  # that what is judged has cells of: of fewer the prior, without the place itself, knows nothing
BY_CHANCE = 0.00135  # that any of all groups fails by chance: three standard errors of a single one
ERRORS = 3  # of all together
TOGETHER = [f"all {kind}" for kind in ALLOWED]
PRIORS = ("frequency", "of_size", "prior")


@dataclass(frozen=True)
class Told:
    """Of which cells it is told that there is somebody, `by` a prior or the release; whether there is.

    Cells that are `alike` have the same number.
    """

    by: dict[str, np.ndarray]
    there: np.ndarray
    alike: np.ndarray


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if in each group the release tells it hardly more often than the prior; shows no small cell."""
    ((shown,),) = found.rows("select count(*) from cells where y > 0 and n between 1 and 4")
    groups = list(_groups(evidence))
    cells = _told(evidence)
    errors = -float(ndtri(BY_CHANCE / max(1, len(groups))))
    judged = [(name, kind, *_gain(cells, inside, errors)) for name, kind, inside in groups]
    failed = {name: gain for name, kind, gain, chance, *_ in judged if gain > ALLOWED[kind] + chance}
    figures: dict[str, Any] = {"small_cells_shown": shown, "groups": len(judged), "failed_groups": failed}
    for kind in ALLOWED:
        of_kind = evidence["even"] & (evidence["sensitive"] == (kind == "sensitive"))
        if not of_kind.any():
            continue
        there = cells.there[of_kind]
        blind, sized, both = (cells.by[name][of_kind].mean() for name in PRIORS)
        now = cells.by["posterior"][of_kind]
        gain, chance, *_ = _gain(cells, of_kind, ERRORS)
        # Of the release of a single office the prior knows no other place, and whatever a whole tells of its
        # parts (of forty decided goals some were attained) would pass for what the release tells.
        if gain > ALLOWED[kind] + chance and _is_of_many_places(evidence, of_kind):
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
    whats, what = _coded(evidence["what"])
    tables, table = _coded(np.array([each.split(".")[0] for each in whats], dtype=object))
    levels, level = _coded(evidence["level"])
    relations, relation = _coded(evidence["relation"])
    sensitive, even = evidence["sensitive"].astype(bool), evidence["even"].astype(bool)
    # By number: texts are sorted a hundred times as slowly.
    ids = ((table[what] * len(levels) + level) * len(relations) + relation) * 2 + ~sensitive
    made = []
    for each in np.unique(ids).tolist():
        inside = (ids == each) & even
        if inside.sum() >= LEAST and _is_of_many_places(evidence, inside):
            rest, volume = divmod(each, 2)
            rest, of_relation = divmod(rest, len(relations))
            of_table, of_level = divmod(rest, len(levels))
            name = f"{tables[of_table]} {levels[of_level]} < {relations[of_relation]}"
            made.append((name, "volume" if volume else "sensitive", inside))
    return made


def _is_of_many_places(evidence: dict[str, np.ndarray], inside: np.ndarray) -> bool:
    return len(set(evidence["area"][inside].tolist())) >= PLACES


def _coded(texts: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The different texts in their order, and for each which of them it is."""
    names = sorted(set(texts.tolist()))
    at = {name: number for number, name in enumerate(names)}
    return names, np.array([at[text] for text in texts.tolist()], dtype=np.int64)


def _told(evidence: dict[str, np.ndarray]) -> Told:
    ids = np.zeros(len(evidence["n"]), dtype=np.int64)
    for name in ("rest", "shown", "withheld", "n"):
        numbers = evidence[name].astype(np.int64)
        numbers -= numbers.min(initial=0)
        ids = np.unique(ids, return_inverse=True)[1] * (numbers.max(initial=0) + 1) + numbers
    by = {name: 1 - evidence[name][:, 0] >= NAMED for name in (*PRIORS, "posterior")}
    return Told(by, evidence["n"] > 0, ids)


def _gain(cells: Told, inside: np.ndarray, errors: float) -> tuple[float, float, int, int]:
    """By how much more is told than the prior tells, its chance, how many cells there are, how many more are
    told rightly.
    """
    prior = max((cells.by[name][inside] for name in PRIORS), key=lambda told: float(told.mean()))
    now, there = cells.by["posterior"][inside], cells.there[inside]
    # The same people stand in many cells: as chances go, they are one.
    chance = errors * float(np.sqrt((prior ^ now).mean() / len(np.unique(cells.alike[inside]))))
    more = max(0, int((now & there).sum()) - int((prior & there).sum()))
    return float(now.mean() - prior.mean()), chance, int(inside.sum()), more
