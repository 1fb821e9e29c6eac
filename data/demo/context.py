"""What stands beside the cases: persons in Anschlussunterbringung, allocations, inhabitants."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.drawing import Integers, day
from data.demo.land import Land

CENSUS_DAY = day(2020, 12, 31)  # population_date in reference/areas.csv


@dataclass(frozen=True)
class Context:
    """Per row: municipality (-1 = the Kreis), day, and counts of persons (-1 = not given)."""

    place: Integers
    day: Integers
    followup_housing: Integers
    allocated: Integers
    inhabitants: Integers

    def table(self, land: Land, kreis: int) -> pa.Table:
        """The table kontext."""
        return pa.table(
            {
                **arrow_columns.areas(land.places, kreis, self.place),
                "stichtag": arrow_columns.days(self.day),
                "personen_anschlussunterbringung": arrow_columns.integers(self.followup_housing),
                "zuweisungen_jahr": arrow_columns.integers(self.allocated),
                "einwohner": arrow_columns.integers(self.inhabitants),
                # population_date 2020-12-31 in reference/areas.csv is before the census of 2022
                "einwohner_basis": arrow_columns.choice(
                    np.where(self.inhabitants < 0, -1, 0), ["Zensus 2011"]
                ),
            }
        )


def drawn(rng: np.random.Generator, land: Land, kreis: int, reporting_day: int) -> Context:
    """Persons by municipality at the end of every year (2026: of June), inhabitants of the Kreis once.

    The Kreis has a row of its own for the inhabitants only, so that a sum over areas counts nobody twice.
    """
    places = land.places.of(kreis)
    share = land.counted[2018][places] / land.counted[2018].sum()
    days = [day(year, 12, 31) for year in range(2017, 2026)] + [day(2026, 6, 30)]
    days = [when for when in days if when <= reporting_day]
    housing, allocated = [], []
    for year in range(2017, 2017 + len(days)):
        moved = share * (land.shift[kreis] ** 0.4 if year >= 2023 else 1.0)
        persons = drawing.curve_by_year("followup_housing")[year] * 1000 * moved
        housing.append(np.round(persons * rng.lognormal(0, 0.10, len(places))))
        arrivals = drawing.curve_by_year("allocations")[year] * 1000 * moved
        allocated.append(rng.poisson(arrivals * rng.lognormal(0, 0.25, len(places))))
    count = len(days) * len(places)
    return Context(
        place=np.append(np.tile(places, len(days)), -1),
        day=np.append(np.repeat(days, len(places)), CENSUS_DAY),
        followup_housing=np.append(np.concatenate(housing), -1).astype(np.int64),
        allocated=np.append(np.concatenate(allocated), -1).astype(np.int64),
        inhabitants=np.append(np.full(count, -1), land.places.population[kreis]),
    )
