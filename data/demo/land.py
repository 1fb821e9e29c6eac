"""What all senders share: places, counted persons, shares of cases, and how money and people move in 2025.

Sizes of municipalities are invented: heavy-tailed, and adding up to the population of their Kreis.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.demo import drawing
from data.demo.drawing import Integers, Real, apportion, day, year_of
from data.foundation import areas
from data.foundation.areas import FILE

TOWNS = Path(__file__).parent / "lists" / "towns.csv"
STUTTGART = "08111000"
COUNTED_2018 = 72_857  # 58 million EUR / 796.08 EUR
COUNTED_STUTTGART = 4_108  # GRDrs 341/2019: 4,108 x 796.08 EUR = 3,270,296.64 EUR
ALLOCATION_2025_EUR = {
    "08437": 292_750,
    "08417": 793_000,
}  # bogner-unden.de, see reference/published_funds.csv
CHANGE_2025 = {"08226": 0.43}  # Rhein-Neckar-Kreis: 57 % less than in 2024


@dataclass(frozen=True)
class Municipalities:
    """1,101 municipalities in the order of the official key, and their 44 Kreise."""

    ags: list[str]
    kreis_of: Integers  # position in `kreise`, per municipality
    size: Real  # share of the Land's population, per municipality
    kreise: list[str]
    names: list[str]  # per Kreis
    kinds: list[str]  # per Kreis: Landkreis or Stadtkreis
    population: Integers  # per Kreis, on 2020-12-31

    def of(self, kreis: int) -> Integers:
        """Positions of the municipalities of one Kreis."""
        return np.flatnonzero(self.kreis_of == kreis)

    def position(self, ags: str) -> int:
        """Position of a municipality."""
        return self.ags.index(ags)


@dataclass(frozen=True)
class Land:
    """The whole Land; positions are those of `places`."""

    places: Municipalities
    counted: dict[int, Integers]  # counted persons per municipality, by budget year 2018-2024
    shift: Real  # per Kreis: share of 2025 / share of 2024
    pull: Real  # share of the cases per municipality, before 2023
    cases: Integers  # number of cases per Kreis

    def openings(self, days: Integers, kreis: int) -> Real:
        """Relative number of new cases of a Kreis on each day: from 2023 on people move as the money does."""
        weights: Real = np.where(year_of(days) >= 2023, self.shift[kreis] ** 0.6, 1.0)
        return weights


def planned(cases: int, seed: int) -> Land:
    """The Land for `cases` cases; the same seed gives the same Land."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 8]))
    where = _municipalities(rng)
    counted = _counted(rng, where)
    shift = _shift(rng, where, counted[2024])
    by_kreis = rng.lognormal(0, 0.09, 44)[where.kreis_of]
    spread = np.where(where.size > 0.004, 0.06, 0.22)  # cities differ less from the Land than villages
    pull = (counted[2018] + 0.4) * by_kreis * np.exp(rng.normal(0, 1, len(where.ags)) * spread)
    pull[where.position(STUTTGART)] = COUNTED_STUTTGART * 1.02
    pull /= pull.sum()
    late = _share_since_2023()
    weight = np.bincount(where.kreis_of, pull) * (1 - late + late * shift**0.6)
    return Land(where, counted, shift, pull, apportion(cases, weight, least=min(4, cases // 88)))


def _municipalities(rng: np.random.Generator) -> Municipalities:
    """Large towns have about their real size (rounded to thousands), all other places an invented one."""
    with FILE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with TOWNS.open(encoding="utf-8") as lines:
        towns = {row["area_code"]: 1000.0 * int(row["thousands"]) for row in csv.DictReader(lines)}
    kreise = [row for row in rows if row["level"] == "kreis"]
    gemeinden = [row for row in rows if row["level"] == "gemeinde"]
    codes = [row["area_code"] for row in kreise]
    kreis_of = np.array(
        [codes.index(areas.above(row["area_code"], areas.KREIS)) for row in gemeinden], dtype=np.int64
    )
    population = np.array([int(row["population"]) for row in kreise], dtype=np.int64)

    known = np.array([towns.get(row["area_code"], 0.0) for row in gemeinden])
    is_stadt = np.array([row["type"] == "Stadt" for row in gemeinden])
    area = np.array([float(row["area_km2"]) for row in gemeinden])
    guess = rng.lognormal(0, 0.65, len(gemeinden)) * np.where(is_stadt, 2.4, 1.0) * area**0.35
    guess[known > 0] = 0
    others = np.bincount(kreis_of, guess)
    rest = np.maximum(population - np.bincount(kreis_of, known), 0.15 * population)
    people = known + guess / np.where(others > 0, others, 1)[kreis_of] * rest[kreis_of]
    people *= (population / np.bincount(kreis_of, people))[kreis_of]
    return Municipalities(
        ags=[row["area_code"] for row in gemeinden],
        kreis_of=kreis_of,
        size=people / people.sum(),
        kreise=codes,
        names=[row["name"] for row in kreise],
        kinds=[row["type"] for row in kreise],
        population=population,
    )


def _counted(rng: np.random.Generator, where: Municipalities) -> dict[int, Integers]:
    wish = where.size * rng.lognormal(0, 0.35, len(where.ags))
    stuttgart = where.position(STUTTGART)
    rest = np.delete(np.arange(len(where.ags)), stuttgart)
    counted: dict[int, Integers] = {}
    for year, factor in drawing.curve_by_year("counted_persons").items():
        if year > 2019:  # the count of 2018 held for 2019 too
            wish = wish * rng.lognormal(0, 0.05, len(wish))
        persons = np.empty(len(wish), dtype=np.int64)
        persons[stuttgart] = round(COUNTED_STUTTGART * factor)
        persons[rest] = apportion(round(COUNTED_2018 * factor) - int(persons[stuttgart]), wish[rest])
        counted[year] = persons
    return counted


def _shift(rng: np.random.Generator, where: Municipalities, counted: Integers) -> Real:
    share = np.bincount(where.kreis_of, counted) / counted.sum()
    wanted = share * rng.lognormal(0, 0.16, len(share))
    fixed = np.zeros(len(share))
    for kreis, amount in ALLOCATION_2025_EUR.items():
        fixed[where.kreise.index(kreis)] = amount / 58e6
    for kreis, factor in CHANGE_2025.items():
        fixed[where.kreise.index(kreis)] = factor * share[where.kreise.index(kreis)]
    wanted[fixed > 0] = 0
    shift: Real = (fixed + wanted / wanted.sum() * (1 - fixed.sum())) / share
    return shift


def _share_since_2023() -> float:
    since, whole = 0.0, 0.0
    for name in ("openings", "openings_ukraine"):
        for year, thousands in drawing.curve_by_year(name).items():
            whole += thousands
            since += thousands if day(year) >= day(2023) else 0.0
    return since / whole
