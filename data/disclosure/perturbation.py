"""The perturbation table: how likely a count i becomes j. What lies in something is never published above
it. Pure.

Source: the cell-key method (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013), with the
maximum-entropy table of Giessing (2016) as the R package ptable 1.0.0 solves it. For each row the
distribution of greatest entropy is taken that has no bias, a bounded variance and no values between 1 and
`js`; zero stays zero, and the last row serves every larger count.

Who is left after six months was there after three. Two figures deviate by ten together, so now and then the
one that lies in the other is larger by eight or more: whoever knows the method then knows that they differ
by exactly one. Of a curve that is seen as a whole less is enough. Such a rise is never true, so it is taken
away. What is published is worked out of the deviated figures alone, so it tells nothing that these did not
tell; and each stays within the largest deviation of its count, because the counts lie in each other too.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix

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


def never_above(cells: Cells, n: Matrix) -> Matrix:
    """The counts `cells.y` (exact: `n`): those that fall along a column of the key are at most what stands
    before them, those of people who were in another stock are at most that one, and what another count of
    the row lies in is at least that one.

    Of two counts of a row the whole gives way: it may change later, and the other does not. What is unknown
    is left as it is, and a whole that is withheld. Where another office answers than then, a stock may be
    larger than that of which it should be part: it stays so, or it would be off by more.
    """
    y = cells.y.copy()
    for whole, part in cells.table.above:
        inside, outside = y[:, cells.column(part)], y[:, cells.column(whole)]
        below = (outside > 0) & (inside > outside)
        y[below, cells.column(whole)] = inside[below]
    for part, whole, months in cells.table.since:
        earlier = cells.earlier(months)
        rows = np.flatnonzero(earlier != NONE)
        before, own = y[earlier[rows], cells.column(whole)], y[rows, cells.column(part)]
        lies_in = n[rows, cells.column(part)] <= n[earlier[rows], cells.column(whole)]
        above = lies_in & (before != UNKNOWN) & (own > before)
        y[rows[above], cells.column(part)] = before[above]
    for nesting in cells.nestings:
        if nesting.only is not None:
            columns = cells.columns(nesting.only)
            rows = np.flatnonzero(nesting.wholes != NONE)
            # From the beginning of the curve on: each row after the one that it lies in.
            codes = cells.keys[nesting.column].codes
            for code in np.unique(codes[rows]):
                step = rows[codes[rows] == code]
                before, own = y[np.ix_(nesting.wholes[step], columns)], y[np.ix_(step, columns)]
                known = (before != UNKNOWN) & (own != UNKNOWN)
                y[np.ix_(step, columns)] = np.where(known, np.minimum(own, before), own)
    return y
