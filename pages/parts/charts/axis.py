"""Axes of values: round steps, written in the reader's language. Never `20k`."""

from collections.abc import Iterable
from math import floor, log10
from typing import Any

from pages.parts.words import Words

MILLION = 1_000_000


def of_values(
    words: Words, unit: str, numbers: Iterable[float | None], *, room: float = 1.0
) -> dict[str, Any]:
    """An axis from zero to above the highest value. `room` > 1 leaves space for texts beside bars."""
    shown = [number for number in numbers if number is not None]
    highest, lowest = max([*shown, 0.0]), min([*shown, 0.0])
    if highest == lowest:
        highest = 1.0
    step = _step((highest - lowest) / 4, whole=unit in ("persons", "goals", "number", "months", "days"))
    first, last = floor(lowest / step), -floor(-highest / step)
    values = [number * step for number in range(first, last + 1)]
    return {
        "range": [values[0], max(values[-1], highest * room)],
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [tick(words, unit, value, values[-1], step) for value in values],
    }


def tick(words: Words, unit: str, value: float, highest: float, step: float) -> str:
    """One value on an axis; millions are written as such, because a phone has no room for the zeros."""
    if highest >= MILLION:
        decimals = 0 if step >= MILLION else 1
        text = words.number(value / MILLION, decimals)
        return words.t("number.million_eur" if unit == "eur" else "number.million", number=text)
    decimals = max(0, -floor(log10(step) + 1e-9))
    if unit == "percent":
        return words.percent(value, max(0, decimals - 2))
    if unit == "eur":
        return words.eur(value, min(decimals, 2))
    return words.number(value, decimals)


def _step(rough: float, *, whole: bool) -> float:
    if whole and rough <= 1:
        return 1.0
    size = 10.0 ** floor(log10(rough))
    return next(
        size * nice
        for nice in (1, 2, 2.5, 5, 10)
        if size * nice >= rough * 0.999 and _clean(size * nice, whole)
    )


def _clean(step: float, whole: bool) -> bool:
    return not whole or step == int(step)
