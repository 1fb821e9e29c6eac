"""How far a published figure may be from the exact one: of a value, a difference, a rate, a rank. Pure.

Two measures. *Certain*: a deviation is at most D, and a figure that is held is off by at most D too, so the
exact count lies within D of the published one, always. *Likely*: within these bounds in 99 of 100 cases. A
fresh deviation has the distribution of the perturbation table; a held one has not, because the count goes on
changing under a figure that stays. So likely bounds take the distribution that a figure has in the long run
while its count gains and loses one record at a time: wider than the table, so they hold for fresh ones too.

Where nothing is deviated (exact editions, amounts) every range has the width zero.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data.disclosure import perturbation
from data.disclosure.published import Cell, Curved, Published, Ratio, is_number
from data.foundation.parameters import Parameters

LIKELY = 0.99
# Beyond the largest deviation of both: so much is left that something changed by more than two people.
BEYOND = 1
SOME = 40
Shares = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def is_above(self, other: "Range") -> bool:
        """Whether everything in it is larger than everything in the other."""
        return self.low > other.high

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def certain(published: Published, name: str, cell: Cell, beyond: int = 0) -> Range:
    """Within what the exact figure lies, whatever the keys are; each count `beyond` records further.

    `cell` is a number of the column `name`; one that hangs on what is shown may be anything. TypeError for a
    gap.
    """
    if not is_number(cell):
        raise TypeError(f"{cell!r} in {name} is no number")
    if published.hangs(name):
        return Range(-math.inf, math.inf)
    if isinstance(cell, Curved):
        return _curve(cell, beyond)
    if isinstance(cell, Ratio):
        part = _around(cell.part, cell.part_counts, cell.parameters, beyond)
        base = _around(cell.base, cell.base_counts, cell.parameters, beyond)
        least = 1.0 if cell.base_counts else base.low
        return Range(part.low / max(base.high, least), part.high / max(base.low, least))
    counts = published.counts_of(name, cell)
    return _around(float(cell), counts, published.edition.parameters, beyond)  # type: ignore[arg-type]


def likely(published: Published, name: str, cell: Cell) -> Range:
    """Within what the exact figure lies in 99 of 100 cases. TypeError for a gap.

    Of a curve these are the certain bounds: its steps are not independent of each other.
    """
    if isinstance(cell, Ratio) and not published.hangs(name):
        return rate(cell)
    if isinstance(cell, Curved) or not is_number(cell) or published.hangs(name):
        return certain(published, name, cell)
    parameters, counts = published.edition.parameters, published.counts_of(name, cell)
    off = _likely_off(parameters, counts) if parameters and counts else 0
    return Range(max(float(cell) - off, 0) if off else float(cell), float(cell) + off)  # type: ignore[arg-type]


def difference(now: int, before: int, parameters: Parameters | None) -> Range:
    """By how much two counts differ, in 99 of 100 cases, from their published values."""
    off = _likely_off(parameters, 2) if parameters else 0
    return Range(now - before - off, now - before + off)


def rate(cell: Ratio) -> Range:
    """Within what the exact rate lies in 99 of 100 cases, from its published parts."""
    if not cell.deviates or cell.parameters is None:
        return Range(float(cell), float(cell))
    part, shares_part = _spread(cell.part, cell.part_counts, cell.parameters)
    base, shares_base = _spread(cell.base, cell.base_counts, cell.parameters)
    possible = base > 0
    rates = (part[:, None] / base[None, possible]).ravel()
    shares = (shares_part[:, None] * shares_base[None, possible]).ravel()
    order = np.argsort(rates)
    cumulated = np.cumsum(shares[order]) / shares.sum()
    outside = (1 - LIKELY) / 2
    low = rates[order[int(np.searchsorted(cumulated, outside, side="right"))]]
    high = rates[order[min(int(np.searchsorted(cumulated, 1 - outside, side="left")), len(order) - 1)]]
    return Range(float(low), float(high))


def borne(cell: Ratio) -> float:
    """The smallest last digit that a rate which is no share bears: 1, 2 or 5 at a decimal place; 0 if exact.

    Not finer than what the counts in it may be off by in 99 of 100 cases, but never coarser than its first
    digit: what is written as none would be no rate.
    """
    if not cell.deviates or cell.parameters is None or not cell:
        return 0.0
    of_both = (cell.part_counts, cell.base_counts)
    off_part, off_base = (_likely_off(cell.parameters, counts) if counts else 0 for counts in of_both)
    off = (off_part + float(cell) * off_base) / cell.base
    if not off:
        return 0.0
    place = 10.0 ** math.floor(math.log10(off))
    step = next(digit * place for digit in (1, 2, 5, 10) if digit * place >= off * (1 - 1e-9))
    return float(min(step, 10.0 ** math.floor(math.log10(abs(cell)))))


def told_apart(published: Published, name: str, now: Cell, before: Cell) -> int:
    """1 or -1 where `now` is more or less than `before` and a sentence may say so, else 0.

    Both by D and one record further: counts differ by more than 2D + 2, and so by three people at least;
    rates differ even if each of their counts is off by that much.
    """
    beyond = BEYOND if deviates(published, name, now) or deviates(published, name, before) else 0
    after, earlier = (certain(published, name, cell, beyond) for cell in (now, before))
    return 1 if after.is_above(earlier) else -1 if earlier.is_above(after) else 0


def typical(published: Published, name: str) -> float:
    """By how much the numbers of a column are off in 99 of 100 cases, the middle of them; 0 of exact ones.

    Worked out from some of them, evenly by size: a map has a thousand.
    """
    numbers = sorted((cell for cell in published.column(name) if is_number(cell)), key=float)  # type: ignore[arg-type]
    some = numbers[:: max(1, len(numbers) // SOME)]
    found = sorted((each.high - each.low) / 2 for each in (likely(published, name, cell) for cell in some))
    return found[len(found) // 2] if found else 0.0


def deviates(published: Published, name: str, cell: Cell) -> bool:
    """Whether a number is not exactly what was counted."""
    if published.hangs(name):
        return True
    if isinstance(cell, (Ratio, Curved)):
        return cell.deviates
    return published.edition.parameters is not None and published.counts_in(name) > 0


def ahead(ranges: Sequence[Range], values: Sequence[float]) -> list[int]:
    """The positions of the fewest that are surely larger than all others, the largest value first.

    One position: it surely is the largest. Several: they are ties as far as anybody can tell. All, if none
    can be told from the rest. `ranges` are certain ones of `values`.
    """
    order = sorted(range(len(values)), key=lambda at: -values[at])
    rest = [-math.inf] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        rest[place] = max(rest[place + 1], ranges[order[place]].high)
    lowest = math.inf
    for place, at in enumerate(order):
        lowest = min(lowest, ranges[at].low)
        if lowest > rest[place + 1]:
            return order[: place + 1]
    return order


def rank(ranges: Sequence[Range], at: int) -> tuple[int, int]:
    """The best and the worst place that position `at` can have, the largest first, by their ranges."""
    above = sum(other.is_above(ranges[at]) for other in ranges)
    below = sum(ranges[at].is_above(other) for other in ranges)
    return 1 + above, len(ranges) - below


@lru_cache(maxsize=8)
def long_run(parameters: Parameters) -> tuple[float, ...]:
    """How often a published count is off by -D … D in the long run.

    It starts as the table says, its count then gains or loses one record at a time, and the figure stays
    until it is off by more than D. Expected visits of that walk to each deviation, as shares.
    """
    largest = parameters.deviation
    row = perturbation.table(largest, parameters.variance, parameters.blocked)[-1]
    start = np.zeros(2 * largest + 1)
    for target, probability in zip(row.targets, row.probabilities, strict=True):
        start[target - row.count + largest] = probability
    step = (np.eye(2 * largest + 1, k=1) + np.eye(2 * largest + 1, k=-1)) / 2
    visits = np.linalg.solve(np.eye(2 * largest + 1) - step, start)
    return tuple(float(each) for each in visits / visits.sum())


@lru_cache(maxsize=32)
def _off(parameters: Parameters, counts: int) -> tuple[float, ...]:
    """The distribution of the deviations of so many counts together; symmetric, so subtracted too."""
    found = np.array([1.0])
    for _ in range(counts):
        found = np.convolve(found, np.array(long_run(parameters)))
    return tuple(float(each) for each in found)


@lru_cache(maxsize=32)
def _likely_off(parameters: Parameters, counts: int) -> int:
    """By how much so many counts together are off at most, in 99 of 100 cases."""
    shares = np.array(_off(parameters, counts))
    most = len(shares) // 2
    return next(off for off in range(most + 1) if shares[most - off : most + off + 1].sum() >= LIKELY)


def _around(value: float, counts: int, parameters: Parameters | None, beyond: int) -> Range:
    off = counts * (parameters.deviation + beyond) if parameters else 0
    return Range(max(value - off, 0.0), value + off) if off else Range(value, value)


def _spread(value: float, counts: int, parameters: Parameters) -> tuple[Shares, Shares]:
    """What the exact value may be, and how likely each is; below zero it can't be."""
    shares = np.array(_off(parameters, counts))
    most = len(shares) // 2
    values = value + np.arange(-most, most + 1, dtype=np.float64)
    possible = values >= 0 if counts else np.array([True])
    return values[possible], shares[possible]


def _curve(cell: Curved, beyond: int) -> Range:
    """Each step once with all that makes the share small, once with all that makes it large."""
    off = cell.parameters.deviation + beyond if cell.parameters else 0
    low = high = 0.0
    fewest = most = 1.0  # what is still open
    for attained, ended, at_risk in cell.steps:
        least, largest = max(at_risk - off, 1.0), at_risk + off
        low += fewest * max(attained - off, 0.0) / largest
        high += most * (attained + off) / least
        fewest *= max(0.0, 1 - (ended + off) / least)
        most *= min(1.0, 1 - max(ended - off, 0.0) / largest)
    return Range(low, min(high, 1.0)) if off else Range(float(cell), float(cell))
