"""Days as whole numbers since 1970-01-01, so that dates are reckoned in numpy; `NEVER` is no date."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEVER = -1
MONTH = 30.4375
YEAR = 365.25


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """Days since 1970-01-01."""
    return (date(year, month, of_month) - date(1970, 1, 1)).days


def month_starts(first: tuple[int, int], last: tuple[int, int]) -> Whole:
    """The first day of every month from `first` to `last` (year, month), both included."""
    count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    months = [divmod(first[0] * 12 + first[1] - 1 + step, 12) for step in range(count)]
    return np.array([day(year, month + 1) for year, month in months], dtype=np.int64)


def year_of(days: Whole) -> Whole:
    """The calendar year of each day."""
    years: Whole = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def months_later(rng: np.random.Generator, mean_months: float | Real, count: int) -> Whole:
    """Waiting times in days, exponential around a mean in months: many short ones, a few long ones."""
    waits: Whole = (rng.exponential(1.0, count) * mean_months * MONTH).astype(np.int64) + 1
    return waits
