"""Gibbs sampling of the base cells of a block, in many chains at once, from P(y | sum) of every margin."""

import numpy as np

from data.redteam.attacker.blocks import Block, Seen
from data.redteam.attacker.likelihood import SYMMETRIC, UNSEEN, D, Floats, T, banded, hidden, noise

IMPOSSIBLE = -18.0  # not minus infinity, so that a chain can walk through what it must leave again


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
