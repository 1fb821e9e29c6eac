"""What of a table goes to the browser: the texts that are shown, each in its place, and no more."""

import json
import re

import pytest

from data.disclosure.bands import Band
from data.disclosure.published import Column, Curved, Gap, Published, Ratio, Role
from data.foundation.parameters import Parameters
from pages.figures import show
from pages.figures.table import entries
from pages.figures.table.entries import Entry
from pages.figures.table.sheet import Heading, Sheet, once, packed
from pages.text.words import of
from tests.support import charted

DE, EN = of("de"), of("en")
PARAMETERS = Parameters()


def share(part: int, base: int) -> Ratio:
    return Ratio(part, base, 1, 1, PARAMETERS)


def column(cells, name: str, role: Role, words=DE) -> dict:
    """One column as it is sent."""
    rows = [[entries.of_cell(cell, name, role, words)] for cell in cells]
    sheet = Sheet("drawn", "Drawn", [Heading(name, name)], rows, {})
    return json.loads(packed(sheet))["columns"][0]


def in_order(cells, name: str, role: Role, words=DE) -> list[str]:
    return column(cells, name, role, words)["texts"]


def test_numbers_stand_by_their_value_and_not_by_their_letters():
    assert in_order([1200, 95, 10, 1000000], "active_cases", Role.COUNT) == ["10", "95", "1.200", "1.000.000"]
    assert in_order([1200, 95, -3], "approved_eur", Role.AMOUNT, EN) == ["−3", "95", "1,200"]


def test_the_unit_stands_in_the_heading_and_no_more_in_the_cells():
    assert in_order([3270297.0, 0], "approved_eur", Role.AMOUNT) == ["–", "3.270.297"]
    assert in_order([0.5], "fill_rate", Role.RATE) == ["50,0"]
    assert in_order([2.25], "filled_vzae", Role.AMOUNT) == ["2,25"]


def test_shares_that_are_written_alike_stand_at_one_place_whatever_they_are():
    """58 and 62 of 100 would both be rund 60 %: the order between them would say more than the cells do."""
    sent = column([share(24, 41), share(26, 42), share(40, 79), share(12, 40)], "plan_rate", Role.RATE)
    assert sent["texts"] == ["rund 30", "rund 50", "rund 60"]
    assert sent["at"] == [2, 2, 1, 0]


def test_the_words_about_a_half_stand_where_their_meaning_is():
    cells = [share(16, 19), share(10, 19), share(200, 400), share(10, 400), share(300, 400)]
    assert in_order(cells, "plan_rate", Role.RATE) == [
        "2,5", "rund die Hälfte", "50,0", "die Hälfte oder mehr", "75,0",
    ]  # fmt: skip


def test_two_ways_to_write_the_same_number_are_at_the_same_place():
    sent = column([share(200, 400), share(20, 40)], "plan_rate", Role.RATE)
    assert sent["texts"] == ["50,0", "rund 50"]
    assert sent["same"] == [1]


def test_bands_of_shares_stand_at_their_middle_among_the_numbers():
    cells = [
        share(320, 400),
        Band.HALF_TO_THREE_QUARTERS,
        Band.UNDER_HALF,
        share(120, 400),
        Band.UNDER_QUARTER,
    ]
    assert in_order(cells, "plan_rate", Role.RATE) == ["unter ¼", "unter ½", "30,0", "½ bis ¾", "80,0"]


def test_withheld_and_unknown_stand_last_and_have_no_place_of_their_own():
    sent = column([Gap.UNKNOWN, 12, Gap.WITHHELD, None, 500, Gap.WITHHELD], "active_cases", Role.COUNT)
    assert sent["texts"] == ["12", "500", "•", "."]
    assert sent["gaps"] == 2
    assert sent["at"] == [3, 0, 2, 3, 1, 2]


def test_periods_stand_in_the_order_of_time():
    cells = ["2026-Q2", "2018-2024", "2026", "2025-10", "2026-01", "2018"]
    assert in_order(cells, "period", Role.DIMENSION) == [
        "2018", "Programm 2018–2024", "Oktober 2025", "Januar 2026", "2026", "2. Quartal 2026",
    ]  # fmt: skip


def test_names_are_left_to_the_browser_which_knows_the_letters():
    assert "valued" not in column(["08111000", "08421000"], "area_code", Role.DIMENSION)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5 €", 1234.5),
        ("−12 %", -12.0),
        ("rund 60 %", 60.0),
        ("–", 0.0),
        ("keine", None),
    ],
)
def test_a_text_of_a_number_is_read_as_the_language_writes_it(text: str, number: float | None):
    assert entries.number(text, DE) == number


def test_nothing_is_sent_that_is_not_shown():
    """A share of 0.5853… that is written rund 60 % goes to the browser as that; so does what is withheld."""
    answer = Published(
        "drawn",
        (Column("area_code", Role.DIMENSION), Column("plan_rate", Role.RATE), Column("rate", Role.RATE)),
        (("08421000", share(24, 41), Curved(0.4571, ((1, 2, 30),), PARAMETERS)),),
        (),
        charted.EDITION,
    )
    roles = {name: answer.role(name) for name in ("area_code", "plan_rate")}
    rows = [[entries.of_cell(row[name], name, role, DE) for name, role in roles.items()] for row in answer]
    rows[0].append(entries.of_cell(answer.column("rate")[0], "plan_rate", Role.RATE, DE))
    headings = [Heading(name, name) for name in (*roles, "rate")]
    sent = packed(Sheet("drawn", "Drawn", headings, rows, {})).decode()
    assert "rund 60" in sent
    assert "rund 45" in sent
    assert not re.search(r"0\.\d|58|24|41|571", sent.replace("08421000", ""))


def test_rows_of_texts_that_all_differ_are_sent_without_numbers_of_their_own():
    sheet = Sheet("drawn", "Drawn", [Heading("0", "Name")], [[Entry("Ulm")], [Entry("Aalen")]], {})
    assert json.loads(packed(sheet))["columns"][0]["texts"] == ["Ulm", "Aalen"]
    assert "at" not in json.loads(packed(sheet))["columns"][0]


def test_a_table_is_made_once_for_all_readers():
    made = []

    def make() -> Sheet:
        made.append("made")
        return Sheet("drawn", "Drawn", [Heading("0", "Name")], [[Entry("Ulm")]], {})

    assert once(("a key", 1), make) == once(("a key", 1), make)
    assert once(("a key", 2), make)
    assert len(made) == 2


def test_beside_a_map_the_rows_of_the_own_place_and_of_its_kreis_come_first():
    everywhere = charted.published("""
        area_code | active_cases: count
        08111000  | 10
        08425002  | 20
        08425071  | •
        08425072  | 30
    """)
    first, kreis = show.own_first(everywhere, "08425071")
    codes = everywhere.column("area_code")
    assert [codes[at] for at in first] == ["08425071", "08425002", "08425072"]
    assert kreis == "08425"
    assert show.own_first(everywhere, "08") == ((), "")
    assert show.own_first(everywhere, "08421") == ((), "")
