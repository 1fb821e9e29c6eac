"""Attack 2: Bayesian reconstruction of whole blocks from all their margins at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from data.redteam.attacker import gibbs
from data.redteam.attacker.blocks import Block
from data.redteam.attacker.outcome import NAMED, POINTS, entry


def attack(blocks: Sequence[Block], rng: np.random.Generator, chains: int, sweeps: int) -> dict[str, Any]:
    """Passes if nobody is named, no unique person is found, and guesses gain at most five points.

    The guess and the prior's are compared where the count is 1 to 4 and the attacker is told so.
    """
    named = unique = small = right = before = either = 0
    surest = 0.0
    for block in blocks:
        p = gibbs.posterior(block, rng, chains, sweeps)
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
    return entry(
        2,
        "Bayesian reconstruction",
        not named and not unique and gain <= POINTS + chance,
        blocks=len(blocks),
        chains=chains,
        sweeps=sweeps,
        small_cells=small,
        named=named,
        unique_persons=unique,
        surest=surest,
        guesses_right=right / max(small, 1),
        prior_right=before / max(small, 1),
        chance_of_the_gain=float(chance),
    )
