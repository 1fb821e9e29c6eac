"""Posts, month by month: approved and filled VZÄ of municipalities and Kreise."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.drawing import Flags, Integers, Real, day, happens, month_starts, year_of
from data.demo.land import COUNTED_2018, STUTTGART, Land

SIZES = np.array([25, 50, 50, 50, 60, 75, 80, 100, 100, 100, 100, 100, 100])  # hundredths of a VZÄ
# 51.1 VZÄ in 2018/19 (Stuttgart GRDrs 341/2019)
STUTTGART_2018 = np.array([100] * 45 + [70] * 8 + [50])
OWN_POST_FROM = 0.8  # VZÄ: 51,000 EUR, the least a municipality could apply for, at 64,000 EUR per VZÄ
RETURNS = 0.30  # chance that a vacant post is filled in a month
KEEPS_TOWNS_FROM = 6.0  # VZÄ: towns that a Kreis passes money on to from 2025, if it passes on at all


@dataclass(frozen=True)
class Posts:
    """Per row: position of the post, month, municipality or Kreis (-1 where not), hundredths of a VZÄ."""

    post: Integers
    month: Integers
    place: Integers
    by_kreis: Flags
    approved: Integers
    filled: Integers

    def table(self, rng: np.random.Generator, land: Land, kreis: int) -> pa.Table:
        """The table stellen."""
        office = land.places.kinds[kreis]
        town = "Stadtkreis" if office == "Stadtkreis" else "Stadt/Gemeinde"
        post_ids = arrow_columns.pseudonyms(rng, int(self.post.max()) + 1)
        # About every eighth post is with a welfare organisation that works for the municipality.
        independent = happens(rng, 0.12, len(post_ids))[self.post]
        return pa.table(
            {
                "stelle_id": post_ids.take(pa.array(self.post)),
                "monat": arrow_columns.days(self.month),
                **arrow_columns.areas(land.places, kreis, np.where(self.by_kreis, -1, self.place)),
                "traeger_art": arrow_columns.choice(
                    np.where(independent, 2, np.where(self.by_kreis, 1, 0)), [town, office, "freier Träger"]
                ),
                "vzae_bewilligt": arrow_columns.hundredths(self.approved),
                "vzae_besetzt": arrow_columns.hundredths(self.filled),
            }
        )


def drawn(rng: np.random.Generator, land: Land, kreis: int, reporting_day: int) -> Posts:
    """The posts of one Kreis and its municipalities, every month from 2018-01 to the reporting date."""
    months = month_starts((2018, 1), (2026, 9))
    months = months[months <= reporting_day]
    sizes, owners, active = _approved(rng, land, kreis, months)
    filled = _filled(rng, months, sizes)
    post, month = np.nonzero(active)
    passed_on = happens(rng, 0.3, 1)[0]
    wanted = land.counted[2018] / COUNTED_2018 * drawing.curve_by_year("posts")[2018]
    large = (
        (owners >= 0) & (wanted[owners] >= KEEPS_TOWNS_FROM) & passed_on & (len(land.places.of(kreis)) > 1)
    )
    by_kreis = (owners[post] < 0) | ((months[month] >= day(2025)) & ~large[post])
    return Posts(post, months[month], owners[post], by_kreis, sizes[post], filled[post, month])


def _approved(
    rng: np.random.Generator, land: Land, kreis: int, months: Integers
) -> tuple[Integers, Integers, Flags]:
    """Sizes, owners (municipality, or -1 for the Kreis) and active months of the posts."""
    places = land.places.of(kreis)
    share = land.counted[2018][places] / COUNTED_2018
    land_2018 = drawing.curve_by_year("posts")[2018]
    own = share * land_2018 >= OWN_POST_FROM
    owners = [(int(place), float(part)) for place, part in zip(places[own], share[own], strict=True)]
    if not own.all():
        owners.append((-1, float(share[~own].sum())))
    growth = _growth(land, kreis, months)
    sizes: list[Integers] = []
    owner_of: list[Integers] = []
    active: list[Flags] = []
    for owner, part in owners:
        target = part * land_2018 * growth * 100
        drawn = SIZES[rng.integers(0, len(SIZES), int(target.max() / 25) + 2)]
        if owner == land.places.position(STUTTGART):
            drawn = np.concatenate([STUTTGART_2018, drawn])
            target = np.where(year_of(months) <= 2019, float(STUTTGART_2018.sum()), target)
        before = np.cumsum(drawn) - drawn
        runs = (before[:, None] + drawn[:, None] / 2 <= target[None, :]) | (before == 0)[:, None]
        runs = runs[runs.any(axis=1)]
        sizes.append(drawn[: len(runs)])
        owner_of.append(np.full(len(runs), owner))
        active.append(runs)
    return np.concatenate(sizes), np.concatenate(owner_of), np.concatenate(active)


def _growth(land: Land, kreis: int, months: Integers) -> Real:
    """Approved posts against 2018. From 2025 half of the change in money is felt, half is made up for."""
    by_year = drawing.curve_by_year("posts")
    since_2025 = np.where(year_of(months) >= 2025, 0.4 + 0.6 * land.shift[kreis], 1.0)
    at_years = np.array([by_year[int(year)] for year in year_of(months)])
    stepwise = (year_of(months) < 2020) | (months >= day(2024, 7))
    values: Real = (
        np.where(stepwise, at_years, drawing.curve_at("posts", months)) / by_year[2018] * since_2025
    )
    return values


def _filled(rng: np.random.Generator, months: Integers, sizes: Integers) -> Integers:
    """Vacancies come and go, so that the share of filled posts follows the Land and differs by Kreis."""
    rate = np.clip(drawing.curve_at("fill_rate", months) + rng.normal(0, 0.035), 0.6, 0.985)
    taken = happens(rng, rate[0], len(sizes))
    columns = []
    for share in rate:
        leaves = np.minimum(RETURNS * (1 - share) / share, 1)
        chance = rng.random(len(sizes))
        taken = np.where(taken, chance >= leaves, chance < RETURNS)
        columns.append(taken)
    reduced = np.where((sizes >= 50) & happens(rng, 0.05, len(sizes)), 0.8, 1.0)
    hundredths: Integers = np.floor(sizes * reduced).astype(np.int64)[:, None] * np.stack(columns, axis=1)
    return hundredths
