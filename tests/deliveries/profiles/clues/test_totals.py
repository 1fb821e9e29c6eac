"""What a proposal says of a sheet as offices keep it: ages, names of places, totals, empty columns."""

import pytest

from data.deliveries.profiles import proposing
from data.deliveries.profiles.clues import area_names

SHEET = """
    Fall-Nr. | Gemeinde             | Zugang am  | Alter  | Bemerkung
    1        | Ehingen              | 05.01.2024 | 34     |
    2        | 89584 Ehingen        | 06.01.2024 | 7      |
    3        | Altheim              | 07.01.2024 | 70     |
    4        | Gemeinde Blaustein   | 08.01.2024 | 19     |
    Gesamt   |                      | 4          | 32,5   |
"""


def proposed(office, drawing: str):
    return proposing.propose(office.writes("liste.csv", drawing), office.settings)


def test_a_sheet_as_offices_keep_it_is_taken_over_by_what_is_proposed_for_it(office):
    proposal = proposed(office, SHEET)

    imported = office.hands_in(office.folder / "liste.csv", proposal.text)

    assert imported.accepted, imported.findings
    assert [(row["fall_id"], row["ags"], row["altersgruppe"]) for row in office.stored("faelle")] == [
        ("1", "08425033", "27-44"),
        ("2", "08425033", "6-14"),
        ("3", "08425004", "65+"),  # there is another Altheim, but not in the Kreis of the others
        ("4", "08425141", "18-26"),
    ]
    assert {each.severity for each in imported.findings} == {"notice"}


def test_what_is_left_out_stands_in_the_profile(office):
    (table,) = proposed(office, SHEET).tables

    assert (table.leave_out, table.ignored, table.unknown) == ({"Fall-Nr.": ("Gesamt",)}, ("Bemerkung",), ())


def test_a_total_in_spaced_letters_leaves_out_no_case_that_begins_with_its_first_one(office):
    spaced = SHEET.replace("Gesamt  ", "S u m m e").replace("    3  ", "    S-3")

    proposal = proposed(office, spaced)
    imported = office.hands_in(office.folder / "liste.csv", proposal.text)

    assert proposal.tables[0].leave_out == {"Fall-Nr.": ("S u m m e",)}
    assert (imported.accepted, imported.rows["faelle"]) == (True, 4)


def test_a_total_says_nothing_about_how_days_are_written(office):
    american = SHEET.replace(".01.2024", "/2024").replace("| 0", "| 12/2")

    (table,) = proposed(office, american).tables

    assert {column.to: column.date for column in table.columns}["aufnahme_am"] == "MM/DD/YYYY"


WORDLESS = (
    SHEET.replace("Bemerkung", "Stunden  ")
    .replace("34     |", "34 | 3,5")
    .replace("7      |", "7 | 4")
    .replace("70     |", "70 | 1.000")
    .replace("19     |", "19 | 2")
    .replace("Gesamt   |                      | 4          | 32,5   |", "| | | | 1.009,5")
)


def test_a_total_without_a_word_is_proposed_to_be_left_out_and_is(office):
    proposal = proposed(office, WORDLESS)

    (table,) = proposal.tables
    assert (table.leave_out, table.sums, table.left_out) == ({}, True, 1)
    imported = office.hands_in(office.folder / "liste.csv", proposal.text)
    assert imported.accepted, imported.findings
    assert len(office.stored("faelle")) == 4
    assert "profile-sums" in imported.counts


def test_a_last_row_that_is_no_sum_is_not_proposed_to_be_left_out(office):
    (table,) = proposed(office, WORDLESS.replace("1.009,5", "1.009,6")).tables

    assert (table.leave_out, table.sums, table.left_out) == ({}, False, 0)


@pytest.mark.parametrize(
    "last", ["5 | Ulm | | 3 |", "Fall 5 | Ulm | | 3 |", "Stand F-5 | Ehingen | 09.01.2024 | 3 |"]
)
def test_a_case_that_lacks_something_or_has_an_odd_number_is_no_total(office, last):
    (table,) = proposed(
        office, SHEET.replace("Gesamt   |                      | 4          | 32,5   |", last)
    ).tables

    assert table.leave_out == {}


def test_a_profile_knows_the_other_places_of_the_kreis_for_the_next_delivery(office):
    proposal = proposed(office, SHEET)
    later = office.writes("liste.csv", SHEET.replace("89584 Ehingen", "Laichingen   "))

    assert office.hands_in(later, proposal.text).accepted
    assert office.stored("faelle")[1]["ags"] == "08425071"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("Ehingen (Donau)", "Altheim"), {"Ehingen (Donau)": "08425033", "Altheim": "08425004"}),
        (("Riedlingen", "Altheim"), {"Riedlingen": "08426097", "Altheim": "08426008"}),
        (
            ("Ehingen (Donau)", "Riedlingen", "Altheim"),
            {"Ehingen (Donau)": "08425033", "Riedlingen": "08426097"},
        ),
        (("Altheim",), {}),
    ],
)
def test_of_places_of_one_name_the_one_in_the_kreis_of_the_others_is_meant(values, expected):
    assert area_names.codes(dict.fromkeys(values, 1), "gemeinde") == expected


def test_a_name_that_two_places_have_is_left_open_where_nothing_decides(office):
    proposal = proposed(office, SHEET.replace("89584 Ehingen", "Malsch       ").replace("Altheim", "Malsch "))

    imported = office.hands_in(office.folder / "liste.csv", proposal.text)

    assert imported.counts["profile-value"] == 2
