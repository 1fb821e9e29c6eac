"""Attack 2: Bayesian reconstruction of whole blocks from all their margins at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from data.redteam.attacker import gibbs
from data.redteam.attacker.blocks import Block
from data.redteam.attacker.verdict import NAMED, POINTS, Effort, entry

QUARTERS_FROM = 20  # so large a base has quarters, a smaller one halves


def attack(
    blocks: Sequence[Block], of_bands: dict[str, np.ndarray], rng: np.random.Generator, effort: Effort
) -> dict[str, Any]:
    """Passes if nobody is named, no unique person is found, and guesses gain at most five points.

    The guess and the prior's are compared where the count is 1 to 4 and the attacker is told so, of parts
    with a band of their share (`of_bands`) too.
    """
    named = unique = small = right = before = either = 0
    surest = 0.0
    for block in blocks:
        p = gibbs.posterior(block, rng, effort.chains, effort.sweeps)
        judged = (block.y == 0) & (block.n >= 1) & (block.n <= 4)
        top, best = p.max(axis=1), p.argmax(axis=1)
        hit = judged & (top >= NAMED) & (best == block.n)
        named += int(hit.sum())
        unique += int((hit & (block.n == 1)).sum())
        small += int(judged.sum())
        guess = p[:, 1:5].argmax(axis=1) + 1 == block.n
        prior = block.prior[:, 1:5].argmax(axis=1) + 1 == block.n
        right += int((guess & judged).sum())
        before += int((prior & judged).sum())
        either += int(((guess ^ prior) & judged).sum())
        surest = max([surest, *top[judged].tolist()])
    gain = (right - before) / max(small, 1)
    chance = 3 * np.sqrt(either) / max(small, 1)
    told = by_bands(of_bands)
    return entry(
        2,
        "Bayesian reconstruction",
        not named and not unique and gain <= POINTS + chance and told["passed"],
        tried=small + told["cells"],
        named=named + told["named"],
        blocks=len(blocks),
        chains=effort.chains,
        sweeps=effort.sweeps,
        small_cells=small,
        unique_persons=unique,
        surest=surest,
        guesses_right=right / max(small, 1),
        prior_right=before / max(small, 1),
        chance_of_the_gain=float(chance),
        parts_with_a_band={name: value for name, value in told.items() if name != "passed"},
    )


def by_bands(evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """How much likelier the true number of a withheld part is by the band of its share than by the size of
    its base: of bases that have quarters, and of those that have halves.
    """
    large = evidence["shown"] >= QUARTERS_FROM
    told = {"of_quarters": _told(evidence, large), "of_halves": _told(evidence, ~large)}
    passed = not any(
        each["named"] or each["gain"] > POINTS + each["chance_of_the_gain"] for each in told.values()
    )
    cells, named = (sum(each[name] for each in told.values()) for name in ("cells", "named"))
    return {"passed": passed, "cells": cells, "named": named, **told}


def _told(evidence: dict[str, np.ndarray], inside: np.ndarray) -> dict[str, Any]:
    n = evidence["n"]
    judged = inside & (n >= 1) & (n <= 4)
    cells = int(judged.sum())
    if not cells:
        return {"cells": 0, "named": 0, "gain": 0.0, "chance_of_the_gain": 0.0}
    # What is thought of the true number, not how often it is guessed: most bands leave the guess as it was.
    told, prior = (evidence[name][judged, n[judged]] for name in ("posterior", "prior"))
    # The same records stand in many cells: as chances go, they are one.
    alike = np.stack([evidence[name][judged] for name in ("rest", "shown", "n")], axis=1)
    sure = evidence["posterior"].max(axis=1) >= NAMED
    return {
        "cells": cells,
        "named": int((judged & sure & (evidence["posterior"].argmax(axis=1) == n)).sum()),
        "gain": float((told - prior).mean()),
        "chance_of_the_gain": 3 * float((told - prior).std() / np.sqrt(len(np.unique(alike, axis=0)))),
    }
