"""Axes of values: round steps, written in the reader's language. Never `20k`."""

from collections.abc import Iterable, Sequence
from math import floor, log10
from typing import Any

from data.foundation.periods import read
from pages.charts import series, theme
from pages.text.words import Words

MILLION = 1_000_000


def of_values(words: Words, unit: str, numbers: Iterable[float | None], *, steps: int = 5) -> dict[str, Any]:
    """An axis from zero to above the highest value, in about so many steps."""
    shown = [number for number in numbers if number is not None]
    highest, lowest = max([*shown, 0.0]), min([*shown, 0.0])
    if highest == lowest:
        highest = 1.0
    step = _step((highest - lowest) / steps, whole=unit in ("persons", "goals", "number", "months", "days"))
    first, last = floor(lowest / step), -floor(-highest / step)
    values = [number * step for number in range(first, last + 1)]
    return {
        "range": [values[0], values[-1]],
        "tickangle": 0,
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [tick(words, unit, value, values[-1], step) for value in values],
    }


def of_periods(words: Words, values: list[str], name: str = "") -> dict[str, Any]:
    """An axis with one place for each value. The year stands on a second line, once.

    `name` is the column of the values; those of `area_code` are named by their labels.
    """
    named = series.ticks(values)
    # Where only the starts of years are named, the year alone says it.
    years = len(values) > len(named) and all(map(series.begins_a_year, named))
    texts = [
        _year(value) if years else _place(words, value, name, with_year=_begins(named, position))
        for position, value in enumerate(named)
    ]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": values,
        "range": [-0.5, len(values) - 0.5],
        "tickmode": "array",
        "tickvals": named,
        "ticktext": texts,
        "tickangle": 0,
        "ticks": "outside",
    }


def of_rows(labels: list[str]) -> dict[str, Any]:
    """An axis of named rows, the first on top; rows are drawn at 0, 1, 2 …"""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
    }


def room(labels: Sequence[str]) -> int:
    """Pixels for each of these rows: as many lines as the longest name has, no fewer than a bar needs."""
    return max(30, 18 * max((label.count("<br>") + 1 for label in labels), default=1))


def tick(words: Words, unit: str, value: float, highest: float, step: float) -> str:
    """One value on an axis; millions are written as such, because a phone has no room for the zeros."""
    if highest >= MILLION and value:
        decimals = _decimals(step / MILLION)
        text = words.number(value / MILLION, decimals)
        return words.t("number.million_eur" if unit == "eur" else "number.million", number=text)
    if unit == "percent":
        return words.percent(value, _decimals(step * 100))
    decimals = _decimals(step)
    if unit == "eur":
        return words.eur(value, min(decimals, 2))
    return words.number(value, decimals)


def _year(value: str) -> str:
    found = read(value)
    return str(found.year) if found else value


def _decimals(step: float) -> int:
    """How many decimals a step needs, so that 2.5 is not written as 2: a label must be its value."""
    return next(digits for digits in range(6) if digits == 5 or abs(round(step, digits) - step) < step * 1e-6)


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


def _begins(named: list[str], position: int) -> bool:
    # The first place has its year too, unless the next one brings a year and would run into it.
    starts = [
        series.begins_a_year(value) and value != _year(value) for value in named[position : position + 2]
    ]
    return starts[0] or (position == 0 and not any(starts))


def _place(words: Words, value: str, name: str, *, with_year: bool) -> str:
    short = words.period_short(value)
    if short == value:
        return theme.wrapped(words.place_or_category(value, name), 12)
    if " " not in short:
        return short
    within, year = short.rsplit(" ", 1)
    # The year once is enough, and eight of them would not fit on a phone.
    return f"{within}<br>{year}" if with_year else within
