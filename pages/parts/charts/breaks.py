"""Class bounds for a map: equally many areas in each class, rounded so that a legend can be read."""

from math import floor, log10

import numpy as np

CLASSES = 5


def of(values: list[float], *, whole: bool) -> list[float]:
    """The lower bounds of the classes, rising; the first lies at or below every value.

    Only shown values come in here, so no bound tells anything about a withheld one. Few distinct
    values make fewer classes. `whole` keeps bounds at whole numbers, for counts.
    """
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        return distinct
    quantiles = np.quantile(values, [step / CLASSES for step in range(1, CLASSES)], method="lower").tolist()
    # As coarse as possible, as long as no class shrinks to less than half of its share.
    tried = [_bounds(distinct[0], quantiles, digits, whole) for digits in (1, 2, 3)]
    enough = len(values) / CLASSES / 2
    fair = [bounds for bounds in tried if len(bounds) == CLASSES and min(_sizes(values, bounds)) >= enough]
    # Many equal values leave no fair way; then a class less is better than an empty one.
    return fair[0] if fair else _without_empty(values, tried[-1])


def class_of(value: float, bounds: list[float]) -> int:
    """In which class a value lies; a bound belongs to the class above it."""
    return max(0, int(np.searchsorted(bounds, value, side="right")) - 1)


def _bounds(lowest: float, quantiles: list[float], digits: int, whole: bool) -> list[float]:
    rounded = sorted({_rounded(quantile, digits, whole) for quantile in quantiles})
    return [_floored(lowest, digits, whole), *(bound for bound in rounded if bound > lowest)]


def _sizes(values: list[float], bounds: list[float]) -> list[int]:
    found = [class_of(value, bounds) for value in values]
    return [found.count(position) for position in range(len(bounds))]


def _without_empty(values: list[float], bounds: list[float]) -> list[float]:
    return [bound for bound, size in zip(bounds, _sizes(values, bounds), strict=True) if size]


def _scale(value: float, digits: int, whole: bool) -> float:
    scale = 10.0 ** (floor(log10(abs(value))) - digits + 1) if value else 1.0
    return max(scale, 1.0) if whole else scale


def _rounded(value: float, digits: int, whole: bool) -> float:
    scale = _scale(value, digits, whole)
    return round(round(value / scale) * scale, 10)


def _floored(value: float, digits: int, whole: bool) -> float:
    scale = _scale(value, digits, whole)
    return round(floor(value / scale) * scale, 10)
