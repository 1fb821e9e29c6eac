"""Few details among much that is harmless: what proves itself is found once, what only looks so is not."""

import random
import string

import pytest

from tests.deliveries.guard.planted import drawing
from tests.deliveries.guard.test_hits import assert_refused_without_a_word, found

CHANCE = random.Random(11)
ROWS = 3000
WORDS = ["Alpha", "Beta", "Team", "Nord", "Stufe", "Phase", "Kurs", "Modul", "Raum", "Plan"]


def labels(number):
    return [f"{CHANCE.choice(WORDS)} {CHANCE.choice(WORDS)} {n}" for n in range(number)]


def numbers(digits):
    return lambda number: [f"{CHANCE.randrange(10 ** (digits - 1), 10**digits)}" for _ in range(number)]


def keys(form):
    return lambda number: [form.format(CHANCE.randrange(10**19, 10**20)) for _ in range(number)]


DILUTED = {
    "an IBAN": ("iban", ["DE89370400440532013000"], labels(ROWS)),
    "an IBAN among keys": (
        "iban",
        ["DE89 3704 0044 0532 0130 00"],
        labels(100) + [f"AB{CHANCE.randrange(10**15, 10**16)}" for _ in range(200)],
    ),
    "an IBAN in words": ("iban", ["Konto GB29 NWBK 6016 1331 9268 19"], labels(ROWS)),
    "an insurance number": ("insurance-number", ["65 180539 W 001"], labels(ROWS)),
    "an insurance number among codes": (
        "insurance-number",
        ["65180539W001"],
        [f"99{CHANCE.randrange(40, 99)}1234A{n:03}" for n in range(18)],
    ),
    "an e-mail address": ("e-mail", ["fatima.h@example.org"], labels(ROWS)),
    "three streets": (
        "street",
        ["Hauptstraße 12", "Goethestr. 7", "Kaiserallee 3b"],
        labels(ROWS),
    ),
    "squares of Mannheim": ("street", ["C 4, 12", "Q7, 24", "P 5, 9a"], labels(20)),
    "two telephones": ("telephone", ["0711 2161234", "0176/12345678"], numbers(8)(ROWS)),
    "AZR numbers in groups": ("azr-number", ["160 412 345 678", "170230-123456"], labels(100)),
}
HARMLESS = {
    "keys like IBANs": keys("DE{0}")(300),
    "tokens of 22 signs": [
        "DE" + "".join(CHANCE.choices(string.digits, k=2) + CHANCE.choices(string.ascii_letters, k=18))
        for _ in range(ROWS)
    ],
    "codes like insurance numbers": [
        f"{CHANCE.randrange(10**7, 10**8)}{CHANCE.choice(string.ascii_uppercase)}{CHANCE.randrange(1000):03}"
        for _ in range(ROWS)
    ],
    "parted counters": [f"00{n // 100:02}/{n % 100:04}" for n in range(ROWS)],
    "places of work": [
        "Arbeitsplatz 3",
        "Praktikumsplatz 2",
        "Kursstraße 1",
        "vor Ort 1",
        "vor Ort 2",
        *labels(400),
    ],
    "levels": ["A1, 2", "B2, 1", "A 1", "C1, 12", "B1, B2"],
    "amounts in groups": ["1 234 567,00", "12 000", "160 412 345"],
}


@pytest.mark.parametrize("which", DILUTED)
def test_few_details_among_much_that_is_harmless_are_found(office, which):
    kind, planted, others = DILUTED[which]
    values = [*others, *planted]
    CHANCE.shuffle(values)

    imported = office.hands_in(faelle=drawing({"spalte": values}))

    assert found(imported, "faelle") == {kind: {"spalte"}}
    assert_refused_without_a_word(imported, planted)


@pytest.mark.parametrize("which", HARMLESS)
def test_what_only_looks_like_it_raises_no_alarm(office, which):
    imported = office.hands_in(faelle=drawing({"spalte": HARMLESS[which]}))

    assert imported.counts == {"unknown-column": 1}
