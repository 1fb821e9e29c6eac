"""What is no personal detail and may look like one: places, offices, programs, random pseudonyms."""

import random
import string

import pytest

from data.deliveries.format.schema import country_writings
from data.deliveries.personal import name_lists, person_names
from data.deliveries.personal.kinds import Column, in_text
from data.deliveries.store import deliveries
from data.foundation import areas
from data.foundation.settings import Settings

ROWS = 3000
SEED = 7
PSEUDONYMS = {
    "counters": lambda n, chance: f"F-{n:06}",
    "padded counters of twelve digits": lambda n, chance: f"{n:012}",
    "counters behind a word": lambda n, chance: f"FALL-{n:05}",
    "numbers of eleven digits": lambda n, chance: str(chance.randrange(10**10, 10**11)),
    "numbers of ten digits": lambda n, chance: f"{chance.randrange(10**10):010}",
    "numbers of eight digits": lambda n, chance: f"{chance.randrange(10**8):08}",
    "four letters": lambda n, chance: "".join(chance.choices(string.ascii_lowercase, k=4)) + f"-{n}",
    "eight letters": lambda n, chance: "".join(chance.choices(string.ascii_lowercase, k=8)),
    "letters and digits": lambda n, chance: "".join(
        chance.choices(string.ascii_lowercase + string.digits, k=8)
    ),
    "ten signs without vowels": lambda n, chance: "".join(
        chance.choices("CFGHJKLMNPRTVWXYZ0123456789", k=10)
    ),
    "ten signs with a digit at the end": lambda n, chance: (
        "".join(chance.choices("CFGHJKLMNPRTVWXYZ", k=9)) + chance.choice(string.digits)
    ),
    "twelve hexadecimal digits": lambda n, chance: f"{chance.randrange(16**12):012x}",
    "UUIDs": lambda n, chance: (
        f"{chance.randrange(16**8):08x}-{chance.randrange(16**4):04x}-4abc-8def-{n:012x}"
    ),
    "random hashes": lambda n, chance: f"{chance.randrange(16**32):032x}",
    "base64": lambda n, chance: "".join(chance.choices(string.ascii_letters + string.digits + "-_", k=22)),
}
OFFICES = [
    "Landratsamt Karlsruhe", "Stadt Ulm", "Stadt Freiburg im Breisgau", "Caritasverband Konstanz e.V.",
    "Diakonisches Werk Heilbronn", "AWO Mannheim", "Gemeindeverwaltungsverband Meersburg", "Amt amt-a",
    "Internationaler Bund", "Landeshauptstadt Stuttgart, Abteilung Integrationspolitik", "Jobcenter Biberach",
    "Landratsamt Karlsruhe, Amt für Integration, Sachgebiet Integration und Flüchtlingssozialarbeit",
    "Welcome Center Neckar-Alb", "Johanniter-Unfall-Hilfe e.V.", "Zweckverband Oberes Neckartal",
]  # fmt: skip
PROGRAMS = [
    "OPEN/PROSOZ 2024.1", "LÄMMkom LISSA", "Demonstrationsdaten (synthetisch)", "care4 12.3.1", "Excel 16.0",
    "comp.ASS 10", "Version 202401311200", "JUNO 4.2 Build 20240131", "prosozial", 
    "MESO Classic 5.1 (2023-11)",
]  # fmt: skip


def test_no_demonstration_delivery_is_refused_or_left_out_of(store):
    """They were handed in to fill the store, which one refused would end; the register says what is found."""
    settings = Settings(store, "localhost", 0)
    stored = (*deliveries.all_deliveries(settings), *deliveries.official_lists(settings))
    alarms = [
        (each.sender, rule)
        for each in stored
        for rule in each.counts
        if rule.startswith("guard-") or rule in ("special-column", "not-kept")
    ]

    assert len(stored) == 44 + 3  # and the official lists of municipalities
    assert alarms == []


@pytest.mark.parametrize("kind", PSEUDONYMS)
def test_pseudonyms_that_say_nothing_raise_no_alarm(office, kind):
    chance = random.Random(SEED)  # of its own: whatever else runs, these are the same pseudonyms
    ids = dict.fromkeys(PSEUDONYMS[kind](n, chance) for n in range(1, ROWS))

    imported = office.hands_in(faelle="fall_id\n" + "\n".join(ids))

    assert imported.counts == {}


def test_one_pseudonym_that_happens_to_be_a_short_name_raises_no_alarm(office):
    assert office.hands_in(faelle="fall_id\nx7k2\nanna\nq9mz").counts == {}


def test_two_short_names_are_no_chance(office):
    assert office.hands_in(faelle="fall_id\nx7k2\nanna\nkarl").counts == {"guard-name": 2}


def test_one_long_name_is_no_chance(office):
    assert office.hands_in(faelle="fall_id\nx7k2\nSchneider\nq9mz").counts == {"guard-name": 1}


@pytest.mark.parametrize("text", [*OFFICES, *PROGRAMS])
def test_offices_and_programs_raise_no_alarm(text):
    assert list(in_text(text, Column.LABEL)) == []


def test_places_and_countries_are_no_names():
    places = [area.name for area in areas.register().values()]
    assert [each for each in [*places, *country_writings()] if person_names.is_name(each)] == []
    assert [each for each in places if list(in_text(f"Stadt {each}", Column.LABEL))] == []


@pytest.mark.parametrize(
    "values",
    [
        ["Familie", "Einzelperson", "Familie"],
        ["Minijob", "keine", "Ausbildung"],
        ["Sozialamt", "Jugendamt", "Ausländerbehörde"],
        ["Karlsruhe", "Ulm", "Bad Mergentheim", "Weil am Rhein"],
        ["Arabisch", "Kurdisch", "Ukrainisch", "Dari"],
        ["081110000000", "083150033033"],
        ["08111000", "08115003"],
        ["05.01.2024", "17.08.2023"],
        ["1.234,56", "0,50", "-12,00"],
        ["Team 3", "Kursplatz 2", "im Quartal 2"],
        ["rot", "grün", "blau"],
        ["3", "17", "2024"],
        ["IV-3/001/2024", "IV-3/007/2024", "IV-3/012/2024", "50/0134/2023"],
        ["0f9d0710-0123-4567-8901-02468135790a", "00a1b2c3-0731-4185-8123-0017912345bc"],
    ],
)
def test_an_unknown_column_of_harmless_values_raises_no_alarm(office, values):
    imported = office.hands_in(faelle="spalte\n" + "\n".join(values))

    assert imported.counts == {"unknown-column": 1}


AMOUNTS = {
    ("mittel", "betrag_eur"): ["19870312", "-19870312,50", "160412345,67", "760.123.456,78", "1000000000"],
    ("mittel", "bemessungszahl"): ["1604123", "2000000", "0"],
    ("kontext", "einwohner"): ["1604123", "2.000.000", "633484"],
    ("kontext", "zuweisungen_jahr"): ["16041", "0", "12"],
    ("kontext", "personen_anschlussunterbringung"): ["160412", "1604123"],
}


@pytest.mark.parametrize(("table", "column"), AMOUNTS)
def test_an_amount_or_a_count_within_its_range_is_no_number_of_a_person(office, table, column):
    values = AMOUNTS[table, column]
    if table == "kontext":  # one row per area and date
        values = [f"{day:02}.01.2024 | {value}" for day, value in enumerate(values, start=1)]
        column = f"stichtag | {column}"

    imported = office.hands_in(faelle="fall_id\nF1", **{table: "\n".join([column, *values])})

    assert not [group for group in imported.groups if group.rule.startswith("guard-")]
    assert imported.counts.keys() <= {"negative"}


def test_the_lists_of_names_are_those_of_faker():
    """Where a newer Faker has others, `python -m data.deliveries.personal.name_lists` writes them."""
    assert person_names.first_names() == name_lists.folded("first_names")
    assert person_names.surnames() == name_lists.folded("surnames") | person_names.EXAMPLES
