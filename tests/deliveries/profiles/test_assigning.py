"""A column that a person assigns by hand is read as that column: its values, ages in years and dates."""

import pytest

from data.deliveries.profiles import proposing

SHEET = """
    Fall-Nr. | Akte  | Ort      | Beginn     | Letzter Tag | Alter | Jahre heute | Sex | Anrede
    1        | A-001 | 08111000 | 01/05/2024 | 02/13/2024  | 34    | 36          | m   | Mann  
    2        | A-002 | 08115003 | 01/06/2024 | 02/14/2024  | 70    | 72          | w   | Frau  
    3        | A-003 | 08115045 | 01/07/2024 | 02/15/2024  | 7     | 9           | w   | Frau  
    Gesamt   |       |          | 3          |             | 37    | 39          |     |
"""


@pytest.fixture
def cases(office):
    """What is proposed for the sheet, one table of cases."""
    (table,) = proposing.propose(office.writes("liste.csv", SHEET), office.settings).tables
    return table


def read(table, to):
    column = table.column(to)
    return column.headings, column.evidence.values, column.evidence.years, column.date


def test_another_column_of_ages_is_read_in_years_and_another_one_of_words_by_its_words(cases):
    assert read(cases, "altersgruppe") == (("Alter",), {}, True, None)

    by_hand = cases.assigned("altersgruppe", "Jahre heute").assigned("geschlecht", "Anrede")

    assert read(by_hand, "altersgruppe") == (("Jahre heute",), {}, True, None)
    assert read(by_hand, "geschlecht")[1] == {"Mann": "männlich", "Frau": "weiblich"}
    assert "Alter" in by_hand.unknown


def test_a_column_that_is_chosen_again_is_read_as_it_was_proposed(cases):
    again = cases.assigned("geschlecht", "Anrede").assigned("geschlecht", "Sex")

    assert read(again, "geschlecht") == read(cases, "geschlecht")


def test_days_are_read_in_the_way_of_the_other_columns(cases):
    assert cases.column("aufnahme_am").date == "MM/DD/YYYY"

    by_hand = cases.assigned("beendet_am", None).assigned("beendet_am", "Letzter Tag")

    assert read(by_hand, "beendet_am") == (("Letzter Tag",), {}, False, "MM/DD/YYYY")


def test_days_that_nothing_decides_are_a_question_that_is_answered(cases):
    alone = cases.assigned("beendet_am", None).assigned("aufnahme_am", None).assigned("aufnahme_am", "Beginn")
    assert (alone.column("aufnahme_am").date, len(alone.column("aufnahme_am").question)) == (None, 2)

    answered = alone.dated("aufnahme_am", "DD/MM/YYYY")

    assert (answered.column("aufnahme_am").date, answered.column("aufnahme_am").question) == (
        "DD/MM/YYYY",
        (),
    )
    assert 'date = "DD/MM/YYYY"' in _text(answered)


def test_what_was_assigned_by_hand_is_taken_over(office, cases):
    by_hand = cases.assigned("altersgruppe", "Jahre heute").assigned("geschlecht", "Anrede")

    imported = office.hands_in(office.folder / "liste.csv", _text(by_hand))

    assert imported.accepted, imported.findings
    assert [(row["altersgruppe"], row["geschlecht"]) for row in office.stored("faelle")] == [
        ("27-44", "männlich"),
        ("65+", "weiblich"),
        ("6-14", "weiblich"),
    ]


def test_how_many_rows_are_left_out_is_known(cases):
    assert (cases.leave_out, cases.left_out) == ({"Fall-Nr.": ("Gesamt",)}, 1)


SPLIT = """
    Fall-Nr. | Akte  | AGS      | Beginn     | Ziel 1  | Status Ziel 1 | Ziel 1 vereinbart am
    F-0001   | A-001 | 08111000 | 05.01.2024 | Sprache | läuft         | 01.02.2024
    F-0002   | A-002 | 08111000 | 06.01.2024 | Wohnung | läuft         | 01.03.2024
    Gesamt   |       |          | 2          |         |               |
"""


def test_goals_follow_the_key_and_the_totals_of_their_cases(office):
    path = office.writes("liste.csv", SPLIT)
    proposal = proposing.propose(path, office.settings)
    cases, goals = proposal.tables
    assert (goals.column("fall_id").headings, goals.left_out) == (("Fall-Nr.",), 1)

    cases = cases.assigned("fall_id", "Akte")
    goals = goals.with_cases([cases])

    assert goals.column("fall_id").headings == ("Akte",)
    assert goals.column("ziel_id").key == ("Akte", "{n}")
    assert goals.leave_out == cases.leave_out
    assert cases.with_cases([goals]) == cases
    assert office.hands_in(path, _text(cases, goals)).accepted
    assert {row["fall_id"] for row in office.stored("ziele")} == {"A-001", "A-002"}


NAMES = ("Ahmad Al-Hassan", "Fatima Yilmaz", "Olena Kovalenko", "Anna Schneider", "Maria Weber")


def test_no_value_of_a_column_that_could_name_a_person_is_held_for_assigning(office):
    rows = "".join(f"\nF-000{at} | 08111000 | 05.01.2024 | {who} | ev." for at, who in enumerate(NAMES))
    path = office.writes("x.csv", f"Fallnummer | AGS | Aufnahme | Ansprechpartner | Religion{rows}")

    (table,) = proposing.propose(path, office.settings).tables

    assert (table.readings["Ansprechpartner"], table.readings["Religion"]) == ({}, {})
    assert table.readings["AGS"]["ags"].evidence.fits == 1
    assert not [name for name in NAMES if name in str(table.readings)]


def _text(*tables):
    from data.deliveries.profiles.proposal import Proposal

    return Proposal("amt-a", tables, ()).text
