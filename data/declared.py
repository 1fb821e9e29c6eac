"""What the header of a question declares: counts with the people behind them, rates, curves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """A count and the column with the number of people behind it (itself, where people are counted)."""

    name: str
    people: str


@dataclass(frozen=True)
class Rate:
    """`name = numerator / denominator`; a denominator may be a number."""

    name: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Curve:
    """`name = attained / at_risk until ended by dimensions`: the share attained so far, by Kaplan and Meier.

    `ended` counts those attained and those that ended otherwise.
    """

    name: str
    attained: str
    at_risk: str
    ended: str
    by: tuple[str, ...]
