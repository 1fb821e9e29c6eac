"""Attack 6: whole numbers only: between which bounds must a withheld cell lie? By families, then by MILP."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from data.redteam.attacker.blocks import Block
from data.redteam.attacker.likelihood import D, T, interval, reach
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry

NARROWEST = 5
HIDDEN = T - 1 + D  # the largest count that can be withheld for its own smallness


def attack(found: Opened, blocks: Sequence[Block], each: int) -> dict[str, Any]:
    """Passes if the interval of every small cell (1-4) is at least five wide."""
    # A rest bounds a cell from above, whatever the other withheld parts are; below there is always zero,
    # because a small cell can't be the larger part of a rest that is told.
    narrow, cells, least = found.rows(
        f"select count(*) filter (high < {NARROWEST}), count(*), min(high) from ("
        f"select least({HIDDEN}, min(rest + {reach()} * (shown + 1))) as high from families "
        "join cells on id = cells.rowid where n between 1 and 4 group by id)"
    )[0]
    banded = found.rows(
        f"select band, base, min(rest + {reach()} * (shown + 1)) from cells "
        "left join families on id = cells.rowid "
        "where n between 1 and 4 and band > 0 group by cells.rowid, band, base"
    )
    of_bands = [_of_band(band, base, rest) for band, base, rest in banded]
    widths = [width for block in blocks for width in _widths(block, found.rng, each)]
    return entry(
        6,
        "integer feasibility",
        not narrow
        and min(of_bands, default=NARROWEST) >= NARROWEST
        and min(widths, default=NARROWEST) >= NARROWEST,
        tried=cells + len(of_bands) + len(widths),
        named=narrow + sum(width < NARROWEST for width in (*of_bands, *widths)),
        cells=cells,
        narrower_than_5=narrow,
        narrowest=least,
        with_a_band=len(of_bands),
        narrowest_with_a_band=min(of_bands, default=None),
        solved=len(widths),
        narrowest_solved=min(widths, default=None),
    )


def _of_band(band: int, base: int, rest: int | None) -> int:
    """How many values a part may have by its band, its base and what is left of its wholes."""
    least, most = interval(band, base)
    high = min(most + reach(), base + reach(), *([] if rest is None else [rest]))
    return high - max(0, least - reach()) + 1


def _widths(block: Block, rng: np.random.Generator, each: int) -> list[int]:
    """The widths of so many small cells of a block, with every margin as a constraint."""
    matrix = np.zeros((len(block.seen), len(block.n)))
    low, high = np.zeros(len(block.seen)), np.full(len(block.seen), np.inf)
    for at, seen in enumerate(block.seen):
        matrix[at, list(seen.members)] = 1
        if seen.y > 0:
            low[at], high[at] = seen.y - reach(), seen.y + reach()
        elif seen.band:
            least, most = interval(*seen.band)
            low[at], high[at] = max(0, least - reach()), most + reach()
        elif seen.whole is None:
            high[at] = HIDDEN
    small = np.flatnonzero((block.y == 0) & (block.n >= 1) & (block.n <= 4))
    chosen = rng.permutation(small)[:each]
    ends = [(_end(matrix, low, high, cell, 1), _end(matrix, low, high, cell, -1)) for cell in chosen]
    return [int(last - first) for first, last in ends if first is not None and last is not None]


def _end(matrix: np.ndarray, low: np.ndarray, high: np.ndarray, cell: int, sign: int) -> float | None:
    """The least (sign 1) or largest (-1) value of a cell; None if the assumptions contradict each other."""
    cost = np.zeros(matrix.shape[1])
    cost[cell] = sign
    solved = milp(
        cost,
        integrality=np.ones(matrix.shape[1]),
        bounds=Bounds(0, 10_000),
        constraints=LinearConstraint(matrix, low, high),
    )
    return None if solved.x is None else float(round(solved.x[cell]))
