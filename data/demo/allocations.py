"""The planning frame (Planungsrahmen): by municipality until 2024, by Kreis from 2025, in cents."""

import numpy as np

from data.demo.chance import apportion
from data.demo.days import Whole
from data.demo.land import ALLOCATION_2025_EUR, CHANGE_2025, COUNTED_STUTTGART, STUTTGART, Land

YEAR_EUR = 58_000_000
PER_PERSON_2018_CENTS = 796_08
STUTTGART_2018_CENTS = COUNTED_STUTTGART * PER_PERSON_2018_CENTS
STUTTGART_2019_CENTS = 6_540_594_00 - STUTTGART_2018_CENTS  # both years: Stuttgart GRDrs 341/2019
UKRAINE_AID_EUR = 8_000_000


def of_municipalities(land: Land, year: int) -> Whole:
    """Cents per municipality: 796.08 EUR per counted person in 2018, then 58 million by count (to 2024)."""
    counted = land.counted[year]
    if year == 2018:
        return counted * PER_PERSON_2018_CENTS
    if year != 2019:
        return apportion(YEAR_EUR, counted.astype(np.float64)) * 100
    stuttgart = land.places.position(STUTTGART)
    rest = np.delete(np.arange(len(counted)), stuttgart)
    cents = np.empty(len(counted), dtype=np.int64)
    cents[stuttgart] = STUTTGART_2019_CENTS
    cents[rest] = apportion(YEAR_EUR - STUTTGART_2019_CENTS // 100, counted[rest].astype(np.float64)) * 100
    return cents


def of_kreise(land: Land, year: int) -> Whole:
    """Cents per Kreis, 2025 and 2026: the published amounts, the others by shift, together 58 million."""
    kreise, kreis_of = land.places.kreise, land.places.kreis_of
    before = np.bincount(kreis_of, of_municipalities(land, 2024) / 100)
    fixed = np.zeros(len(kreise))
    for kreis, factor in CHANGE_2025.items():
        fixed[kreise.index(kreis)] = round(factor * before[kreise.index(kreis)])
    for kreis, amount in ALLOCATION_2025_EUR.items():
        fixed[kreise.index(kreis)] = amount
    free = fixed == 0
    wish = before * land.shift * np.where(free, 1.0, 0.0)
    if year == 2026:
        wish *= 1 + 0.03 * np.sin(np.arange(len(kreise)))
    fixed[free] = apportion(YEAR_EUR - int(fixed.sum()), wish[free])
    return fixed.astype(np.int64) * 100


def ukraine_aid(land: Land) -> Whole:
    """Cents per Kreis of the Soforthilfe Ukraine 2022: 8.0 million by population."""
    return apportion(UKRAINE_AID_EUR, land.places.population.astype(np.float64)) * 100
