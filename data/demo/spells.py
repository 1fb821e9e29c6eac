"""When counselling begins and ends."""

from dataclasses import dataclass

import numpy as np

from data.demo import curves
from data.demo.chance import happens, pick
from data.demo.days import MONTH, NEVER, Flags, Real, Whole, day, month_starts, year_of
from data.demo.land import Land

START = day(2018)
LIMIT_SINCE = day(2024)  # the rule of 06.06.2023 (3 years, 4 in justified cases) takes hold


@dataclass(frozen=True)
class Spells:
    """Per case: first day, end (`NEVER` = open), last day on record, from Ukraine, ended by the limit."""

    opened: Whole
    closed: Whole
    last: Whole
    ukraine: Flags
    limited: Flags


def drawn(rng: np.random.Generator, land: Land, kreis: int, reporting_day: int) -> Spells:
    """The cases of one Kreis: those open on 01.01.2018 and all that began since."""
    count = int(land.cases[kreis])
    opened, ukraine = _openings(rng, land, kreis, reporting_day, count)
    scale = np.where(ukraine, 38.0, 52.0) * MONTH * rng.lognormal(0, 0.1)
    shape = 1.25
    already = np.maximum(START - opened, 0) / scale
    # Inverse of the Weibull survival function, given that the case is still open on 01.01.2018.
    left = np.exp(-(already**shape)) * rng.random(count)
    closed = opened + np.ceil(scale * (-np.log(left)) ** (1 / shape)).astype(np.int64) + 1

    years_allowed = np.where(happens(rng, 0.45, count), 4, 3)
    limit = opened + (years_allowed * 365.25).astype(np.int64) + rng.integers(-20, 45, count)
    limit = np.where(limit < LIMIT_SINCE, LIMIT_SINCE + rng.integers(0, 540, count), limit)
    limited = (closed > limit) & happens(rng, 0.45, count)
    closed = np.where(limited, limit, closed)
    ended = closed <= reporting_day
    return Spells(
        opened=opened,
        closed=np.where(ended, closed, NEVER),
        last=np.where(ended, closed, reporting_day),
        ukraine=ukraine,
        limited=limited & ended,
    )


def _openings(
    rng: np.random.Generator, land: Land, kreis: int, reporting_day: int, count: int
) -> tuple[Whole, Flags]:
    months = month_starts((2015, 1), (2026, 9))
    months = months[months <= reporting_day]
    moved = land.openings(months, kreis)
    others = _per_month("openings", months) * moved * rng.lognormal(0, 0.12, len(months))
    ukraine = _per_month("openings_ukraine", months) * moved
    since_march_2022 = (months - day(2022, 3)) / MONTH
    swell = np.where(
        since_march_2022 < -1, 0, np.where(year_of(months) == 2022, 1.6 - 0.1 * since_march_2022, 1)
    )
    ukraine = ukraine * swell * rng.lognormal(0, 0.1, len(months))
    drawn = pick(rng, np.concatenate([others, ukraine]), count)
    month = months[drawn % len(months)]
    return np.minimum(month + rng.integers(0, 28, count), reporting_day), drawn >= len(months)


def _per_month(name: str, months: Whole) -> Real:
    points = curves.by_year(name)
    return np.array([points.get(int(year), 0.0) for year in year_of(months)])
