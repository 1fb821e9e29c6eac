"""Who the counselled persons are: origin, age, sex, household, residence status, schooling."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from data.demo.drawing import YEAR, Flags, Integers, Real, Rows, day, happens, pick_by
from data.demo.spells import Spells

COUNTRIES = Path(__file__).parent / "lists" / "countries.csv"
CHANCES = ["good", "open", "low", "ukraine"]  # how likely a protection status is
AGE_EDGES = np.array([0, 6, 15, 18, 27, 45, 65, 88])
SHARES_BY_AGE: Rows = [
    [26, 25, 8, 13, 21, 6, 1],
    [24, 24, 7, 14, 24, 6.5, 1],
    [15, 12, 5, 27, 36, 5, 0.5],
    [14, 26, 8, 9, 23, 14, 6],
]
STATUS: Rows = [
    [8, 77, 7, 6, 0, 2],
    [33, 50, 3, 12, 0, 2],
    [27, 29, 2, 40, 0, 2],
    [0.3, 2, 0.5, 0.2, 96.5, 0.5],
]
WOMEN = np.array([0.42, 0.45, 0.25, 0.64])
SCHOOL: Rows = [
    [22, 23, 22, 17, 16, 0],
    [8, 14, 20, 24, 34, 0],
    [20, 27, 27, 16, 10, 0],
    [1, 4, 12, 37, 46, 0],
]
VOCATION: Rows = [[64, 20, 4, 11, 1], [43, 27, 4, 24, 2], [66, 24, 5, 4, 1], [15, 38, 1, 45, 1]]


@dataclass(frozen=True)
class Persons:
    """Per case: codes of the value lists, and age in years at the start and at the last day on record."""

    country: Integers
    chance: Integers
    age_at_start: Real
    age: Real
    sex: Integers
    household: Integers
    status: Integers
    school: Integers
    vocation: Integers

    @property
    def adult(self) -> Flags:
        """18 or older on the last day on record."""
        return self.age >= 18


@lru_cache(maxsize=1)
def countries() -> list[dict[str, str]]:
    """The countries of origin, with German names and shares by period."""
    with COUNTRIES.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def drawn(rng: np.random.Generator, spells: Spells) -> Persons:
    """One person per case. The age goes on until counselling ends: that is what an office's program knows."""
    count = len(spells.opened)
    country = _country(rng, spells)
    chance = np.array([CHANCES.index(row["chance"]) for row in countries()])[country]
    group = pick_by(rng, SHARES_BY_AGE, chance)
    low, high = AGE_EDGES[group], AGE_EDGES[group + 1]
    age_at_start = low + rng.random(count) ** np.where(group == 6, 1.8, 1.0) * (high - low)
    age = age_at_start + (spells.last - spells.opened) / YEAR
    women = happens(rng, np.where(age_at_start < 15, 0.48, WOMEN[chance]), count)
    sex = np.where(happens(rng, 0.0006, count), 2, women.astype(np.int64))
    family = happens(rng, np.where(age_at_start < 17, 0.97, np.where(women, 0.74, 0.42)), count)
    status = pick_by(rng, STATUS, chance)
    years: Real = (spells.last - spells.opened) / YEAR
    settled = (status == 1) & happens(rng, 0.02 * years, count)
    return Persons(
        country=country,
        chance=chance,
        age_at_start=age_at_start,
        age=age,
        sex=sex,
        household=family.astype(np.int64),
        status=np.where(settled, 2, status),
        school=_school(rng, age, chance),
        vocation=np.where(age < 17, 0, pick_by(rng, VOCATION, chance)),
    )


def _country(rng: np.random.Generator, spells: Spells) -> Integers:
    rows = countries()
    shares = [[float(row[period]) for row in rows] for period in ("until_2017", "until_2021", "from_2022")]
    period = (spells.opened >= day(2018)).astype(np.int64) + (spells.opened >= day(2022))
    ukraine = [row["iso"] for row in rows].index("UA")
    return np.where(spells.ukraine, ukraine, pick_by(rng, shares, period))


def _school(rng: np.random.Generator, age: Real, chance: Integers) -> Integers:
    of_adults = pick_by(rng, SCHOOL, chance)
    still = (age < 17) | ((age < 20) & happens(rng, 0.5, len(age)))
    return np.where(age < 6, 0, np.where(still, 5, of_adults))
