"""What all senders share: places, counted persons, shares of cases, and how money and people move in 2025."""

from dataclasses import dataclass

import numpy as np

from data.demo import curves, places
from data.demo.chance import apportion
from data.demo.days import Real, Whole, day, year_of

STUTTGART = "08111000"
COUNTED_2018 = 72_857  # 58 million EUR / 796.08 EUR
COUNTED_STUTTGART = 4_108  # GRDrs 341/2019: 4,108 x 796.08 EUR = 3,270,296.64 EUR
ALLOCATION_2025_EUR = {
    "08437": 292_750,
    "08417": 793_000,
}  # bogner-unden.de, see reference/published_funds.csv
CHANGE_2025 = {"08226": 0.43}  # Rhein-Neckar-Kreis: 57 % less than in 2024


@dataclass(frozen=True)
class Land:
    """The whole Land; positions are those of `places`."""

    places: places.Places
    counted: dict[int, Whole]  # counted persons per municipality, by budget year 2018-2024
    shift: Real  # per Kreis: share of 2025 / share of 2024
    pull: Real  # share of the cases per municipality, before 2023
    cases: Whole  # number of cases per Kreis

    def openings(self, days: Whole, kreis: int) -> Real:
        """Relative number of new cases of a Kreis on each day: from 2023 on people move as the money does."""
        weights: Real = np.where(year_of(days) >= 2023, self.shift[kreis] ** 0.6, 1.0)
        return weights


def planned(cases: int, seed: int) -> Land:
    """The Land for `cases` cases; the same seed gives the same Land."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 8]))
    where = places.invented(rng)
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


def _counted(rng: np.random.Generator, where: places.Places) -> dict[int, Whole]:
    wish = where.size * rng.lognormal(0, 0.35, len(where.ags))
    stuttgart = where.position(STUTTGART)
    rest = np.delete(np.arange(len(where.ags)), stuttgart)
    counted: dict[int, Whole] = {}
    for year, factor in curves.by_year("counted_persons").items():
        if year > 2019:  # the count of 2018 held for 2019 too
            wish = wish * rng.lognormal(0, 0.05, len(wish))
        persons = np.empty(len(wish), dtype=np.int64)
        persons[stuttgart] = round(COUNTED_STUTTGART * factor)
        persons[rest] = apportion(round(COUNTED_2018 * factor) - int(persons[stuttgart]), wish[rest])
        counted[year] = persons
    return counted


def _shift(rng: np.random.Generator, where: places.Places, counted: Whole) -> Real:
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
        for year, thousands in curves.by_year(name).items():
            whole += thousands
            since += thousands if day(year) >= day(2023) else 0.0
    return since / whole
