"""What all demonstration data is drawn with: chance, lists of values, curves over the years, and days.

Values are those of the export format (values.toml); a code is a position in such a list. Curves say what the
data follows over the years (curves.toml). Days are whole numbers since 1970-01-01, so that dates are reckoned
in numpy.
"""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

VALUES = Path(__file__).parent / "lists" / "values.toml"
CURVES = Path(__file__).parent / "lists" / "curves.toml"
Integers = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = Sequence[Sequence[float]] | Real

NEVER = -1  # no date
MONTH = 30.4375
YEAR = 365.25


def values_of(field: str) -> list[str]:
    """The values of a field; codes elsewhere are positions in this list."""
    return _lists()[field]


def code_of(field: str, value: str) -> int:
    """The position of one value."""
    return values_of(field).index(value)


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """Days since 1970-01-01."""
    return (date(year, month, of_month) - date(1970, 1, 1)).days


def month_starts(first: tuple[int, int], last: tuple[int, int]) -> Integers:
    """The first day of every month from `first` to `last` (year, month), both included."""
    count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    months = [divmod(first[0] * 12 + first[1] - 1 + step, 12) for step in range(count)]
    return np.array([day(year, month + 1) for year, month in months], dtype=np.int64)


def year_of(days: Integers) -> Integers:
    """The calendar year of each day."""
    years: Integers = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def months_later(rng: np.random.Generator, mean_months: float | Real, count: int) -> Integers:
    """Waiting times in days, exponential around a mean in months: many short ones, a few long ones."""
    waits: Integers = (rng.exponential(1.0, count) * mean_months * MONTH).astype(np.int64) + 1
    return waits


def pick(rng: np.random.Generator, shares: Sequence[float] | Real, count: int) -> Integers:
    """Positions 0.. drawn by their shares (which need not add up to 1)."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    drawn: Integers = np.searchsorted(edges, rng.random(count) * edges[-1], side="right").astype(np.int64)
    last: Integers = np.minimum(drawn, len(edges) - 1)
    return last


def pick_by(rng: np.random.Generator, shares: Rows, group: Integers) -> Integers:
    """Like `pick`, with one row of shares per group; `group` says which row holds for each draw."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64), axis=1)
    edges /= edges[:, -1:]
    drawn: Integers = (rng.random(len(group))[:, None] >= edges[group]).sum(axis=1).astype(np.int64)
    last: Integers = np.minimum(drawn, edges.shape[1] - 1)
    return last


def happens(rng: np.random.Generator, probability: float | Real, count: int) -> Flags:
    """True with the given probability (0-1)."""
    flags: Flags = rng.random(count) < probability
    return flags


def apportion(total: int, shares: Real, least: int = 0) -> Integers:
    """Whole numbers that add up to `total`, as near to the shares as possible (largest remainder)."""
    exact = shares / shares.sum() * (total - least * len(shares))
    parts: Integers = np.floor(exact).astype(np.int64)
    missing = total - least * len(shares) - int(parts.sum())
    largest_first = np.argsort(-(exact - parts), kind="stable")
    parts[largest_first[:missing]] += 1
    return parts + least


def curve_by_year(name: str) -> dict[int, float]:
    """One value a year."""
    return _curves()[name]


def curve_at(name: str, days: Integers) -> Real:
    """The value on each day, interpolated between the middles of the years."""
    points = _curves()[name]
    middles = [day(year, 7) for year in points]
    values: Real = np.interp(days, middles, list(points.values()))
    return values


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    with VALUES.open("rb") as lines:
        return tomllib.load(lines)


@lru_cache(maxsize=1)
def _curves() -> dict[str, dict[int, float]]:
    with CURVES.open("rb") as lines:
        curves = tomllib.load(lines)
    return {name: {int(year): float(v) for year, v in points.items()} for name, points in curves.items()}
