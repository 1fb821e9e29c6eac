"""Whatever stands in a cell, looking into it takes time by its length and not by the square of it."""

import re
import time

import pytest

from data.deliveries.personal import kinds
from data.deliveries.personal.kinds import KINDS
from tests.support import effort

pytestmark = pytest.mark.long

# At least twice what a cell may have; where each sign is looked at from each other one, seconds.
SIGNS = effort.of(20_000, 80_000)
SECONDS = effort.of(3, 10)  # a square takes longer on any machine
REPEATED = [
    "a", "A", "Ä", "1", "0", " ", "-", ".", "@", "+", " 0", "0 ", "(0", "a.", "a@", "a@a.", "@a.", "a-at-",
    "a(at)a.", "1.", "1/", "12.3.87 ", "1jan", "1mai ", "Aa", "Äa ", "Anna ", "Frau ", "Frau Dr. ", "pass-",
    "str ", "weg 1x", "1 a ", "am a ", "DE89 ", "AB12!", "DE89370400440532013001 ", " 0123456", "/01234567/",
    "+1234567 ", "123456789012 ", "12345678901 ", "aaa_", "word ", "a\n", "65 180539 W 002 ", "[dot]",
]  # fmt: skip
TEXTS = [
    begin + each * (SIGNS // len(each)) + end
    for each in REPEATED
    for begin, end in (("", "!"), ("Ms. anna ", "("))
] + ["x " * 13 + "x" * SIGNS, "x " * 14 + " " * SIGNS]


@pytest.mark.parametrize("kind", KINDS)
def test_no_form_and_no_confirmation_of_a_kind_is_slow_on_any_long_text(kind):
    looks = [look for of_column in KINDS[kind].values() for look in of_column]
    asked = {each for look in looks for each in (re.compile(look.form).search, look.confirm, look.counted)}
    for ask in asked:
        ask("Anna Muster")  # lists of words are read once

    slow = [(ask, text[:20], text[-20:]) for ask in asked for text in TEXTS if _takes(ask, text) > SECONDS]

    assert slow == []


def test_no_heading_is_slow():
    kinds.announced_kind("Name")

    assert [text[:20] for text in TEXTS if _takes(kinds.announced_kind, text) > SECONDS] == []


def test_names_that_are_long_are_not_put_together_with_each_other(office):
    folder = office.draws(faelle="fall_id\nF1")
    header = "fall_id;ags;aufnahme_am;vorname;nachname;name;geburtsdatum"
    names = ";".join(letter * 9_000 for letter in "abc")
    lines = [f"F-{row:04};08111000;05.01.2024;{names};01.02.1987" for row in range(effort.of(40, 200))]
    (folder / "faelle.csv").write_text("\n".join([header, *lines]), encoding="utf-8")

    assert _takes(lambda path: office.hands_in(path), folder) < 60


def _takes(ask, text):
    """Seconds of this process's own time, whatever else the machine does."""
    begin = time.process_time()
    ask(text)
    return time.process_time() - begin
