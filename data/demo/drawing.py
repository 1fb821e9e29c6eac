"""Drawing from lists of shares, and splitting whole numbers by shares."""

from collections.abc import Sequence

import numpy as np

from data.demo.days import Flags, Real, Whole

Rows = Sequence[Sequence[float]] | Real


def pick(rng: np.random.Generator, shares: Sequence[float] | Real, count: int) -> Whole:
    """Positions 0.. drawn by their shares (which need not add up to 1)."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    drawn: Whole = np.searchsorted(edges, rng.random(count) * edges[-1], side="right").astype(np.int64)
    last: Whole = np.minimum(drawn, len(edges) - 1)
    return last


def pick_by(rng: np.random.Generator, shares: Rows, group: Whole) -> Whole:
    """Like `pick`, with one row of shares per group; `group` says which row holds for each draw."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64), axis=1)
    edges /= edges[:, -1:]
    drawn: Whole = (rng.random(len(group))[:, None] >= edges[group]).sum(axis=1).astype(np.int64)
    last: Whole = np.minimum(drawn, edges.shape[1] - 1)
    return last


def happens(rng: np.random.Generator, probability: float | Real, count: int) -> Flags:
    """True with the given probability (0-1)."""
    flags: Flags = rng.random(count) < probability
    return flags


def apportion(total: int, shares: Real, least: int = 0) -> Whole:
    """Whole numbers that add up to `total`, as near to the shares as possible (largest remainder)."""
    exact = shares / shares.sum() * (total - least * len(shares))
    parts: Whole = np.floor(exact).astype(np.int64)
    missing = total - least * len(shares) - int(parts.sum())
    largest_first = np.argsort(-(exact - parts), kind="stable")
    parts[largest_first[:missing]] += 1
    return parts + least
