"""When counselling begins and ends, which cases have an integration plan, and when it was last updated."""

from dataclasses import dataclass

import numpy as np

from data.demo import drawing
from data.demo.drawing import (
    MONTH,
    NEVER,
    Flags,
    Integers,
    Real,
    day,
    happens,
    month_starts,
    months_later,
    pick,
    year_of,
)
from data.demo.land import Land

START = day(2018)
LIMIT_SINCE = day(2024)  # the rule of 06.06.2023 (3 years, 4 in justified cases) takes hold


@dataclass(frozen=True)
class Spells:
    """Per case: first day, end (`NEVER` = open), last day on record, from Ukraine, ended by the limit."""

    opened: Integers
    closed: Integers
    last: Integers
    ukraine: Flags
    limited: Flags


@dataclass(frozen=True)
class Plans:
    """Per case: day of the first plan and of its last update, `NEVER` where there is none."""

    written: Integers
    updated: Integers


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


def plans_drawn(rng: np.random.Generator, spells: Spells) -> Plans:
    """Offices differ: some write plans for nearly everybody and keep them up, others do neither."""
    count = len(spells.opened)
    diligence = float(np.clip(rng.normal(0, 0.07), -0.15, 0.13))
    wanted = happens(rng, drawing.curve_at("plan_rate", spells.opened) + 0.06 + diligence, count)
    at_start = happens(rng, 0.55 + 2 * diligence, count)
    soon = np.where(happens(rng, 0.25, count), -rng.integers(0, 26, count), rng.integers(0, 31, count))
    later = 30 + months_later(rng, 5.0, count)
    # The programme and its plans began in 2018: who was counselled before got a plan in its first two years.
    begin = np.maximum(spells.opened, START + rng.integers(0, 300, count) * (spells.opened < START))
    written = np.where(at_start, begin + soon, begin + later)
    # Export format: at most 30 days before the start, not after the end or the reporting date.
    written = np.where(wanted & (written <= spells.last), np.maximum(written, spells.opened - 30), NEVER)

    room = np.maximum(spells.last - written, 0)
    since_update = np.minimum(months_later(rng, 8.0 - 20 * diligence, count), 1500)
    has_update = (
        (written != NEVER) & (room > 60) & (since_update < room) & happens(rng, 0.78 + diligence, count)
    )
    return Plans(written, np.where(has_update, spells.last - since_update, NEVER))


def _openings(
    rng: np.random.Generator, land: Land, kreis: int, reporting_day: int, count: int
) -> tuple[Integers, Flags]:
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


def _per_month(name: str, months: Integers) -> Real:
    points = drawing.curve_by_year(name)
    return np.array([points.get(int(year), 0.0) for year in year_of(months)])
