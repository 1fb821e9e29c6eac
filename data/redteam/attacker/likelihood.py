"""What an attacker knows of the deviations: P(y | n), solved by himself from the published method.

Source: the maximum-entropy table of Giessing (2016) for D = 5, V = 3 and the blocked values 1 and 2. He
shares no line with the program that he attacks, so a fault of one is not a fault of both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

D, V, BLOCKED, T = 5, 3.0, 2, 10
SYMMETRIC = D + BLOCKED + 1  # from this count on every row is the same
UNSEEN = 40  # a hidden count is looked for from 0 to this
_method = {"deviates": True}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@contextmanager
def undeviated() -> Iterator[None]:
    """Attack figures that are withheld but not deviated: a negative control, and the attacker knows."""
    try:
        _method["deviates"] = False
        _forget()
        yield
    finally:
        _method["deviates"] = True
        _forget()


def _forget() -> None:
    for kept in (noise, hidden, spread, banded):
        kept.cache_clear()


def reach() -> int:
    """How far a shown figure may be off."""
    return D if _method["deviates"] else 0


@cache
def noise(n: int) -> dict[int, float]:
    """P(v | n) for a true count n; zero stays zero."""
    if n == 0 or not _method["deviates"]:
        return {0: 1.0}
    if n > SYMMETRIC:
        return noise(SYMMETRIC)
    v = np.array([x for x in range(-D, D + 1) if n + x >= 0 and not 1 <= n + x <= BLOCKED], dtype=float)
    conditions = [
        {"type": "eq", "fun": lambda p: p.sum() - 1},
        {"type": "eq", "fun": lambda p: p @ v},
        {"type": "ineq", "fun": lambda p: V - p @ v**2},
    ]
    if n > BLOCKED:
        rising = [at for at in range(len(v) - 1) if v[at] < 0]
        conditions += [{"type": "ineq", "fun": lambda p, at=at: p[at + 1] - p[at]} for at in rising]
    start = np.exp(-(v**2) / 6)
    found = minimize(
        lambda p: float(p @ np.log(p)),
        start / start.sum(),
        bounds=[(1e-8, 1.0)] * len(v),
        constraints=conditions,
        method="SLSQP",
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    p = found.x / found.x.sum()
    return {int(x): float(each) for x, each in zip(v, p, strict=True)}


@cache
def hidden() -> Floats:
    """P(y < T | n) for n = 0 … UNSEEN: what it tells that a cell is withheld on its own account."""
    return np.array([sum(p for v, p in noise(n).items() if n + v < T) for n in range(UNSEEN + 1)])


def interval(code: int, base: int) -> tuple[int, int]:
    """The least and the greatest deviated part of a band in its base: 1-4 quarters, 5-6 halves.

    11 to 20 are tenths, which a release may not have: a negative control.
    """
    by, step = (10, code - 10) if code > 10 else (2, code - 4) if code > 4 else (4, code)
    low, high = -(-(step - 1) * base // by), -(-step * base // by) - 1
    return low, base + 2 * D if step == by else high


@cache
def banded(code: int, base: int, most: int = UNSEEN) -> Floats:
    """P(band | n) for n = 0 … most: the share is that of the deviated part in the shown base."""
    low, high = interval(code, base)
    return np.array([sum(p for v, p in noise(n).items() if low <= n + v <= high) for n in range(most + 1)])


@cache
def spread(cells: int) -> Floats:
    """The distribution of the summed deviations of so many shown cells, from -D*cells to D*cells."""
    one = np.array([noise(SYMMETRIC).get(v, 0.0) for v in range(-D, D + 1)])
    if cells == 0:
        return np.ones(1)
    half = spread(cells // 2)
    both = np.convolve(half, half)
    return np.convolve(both, one) if cells % 2 else both
