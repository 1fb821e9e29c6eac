"""How precisely a rate is written: as its base bears it.

Each count is off by up to five, so a rate of few people is off by many points. Below 20 people it is told by
the half only, below 80 as "rund 60 %" in steps of 5, below 400 in whole percents, and with decimals from
there on. What is no share (posts needed, people for each post, money for each case) is rounded to the last
digit that the bounds of its counts bear, with "rund" before it below 80 people; its number in a file, on a
map and in a claim is the same rounded one (`rounded`). Exact rates are written as ever. In a rate over
several places each has a deviation of its own: together these grow by the root of their number, so such a
base bears what one smaller by that root bears alone.
"""

from math import floor, log10, sqrt
from typing import Protocol

from data.disclosure import bounds
from data.disclosure.published import Curved, Ratio
from pages.text.numbers import Number


class Writer(Protocol):
    """The numbers of a language, as `Words` writes them."""

    def t(self, key: str, **values: object) -> str:
        """A text."""

    def number(self, x: Number, decimals: int = 0) -> str:
        """A number."""

    def percent(self, x: Number, decimals: int = 1) -> str:
        """A share."""

    def eur(self, x: Number, decimals: int = 0) -> str:
        """An amount."""

    def vzae(self, x: Number, decimals: int | None = None) -> str:
        """Posts."""

    def change(self, x: Number, decimals: int = 0) -> str:
        """A relative change with its sign."""

    def points(self, x: Number, decimals: int = 1) -> str:
        """A difference of shares with its sign."""

    def exactly(self, x: Number, unit: str) -> str:
        """A number with the digits of its unit."""


# From how many people on the next precision is borne.
HALVES, STEPS, WHOLE = 20, 80, 400
STEP = 0.05
NEAR = (0.4, 0.6)  # around a half
DECIMALS = {"vzae": 2, "per_post": 1, "per_1000": 1}  # of a unit at most; of others none


def base(x: Number) -> float | None:
    """How many people a share is one of, as far as their deviations go; None if it is exact."""
    if not isinstance(x, (Ratio, Curved)) or not x.deviates:
        return None
    return _alone(x.base, max(x.part_counts, x.base_counts)) if isinstance(x, Ratio) else x.base


def percent(x: Number, words: Writer) -> str:
    """A share as its base bears it."""
    people_in_all = base(x)
    if people_in_all is None or people_in_all >= WHOLE:
        return words.percent(x)
    if people_in_all >= STEPS:
        return words.percent(x, 0)
    if people_in_all >= HALVES or not isinstance(x, Ratio):
        return words.t("number.about", number=words.percent(stepped(float(x)), 0))
    return words.t(f"number.half.{half(x)}")


def other(x: Number, unit: str, words: Writer) -> str:
    """Posts needed, people for each post, money for each person: as precisely as the people in it bear."""
    few = people(x)
    if few is None or not isinstance(x, Ratio) or not x:
        return words.exactly(x, unit)
    if unit == "eur":
        text = words.eur(rounded(x, unit))
    else:
        text = words.vzae(rounded(x, unit), _decimals(x, unit)) if unit == "vzae" else bare(x, unit, words)
    return words.t("number.about", number=text) if few < STEPS else text


def bare(x: Ratio, unit: str, words: Writer) -> str:
    """The same without its unit, and without saying that it is rounded."""
    return words.number(rounded(x, unit), _decimals(x, unit))


def rounded(x: Number, unit: str) -> float:
    """A number as it is told, for what reckons with it; a share and what is exact as they are."""
    step = bounds.borne(x) if unit != "percent" and isinstance(x, Ratio) else 0.0
    # No rest of a binary fraction is left of a tenth.
    return round(floor(float(x) / step + 0.5) * step, 6) if step else float(x)


def stepped(share: float) -> float:
    """The nearest of the steps; a small share is not written as none."""
    return max(STEP, round(share / STEP) * STEP)


def change(x: float, of: float | None, words: Writer, *, signed: bool) -> str:
    """A relative change of so many people (None: exact), with its sign or without.

    Of less than 20 people it has no number.
    """
    if of is not None and of < HALVES:
        return words.t("number.clearly" if not signed else f"number.clearly_{'more' if x > 0 else 'less'}")
    if of is None or of >= STEPS:
        return words.change(x) if signed else words.percent(abs(x), 0)
    size = stepped(abs(x))
    text = words.change(size if x > 0 else -size) if signed else words.percent(size, 0)
    return words.t("number.about", number=text)


def points(x: float, of: float | None, words: Writer, *, signed: bool) -> str:
    """A difference of two shares, as the smaller base bears it (None: exact), with its sign or without."""
    decimals = 1 if of is None or of >= WHOLE else 0
    about = of is not None and of < STEPS
    size = stepped(abs(x)) if about else abs(x)
    text = words.points(size if x > 0 else -size, decimals).lstrip("" if signed else "+−±")
    return words.t("number.about", number=text) if about else text


def people(x: Number) -> float | None:
    """The fewest people in a rate that is no share."""
    if not isinstance(x, Ratio) or not x.deviates:
        return None
    parts = ((x.part, x.part_counts), (x.base, x.base_counts))
    return min(_alone(value, counts) for value, counts in parts if counts)


def _decimals(x: Ratio, unit: str) -> int:
    step = bounds.borne(x)
    return min(DECIMALS.get(unit, 0), max(0, -floor(log10(step)))) if step else DECIMALS.get(unit, 0)


def _alone(value: float, counts: int) -> float:
    """How large a single count would be that is told as precisely as the sum of so many."""
    return value / sqrt(counts)


def half(x: Ratio) -> str:
    """What can be said of a half: surely over or under it, near it, or at least on which side."""
    found = bounds.rate(x)
    if found.low > 0.5:
        return "over"
    if found.high < 0.5:
        return "under"
    if NEAR[0] <= x <= NEAR[1]:
        return "near"
    return "rather_over" if x > 0.5 else "rather_under"
