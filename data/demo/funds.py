"""Bookings of funds: from the planning frame to what was spent, year by year, with what is left over.

The planning frame (Planungsrahmen) is by municipality until 2024, by Kreis from 2025. Amounts are in cents.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns
from data.demo.drawing import Flags, Integers, Real, apportion, day, happens
from data.demo.land import ALLOCATION_2025_EUR, CHANGE_2025, COUNTED_STUTTGART, STUTTGART, Land

YEAR_EUR = 58_000_000
PER_PERSON_2018_CENTS = 796_08
STUTTGART_2018_CENTS = COUNTED_STUTTGART * PER_PERSON_2018_CENTS
STUTTGART_2019_CENTS = 6_540_594_00 - STUTTGART_2018_CENTS  # both years: Stuttgart GRDrs 341/2019
UKRAINE_AID_EUR = 8_000_000
PROGRAMMES = ["PIK Integrationsmanagement", "Soforthilfe Ukraine", "Digitale Unterstützung"]
INTEGRATION, UKRAINE, DIGITAL = range(3)
STAGES = [
    "Planungsrahmen",
    "beantragt",
    "bewilligt",
    "ausgezahlt",
    "verwendet",
    "zurückgefordert",
    "Eigenanteil",
]
FRAME, APPLIED, APPROVED, PAID, SPENT, RECLAIMED, OWN_SHARE = range(7)
# Until 2024 a municipality can apply by itself from 51,000 EUR on; others join their Kreis or leave it.
LEAST_CENTS = 51_000_00
# Share of the payments that is spent: rates were too high at first (Rechnungshof, Denkschrift 2022, Nr. 15).
SPENT_SHARE = {2018: 0.80, 2019: 0.90, 2020: 0.93, 2021: 0.93, 2022: 0.88, 2023: 0.92, 2024: 0.95, 2025: 0.97}
OWN_SHARES = {2018: 0.06, 2019: 0.10, 2020: 0.14, 2021: 0.17, 2022: 0.15, 2023: 0.18, 2024: 0.22, 2025: 0.24}
ONGOING = 2026


@dataclass(frozen=True)
class Bookings:
    """Per booking: municipality (-1 = the Kreis), year, codes, cents, day, counted persons (-1 = none)."""

    place: Integers
    year: Integers
    programme: Integers
    stage: Integers
    cents: Integers
    booked: Integers
    counted: Integers

    def table(self, rng: np.random.Generator, land: Land, kreis: int) -> pa.Table:
        """The table mittel."""
        return pa.table(
            {
                "buchung_id": arrow_columns.pseudonyms(rng, len(self.year)),
                **arrow_columns.areas(land.places, kreis, self.place),
                "haushaltsjahr": arrow_columns.integers(self.year),
                "programm": arrow_columns.choice(self.programme, PROGRAMMES),
                "stufe": arrow_columns.choice(self.stage, STAGES),
                "betrag_eur": arrow_columns.hundredths(self.cents),
                "gebucht_am": arrow_columns.days(self.booked),
                "bemessungszahl": arrow_columns.integers(self.counted),
            }
        )

    def chosen(self, rows: Flags) -> "Bookings":
        """Some of the bookings."""
        return Bookings(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Grants:
    """The money of one programme and year, to these recipients: municipalities (-1 = the Kreis)."""

    place: Integers
    year: int
    programme: int


def drawn(rng: np.random.Generator, land: Land, kreis: int, reporting_day: int) -> Bookings:
    """All bookings of a Kreis and its municipalities up to the reporting date."""
    places, the_kreis = land.places.of(kreis), np.array([-1])
    parts = []
    for year in range(2018, 2025):
        frame, counted = of_municipalities(land, year)[places], land.counted[year][places]
        parts.append(_frames(rng, Grants(places, year, INTEGRATION), frame, counted))
        alone = frame >= LEAST_CENTS
        joined = int(frame[~alone & happens(rng, 0.85, len(places))].sum())
        takers = np.append(places[alone], the_kreis) if joined else places[alone]
        taken = np.append(frame[alone], joined)[: len(takers)]
        parts.append(_course(rng, land, Grants(takers, year, INTEGRATION), taken))
    for year in (2025, ONGOING):
        frame = of_kreise(land, year)[[kreis]]
        grants = Grants(the_kreis, year, INTEGRATION)
        parts += [_frames(rng, grants, frame), _course(rng, land, grants, frame)]
    aid = ukraine_aid(land)[[kreis]]
    grants = Grants(the_kreis, 2022, UKRAINE)
    parts += [_frames(rng, grants, aid), _course(rng, land, grants, aid)]
    for year in (2021, 2022):
        some = np.append(places[happens(rng, 0.06, len(places))], the_kreis)
        small = rng.integers(30, 150, len(some)) * 100_00
        grants = Grants(some, year, DIGITAL)
        parts += [_frames(rng, grants, small), _course(rng, land, grants, small)]
    bookings = _joined(parts)
    return bookings.chosen((bookings.booked <= reporting_day) & (bookings.cents > 0))


def of_municipalities(land: Land, year: int) -> Integers:
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


def of_kreise(land: Land, year: int) -> Integers:
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


def ukraine_aid(land: Land) -> Integers:
    """Cents per Kreis of the Soforthilfe Ukraine 2022: 8.0 million by population."""
    return apportion(UKRAINE_AID_EUR, land.places.population.astype(np.float64)) * 100


def _booked(
    rng: np.random.Generator,
    grants: Grants,
    stage: int,
    cents: Integers,
    days: tuple[int, int],
    counted: Integers | None = None,
) -> Bookings:
    """One stage of all recipients, booked between two days of the year (1 = 1 January, 366 = next year)."""
    count = len(grants.place)
    return Bookings(
        place=grants.place,
        year=np.full(count, grants.year),
        programme=np.full(count, grants.programme),
        stage=np.full(count, stage),
        cents=cents.astype(np.int64),
        booked=day(grants.year) - 1 + rng.integers(days[0], days[1] + 1, count),
        counted=np.full(count, -1) if counted is None else counted,
    )


def _frames(
    rng: np.random.Generator, grants: Grants, cents: Integers, counted: Integers | None = None
) -> Bookings:
    return _booked(rng, grants, FRAME, cents, (8, 40), counted)


def _course(rng: np.random.Generator, land: Land, grants: Grants, frame: Integers) -> Bookings:
    """From the application to what was spent: every stage at most as high as the one before."""
    place, year = grants.place, grants.year
    applied = _part(frame, _ratio(rng, 0.95, 1.0, 0.55, len(place)))
    approved = _part(applied, _ratio(rng, 0.95, 1.0, 0.7, len(place)))
    # The Land approved what Stuttgart was entitled to: 6,540,594 EUR for 2018 and 2019 (GRDrs 341/2019).
    as_published = (place == land.places.position(STUTTGART)) & (year <= 2019)
    applied, approved = np.where(as_published, frame, applied), np.where(as_published, frame, approved)
    first = _part(approved, rng.uniform(0.45, 0.6, len(place)))
    second = _part(approved - first, _ratio(rng, 0.75, 1.0, 0.5, len(place)))

    def book(stage: int, cents: Integers, days: tuple[int, int]) -> Bookings:
        return _booked(rng, grants, stage, cents, days)

    parts = [
        book(APPLIED, applied, (45, 90)),
        book(APPROVED, approved, (95, 160)),
        book(PAID, first, (165, 215)),
    ]
    if year == ONGOING:  # the year goes on: an interim statement over a part of the first payment
        parts.append(book(SPENT, _part(first, rng.uniform(0.5, 0.8, len(place))), (220, 265)))
        return _joined(parts)
    paid = first + second
    spent_share = np.clip(SPENT_SHARE[year] + rng.normal(0, 0.06, len(place)), 0.45, 1.0)
    spent = np.where(spent_share >= 1, paid, (paid * spent_share).astype(np.int64))
    remainder = paid - spent
    reclaimed = np.where((remainder > 2_000_00) & happens(rng, 0.45, len(place)), remainder * 9 // 10, 0)
    own = (spent * OWN_SHARES[year] * rng.lognormal(0, 0.6, len(place))).astype(np.int64)
    # The numerical statement is due three months after the end of the year.
    parts += [
        book(PAID, second, (300, 350)),
        book(SPENT, spent, (372, 455)),
        book(OWN_SHARE, own, (372, 455)),
    ]
    return _joined([*parts, book(RECLAIMED, reclaimed, (500, 690))])


def _ratio(rng: np.random.Generator, low: float, high: float, full: float, count: int) -> Real:
    """1.0 for a part of the recipients, something lower for the others."""
    return np.where(happens(rng, full, count), 1.0, rng.uniform(low, high, count))


def _part(cents: Integers, share: Real) -> Integers:
    """A share of an amount; the whole stays exact, a part is rounded down to whole euros."""
    return np.where(share >= 1.0, cents, (cents * share).astype(np.int64) // 100 * 100)


def _joined(parts: list[Bookings]) -> Bookings:
    names = Bookings.__dataclass_fields__
    return Bookings(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
