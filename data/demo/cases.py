"""The table faelle: all that is known of each case on the reporting date, and why its counselling ended."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.development import Development
from data.demo.drawing import NEVER, Integers, Real, happens, pick, pick_by
from data.demo.land import Land
from data.demo.persons import Persons, countries
from data.demo.senders import Sender
from data.demo.spells import Plans, Spells

CASES_PER_PSEUDONYM = 190  # over the years; about 70 at a time
SKILLS = np.array([0.42, 0.24, 0.10, 0.07, 0.22, 0.38])  # in the order of kompetenzen
ORDER = [
    "fall_id",
    "ags",
    "integrationsmanager_id",
    "aufnahme_am",
    "beendet_am",
    "beendigungsgrund",
    "altersgruppe",
    "geschlecht",
    "herkunftsland",
    "aufenthaltsstatus",
    "haushaltstyp",
    "unterbringung",
    "leistungsbezug",
    "schulabschluss",
    "berufsabschluss",
    "anerkennung",
    "sprachniveau",
    "sprache_zertifiziert",
    "beschaeftigung",
    "kompetenzen",
    "integrationsplan_am",
    "plan_fortgeschrieben_am",
]
INDEPENDENT, PAYS_OWN_WAY, LIMIT, MOVED, LOST, LEFT_COUNTRY, OTHER = range(7)
# Rows: neither B1 nor a living; B1; a living; both. Columns: the reasons in the order of the export format.
REASONS = [
    [15, 3, 2, 33, 19, 13, 15],
    [34, 6, 2, 28, 11, 8, 11],
    [20, 40, 1, 20, 9, 4, 6],
    [32, 42, 1, 15, 4, 2, 4],
]


@dataclass(frozen=True)
class Counselled:
    """What was drawn of everybody who was counselled: the same position is the same case in each."""

    case_ids: pa.Array
    spells: Spells
    persons: Persons
    development: Development
    plans: Plans


def faelle(
    rng: np.random.Generator, land: Land, sender: Sender, counselled: Counselled, reasons: Integers
) -> pa.Table:
    """One row per case; `reasons` are the codes of `end_reasons`."""
    spells, persons, development = counselled.spells, counselled.persons, counselled.development
    count = len(counselled.case_ids)
    places = land.places.of(sender.kreis)
    place = places[pick(rng, land.pull[places], count)]
    country = [row["name" if sender.country_names else "iso"] for row in countries()]
    drawn = {
        "altersgruppe": np.searchsorted([6, 15, 18, 27, 45, 65], persons.age, side="right"),
        "geschlecht": persons.sex,
        "aufenthaltsstatus": persons.status,
        "haushaltstyp": persons.household,
        "unterbringung": development.unterbringung.latest,
        "leistungsbezug": development.leistungsbezug.latest,
        "schulabschluss": persons.school,
        "berufsabschluss": persons.vocation,
        "anerkennung": development.anerkennung.latest,
        "sprachniveau": development.sprachniveau.latest,
        "beschaeftigung": development.beschaeftigung.latest,
    }
    choices = {field: arrow_columns.choice(codes, drawing.values_of(field)) for field, codes in drawn.items()}
    certified = happens(rng, np.where(drawn["sprachniveau"] >= 2, 0.68, 0.02) * persons.adult, count)
    columns_in_order = {
        "fall_id": counselled.case_ids,
        "ags": arrow_columns.choice(place, land.places.ags),
        "integrationsmanager_id": _managers(rng, place),
        "aufnahme_am": arrow_columns.days(spells.opened),
        "beendet_am": arrow_columns.days(spells.closed),
        "beendigungsgrund": arrow_columns.choice(reasons, drawing.values_of("beendigungsgrund")),
        **choices,
        "herkunftsland": arrow_columns.choice(persons.country, country),
        "sprache_zertifiziert": pa.array(certified),
        "kompetenzen": _skills(rng, persons.age),
        "integrationsplan_am": arrow_columns.days(counselled.plans.written),
        "plan_fortgeschrieben_am": arrow_columns.days(counselled.plans.updated),
    }
    return pa.table(columns_in_order).select(ORDER)


def end_reasons(rng: np.random.Generator, spells: Spells, development: Development) -> Integers:
    """Codes of beendigungsgrund; -1 while the case is open."""
    at_b1 = ((development.sprachniveau.latest >= 4) & (development.sprachniveau.latest <= 8)).astype(np.int64)
    drawn = pick_by(rng, REASONS, at_b1 + 2 * development.working())
    drawn = np.where(spells.limited, LIMIT, drawn)
    return np.where(spells.closed == NEVER, -1, drawn)


def _managers(rng: np.random.Generator, place: Integers) -> pa.Array:
    """Each municipality has its own managers, as many as its cases need."""
    municipality, own, cases = np.unique(place, return_inverse=True, return_counts=True)
    staff = 1 + cases // CASES_PER_PSEUDONYM
    before = np.cumsum(staff) - staff
    manager = before[own] + (rng.random(len(place)) * staff[own]).astype(np.int64)
    names = arrow_columns.pseudonyms(rng, int(staff.sum()) if len(municipality) else 0)
    return pa.DictionaryArray.from_arrays(pa.array(manager.astype(np.int32)), names)


def _skills(rng: np.random.Generator, age: Real) -> pa.Array:
    """A list of competences of everybody from 16 on; nothing recorded is missing."""
    names = drawing.values_of("kompetenzen")
    lists = [",".join(n for bit, n in enumerate(names) if mask >> bit & 1) for mask in range(1 << len(names))]
    has = rng.random((len(age), len(names))) < SKILLS
    mask = (has * (1 << np.arange(len(names)))).sum(axis=1)
    return arrow_columns.choice(np.where((age < 16) | (mask == 0), -1, mask), lists)
