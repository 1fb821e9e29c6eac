"""What the demonstration data follows over the years (curves.toml)."""

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np

from data.demo.days import Real, Whole, day

FILE = Path(__file__).parent / "curves.toml"


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[int, float]]:
    with FILE.open("rb") as lines:
        curves = tomllib.load(lines)
    return {name: {int(year): float(v) for year, v in points.items()} for name, points in curves.items()}


def by_year(name: str) -> dict[int, float]:
    """One value a year."""
    return _all()[name]


def at(name: str, days: Whole) -> Real:
    """The value on each day, interpolated between the middles of the years."""
    points = _all()[name]
    middles = [day(year, 7) for year in points]
    values: Real = np.interp(days, middles, list(points.values()))
    return values
