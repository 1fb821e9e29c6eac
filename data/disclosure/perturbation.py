"""The perturbation table: how likely a count i becomes j.

Source: the cell-key method (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013), with the
maximum-entropy table of Giessing (2016) as the R package ptable 1.0.0 solves it. For each row the
distribution of greatest entropy is taken that has no bias, a bounded variance and no values between 1 and
`js`; zero stays zero, and the last row serves every larger count.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

LEAST = 1e-8  # the smallest probability that a target keeps
DIGITS = 8  # of the cumulated probabilities


@dataclass(frozen=True)
class Row:
    """One row: targets j with their probabilities; `bounds` cumulate them, so bounds[-1] is 1."""

    count: int
    targets: tuple[int, ...]
    probabilities: tuple[float, ...]
    bounds: tuple[float, ...]


@lru_cache(maxsize=8)
def table(deviation: int, variance: float, blocked: int) -> tuple[Row, ...]:
    """Rows 0 to deviation + blocked + 1 for a largest deviation D, a variance V and blocked values 1..js.

    Raises ValueError if no distribution exists for a row.
    """
    rows = [Row(0, (0,), (1.0,), (1.0,))]
    rows += [_row(count, deviation, variance, blocked) for count in range(1, deviation + blocked + 2)]
    return tuple(rows)


def noise(row: Row, u: float) -> int:
    """The deviation v for a cell key u in [0, 1): the target whose interval lb <= u < ub holds it."""
    at = int(np.searchsorted(row.bounds, u, side="right"))
    return row.targets[min(at, len(row.targets) - 1)] - row.count


def noises(
    table: tuple[Row, ...],
    counts: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    u: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The deviation of many cells at once, in their order: the same as `noise` gives for each."""
    found = np.zeros(len(counts), dtype=np.int64)
    rows = np.minimum(counts, len(table) - 1)
    for number, row in enumerate(table):
        cells = np.flatnonzero(rows == number)
        at = np.minimum(np.searchsorted(row.bounds, u[cells], side="right"), len(row.targets) - 1)
        found[cells] = np.array(row.targets)[at] - row.count
    return found


def _row(count: int, deviation: int, variance: float, blocked: int) -> Row:
    lowest, highest = max(count - deviation, 0), count + deviation
    targets = np.array([j for j in range(lowest, highest + 1) if not 1 <= j <= blocked])
    probabilities = _solved(targets, count, variance, own_count_blocked=count <= blocked)
    bounds = np.round(np.cumsum(probabilities), DIGITS)
    bounds[-1] = 1.0
    return Row(
        count, tuple(int(j) for j in targets), tuple(map(float, probabilities)), tuple(map(float, bounds))
    )


def _solved(
    targets: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    count: int,
    variance: float,
    *,
    own_count_blocked: bool,
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    from scipy.optimize import minimize  # takes longer to load than an answer does, which needs no table

    v = (targets - count).astype(float)
    constraints = [
        {"type": "eq", "fun": lambda p: p.sum() - 1, "jac": lambda p: np.ones_like(p)},
        {"type": "eq", "fun": lambda p: p @ v, "jac": lambda p: v},
        {"type": "ineq", "fun": lambda p: variance - p @ v**2, "jac": lambda p: -(v**2)},
    ]
    if not own_count_blocked:
        # Not less likely the nearer to the own count, on its left: what is small should not look large.
        left = [at for at in range(len(v) - 1) if v[at] < 0]
        steps = np.zeros((len(left), len(v)))
        for number, at in enumerate(left):
            steps[number, at], steps[number, at + 1] = -1, 1
        constraints.append({"type": "ineq", "fun": lambda p: steps @ p, "jac": lambda p: steps})
    found = minimize(
        lambda p: float(p @ np.log2(p)),
        np.full(len(v), 1 / len(v)),
        jac=lambda p: np.log2(p) + 1 / np.log(2),
        bounds=[(LEAST, 1)] * len(v),
        constraints=constraints,
        method="SLSQP",
        options={"maxiter": 1000, "ftol": 1e-15},
    )
    if abs(found.x.sum() - 1) > 1e-6 or abs(found.x @ v) > 1e-6 or found.x @ v**2 > variance + 1e-6:
        raise ValueError(f"no perturbation of a count of {count} has variance {variance} and no bias")
    solved: np.ndarray[tuple[int], np.dtype[np.float64]] = found.x / found.x.sum()
    return solved
