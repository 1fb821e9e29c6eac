"""The municipalities and their invented sizes: heavy-tailed, adding up to the population of their Kreis."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.areas import FILE
from data.demo.days import Real, Whole

TOWNS = Path(__file__).parent / "towns.csv"


@dataclass(frozen=True)
class Places:
    """1,101 municipalities in the order of the official key, and their 44 Kreise."""

    ags: list[str]
    kreis_of: Whole  # position in `kreise`, per municipality
    size: Real  # share of the Land's population, per municipality
    kreise: list[str]
    names: list[str]  # per Kreis
    kinds: list[str]  # per Kreis: Landkreis or Stadtkreis
    population: Whole  # per Kreis, on 2020-12-31

    def of(self, kreis: int) -> Whole:
        """Positions of the municipalities of one Kreis."""
        return np.flatnonzero(self.kreis_of == kreis)

    def position(self, ags: str) -> int:
        """Position of a municipality."""
        return self.ags.index(ags)


def invented(rng: np.random.Generator) -> Places:
    """Large towns have about their real size (rounded to thousands), all other places an invented one."""
    with FILE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    with TOWNS.open(encoding="utf-8") as lines:
        towns = {row["area_code"]: 1000.0 * int(row["thousands"]) for row in csv.DictReader(lines)}
    kreise = [row for row in rows if row["level"] == "kreis"]
    gemeinden = [row for row in rows if row["level"] == "gemeinde"]
    codes = [row["area_code"] for row in kreise]
    kreis_of = np.array([codes.index(row["parent_code"]) for row in gemeinden], dtype=np.int64)
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
    return Places(
        ags=[row["area_code"] for row in gemeinden],
        kreis_of=kreis_of,
        size=people / people.sum(),
        kreise=codes,
        names=[row["name"] for row in kreise],
        kinds=[row["type"] for row in kreise],
        population=population,
    )
