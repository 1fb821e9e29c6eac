"""Attack 2: Bayesian reconstruction of whole blocks from all their margins at once.

The base cells of a block are sampled (Gibbs), in many chains at once, from P(y | sum) of every margin.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from data.redteam.attacker.blocks import Block, Seen
from data.redteam.attacker.likelihood import SYMMETRIC, UNSEEN, D, Floats, T, banded, hidden, noise
from data.redteam.attacker.verdict import NAMED, POINTS, Effort, entry

QUARTERS_FROM = 20  # so large a base has quarters, a smaller one halves
IMPOSSIBLE = -18.0  # not minus infinity, so that a chain can walk through what it must leave again


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
        p = posterior(block, rng, effort.chains, effort.sweeps)
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


def posterior(block: Block, rng: np.random.Generator, chains: int, sweeps: int) -> Floats:
    """P(n) of every base cell, a row of UNSEEN + 1 each; the first third of the sweeps is forgotten."""
    largest = int(max([UNSEEN, *(seen.y for seen in block.seen)])) + 60
    # All tables in one row, so that a cell's margins are looked up in one step: table by table, sum by sum.
    tables = np.concatenate([_likelihood(seen, largest) for seen in block.seen])
    member = np.zeros((len(block.n), len(block.seen)), dtype=np.int64)
    for at, seen in enumerate(block.seen):
        member[list(seen.members), at] = 1
    inside = [np.flatnonzero(row) for row in member]
    low = np.where(block.y > 0, np.maximum(block.y - D, 0), 0)
    width = np.where(block.y > 0, 2 * D + 1, UNSEEN + 1)
    candidates = [first + np.arange(wide) for first, wide in zip(low, width, strict=True)]
    state = np.where(block.y > 0, block.y, 1)[None, :].repeat(chains, axis=0)
    sums = state @ member
    found = np.zeros((len(block.n), UNSEEN + 1))
    prior = np.log(block.prior)
    for sweep in range(sweeps):
        order = rng.permutation(len(block.n))
        drawn = rng.gumbel(size=chains * int(width.sum()))
        for cell, last in zip(order, np.cumsum(width[order]) * chains, strict=True):
            margins = inside[cell]
            without = sums[:, margins] - state[:, cell, None]
            reached = np.minimum(without[:, :, None] + candidates[cell], largest)
            weight = tables.take(reached + margins[:, None] * (largest + 1)).sum(axis=1)
            if not block.y[cell]:
                weight += prior[cell]
            weight += drawn[last - chains * width[cell] : last].reshape(weight.shape)
            state[:, cell] = candidates[cell][weight.argmax(axis=1)]
            sums[:, margins] = without + state[:, cell, None]
        if sweep >= sweeps // 3:
            rows = np.arange(len(block.n))[None, :].repeat(chains, axis=0)
            np.add.at(found, (rows, np.minimum(state, UNSEEN)), 1)
    shares: Floats = found / found.sum(axis=1, keepdims=True)
    return shares


def _likelihood(seen: Seen, largest: int) -> Floats:
    """log P(y | sum) for sums from 0 to `largest`; of a withheld cell what its being withheld tells."""
    made: Floats = np.full(largest + 1, IMPOSSIBLE)
    if seen.y > 0:
        for count in range(largest + 1):
            off = abs(seen.y - count)
            p = noise(min(count, SYMMETRIC)).get(seen.y - count, 0.0) if off <= D else 0.0
            made[count] = np.log(p) if p > 0 else IMPOSSIBLE - 2 * min(off, 200)
        return made
    if seen.band:
        told: Floats = np.log(np.maximum(banded(*seen.band, largest), 1e-8))
        return told
    if seen.whole == 0:
        return np.zeros(largest + 1)  # its whole is withheld, which tells nothing of the part
    small = np.concatenate([hidden(), np.zeros(max(0, largest - UNSEEN))])[: largest + 1]
    made = np.log(np.maximum(small, 1e-8))
    if seen.whole is not None:
        made[max(0, seen.whole - T - D) :] = 0.0  # nearly the whole: withheld for the rest of it
    return made
