"""Ages become age groups, and rows of totals are none of the table: by what the profile says, and never silently."""

import pytest

from tests.deliveries.profiles.conftest import CASES, GOALS, said

AGES = CASES + 'altersgruppe = { column = "Alter", years = true, values = { "Säugling" = "0-5" } }\n'
TOTALS = CASES.replace('to = "faelle"', 'to = "faelle"\nleave_out = { "Nr" = ["Gesamt", "Summe"] }')


def with_age(age: str) -> str:
    return f"Nr | Ort | Start | Sex | Alter\nF-0001 | 08111000 | 1/5/2024 | m | {age}"


@pytest.mark.parametrize(
    ("age", "group"),
    [
        ("0", "0-5"), ("5", "0-5"), ("6", "6-14"), ("17", "15-17"), ("18", "18-26"), ("26", "18-26"),
        ("27", "27-44"), ("64", "45-64"), ("65", "65+"), ("120", "65+"), ("34 Jahre", "27-44"), ("34,0", "27-44"),
        ("34 J.", "27-44"), ("Säugling", "0-5"), ("27-44", "27-44"), ("unbekannt", None), ("", None),
    ],
)  # fmt: skip
def test_an_age_in_years_is_stored_as_its_group(office, age, group):
    imported = office.hands_in(office.writes("liste.csv", with_age(age)), AGES)

    assert imported.accepted, imported.findings
    assert office.stored("faelle")[0].get("altersgruppe") == group


@pytest.mark.parametrize("age", ["121", "1987", "34,5", "alt", "-3"])
def test_what_is_no_age_is_a_fault_that_says_what_is_known(office, age):
    imported = office.hands_in(office.writes("liste.csv", with_age(age)), AGES)

    assert [each[:3] for each in said(imported)] == [("fault", "profile-value", 2)]
    assert "0–120" in imported.findings[0].remedy["de"]


WITH_TOTALS = """
    Nr          | Ort      | Start     | Sex
    F-0001      | 08111000 | 1/5/2024  | m
    Summe: 1    |          |           |
    F-0002      | 08111000 | 1/6/2024  | m
    GESAMT      |          |           | 2
"""


def test_rows_that_begin_with_a_word_of_the_profile_are_left_out_and_said(office):
    imported = office.hands_in(office.writes("liste.csv", WITH_TOTALS), TOTALS)

    assert imported.accepted, imported.findings
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0001", "F-0002"]
    assert said(imported) == [("notice", "profile-left-out", 3, None, None)]
    assert "2" in imported.findings[0].message["en"]


def test_without_the_rule_of_the_profile_a_row_of_totals_is_a_fault(office):
    imported = office.hands_in(office.writes("liste.csv", WITH_TOTALS), CASES)

    assert not imported.accepted
    assert "required" in imported.counts


def test_a_word_of_which_another_one_begins_leaves_nothing_out(office):
    drawing = WITH_TOTALS.replace("F-0002     ", "Summerer-2").replace("F-0001", "Gesamt1")

    office.hands_in(office.writes("liste.csv", drawing), TOTALS)

    assert [row["fall_id"] for row in office.stored("faelle")] == ["Gesamt1", "Summerer-2"]


def test_a_row_that_is_left_out_although_it_is_whole_needs_a_yes(office):
    drawing = WITH_TOTALS.replace("F-0002     ", "Summe-2    ")

    imported = office.hands_in(office.writes("liste.csv", drawing), TOTALS)

    assert ("warning", "profile-left-out-whole", 4, None, None) in said(imported)


def test_goals_of_a_row_of_totals_are_left_out_by_the_rule_of_their_table_and_said_once(office):
    goals = GOALS.replace('to = "ziele"', 'to = "ziele"\nleave_out = { "Nr" = ["Gesamt", "Summe"] }')
    path = office.writes("liste.csv", """
        Nr     | Ort      | Start    | Sex | Ziel 1  | Stand 1    | Seit 1
        F-0001 | 08111000 | 1/5/2024 | m   | Sprache | Vereinbart | 01.02.2024
        Gesamt |          |          |     | 1       | 1          | 1
    """)  # fmt: skip

    imported = office.hands_in(path, TOTALS + goals)

    assert imported.accepted, imported.findings
    assert len(office.stored("ziele")) == 1
    assert imported.counts["profile-left-out"] == 1


def test_the_guard_looks_at_rows_that_are_left_out(office):
    drawing = WITH_TOTALS.replace(
        "GESAMT      |          |           | 2", "Gesamt | olena.petrenko@beispiel.de | |"
    )

    imported = office.hands_in(office.writes("liste.csv", drawing), TOTALS)

    assert not imported.accepted
    assert imported.counts["guard-outside"] == 1
    assert "olena" not in repr(imported.findings)


SUMS = CASES.replace('to = "faelle"', 'to = "faelle"\nsums = true\nignore = ["Stunden"]')
WITH_SUMS = """
    Nr     | Ort      | Start     | Sex | Stunden
    F-0001 | 08111000 | 1/5/2024  | m   | 1.250,5
    F-0002 | 08111000 | 1/6/2024  | m   | 12
           |          |           |     | 1.262,5
"""


def test_a_total_without_a_word_is_left_out_by_a_rule_of_the_profile_and_said(office):
    imported = office.hands_in(office.writes("liste.csv", WITH_SUMS), SUMS)

    assert imported.accepted, imported.findings
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0001", "F-0002"]
    assert said(imported) == [("notice", "profile-sums", 4, None, None)]


@pytest.mark.parametrize("profile", [SUMS, SUMS.replace("sums = true\n", "")])
@pytest.mark.parametrize("last", ["1.262,6", "631,25", "ca. 1200"])
def test_what_is_no_sum_or_no_rule_leaves_out_is_told_once_with_both_remedies(office, profile, last):
    path = office.writes("liste.csv", WITH_SUMS.replace("1.262,5", last))

    imported = office.hands_in(path, profile)

    assert [each[:3] for each in said(imported)] == [("fault", "profile-no-record", 4)]
    assert "sums = true" in imported.findings[0].remedy["de"]
    assert "Nr / Ort / Start" in imported.findings[0].message["en"]


def test_a_case_is_never_left_out_though_its_numbers_are_sums(office):
    whole = WITH_SUMS.replace(
        "       |          |           |     | 1", "F-0003 | 08111000 | 1/7/2024 | m | 1"
    )
    lacking = WITH_SUMS.replace("       |          |           |     | 1", "F-0003 |   |   |   | 1")

    assert office.hands_in(office.writes("liste.csv", whole), SUMS).rows["faelle"] == 3
    assert office.hands_in(office.writes("liste.csv", lacking), SUMS).counts == {"required": 2}


def test_goals_of_a_total_without_a_word_are_left_out_by_the_rule_of_their_table_and_said_once(office):
    goals = GOALS.replace('to = "ziele"', 'to = "ziele"\nsums = true')
    path = office.writes("liste.csv", """
        Nr     | Ort      | Start    | Sex | Ziel 1  | Stand 1    | Seit 1     | Stunden
        F-0001 | 08111000 | 1/5/2024 | m   | Sprache | Vereinbart | 01.02.2024 | 3
        F-0002 | 08111000 | 1/5/2024 | m   |         |            |            | 4
               |          |          |     |         |            |            | 7
    """)  # fmt: skip

    imported = office.hands_in(path, SUMS + goals)

    assert imported.accepted, imported.findings
    assert (imported.counts, len(office.stored("ziele"))) == ({"profile-sums": 1}, 1)


@pytest.mark.parametrize("last", ["| | | | 35,5", "2 | | | | 35,5", "2 | | | |"])
def test_a_count_and_an_average_below_the_cases_are_told_once_with_their_remedy(office, last):
    drawing = f"""
        Nr     | Ort      | Start     | Sex | Alter
        F-0001 | 08111000 | 1/5/2024  | m   | 34
        F-0002 | 08111000 | 1/6/2024  | m   | 37
        {last}
    """

    imported = office.hands_in(office.writes("liste.csv", drawing), AGES)

    assert [each[:3] for each in said(imported)] == [("fault", "profile-no-record", 4)]


def test_the_header_of_a_printed_page_between_the_cases_is_told_once(office):
    drawing = WITH_TOTALS.replace("Summe: 1    |          |           |", "Nr | Ort | Start | Sex")

    imported = office.hands_in(office.writes("liste.csv", drawing), TOTALS)

    assert ("fault", "header-inside", 3) in [each[:3] for each in said(imported)]
    assert imported.counts == {"header-inside": 1, "profile-left-out": 1}


def test_what_explains_the_columns_and_a_note_below_the_cases_are_each_told_once(office):
    drawing = """
        Nr      | Ort                | Start      | Sex
                | (lt. Melderegister) | TT.MM.JJJJ |
        F-0001  | 08111000           | 1/5/2024   | m
        F-0002  | 08111000           | 1/6/2024   | m
        2 Fälle |                    |            |
    """

    imported = office.hands_in(office.writes("liste.csv", drawing), CASES)

    told = [each[:3] for each in said(imported)]
    assert told == [("fault", "header-inside", 2), ("fault", "profile-no-record", 5)]
