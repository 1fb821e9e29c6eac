"""A start is never proposed as an end: told by what headings say, and by the dates that stand there."""

import pytest

from data.deliveries.profiles import proposing

DRAWN = """
    Fallnummer | Gemeindeschlüssel | {end}      | {start}    | Geschlecht
    FA-0001    | 08425008          | 26.07.2024 | 08.01.2024 | m
    FA-0002    | 08425039          |            | 17.01.2024 | w
    FA-0003    | 08425141          | 01.02.2025 | 26.01.2024 | m
    FA-0004    | 08425141          |            | 30.01.2024 | w
"""
PAIRS = [
    ("Beratung seit", "Beratung bis"),
    ("Beratung von", "Beratung bis"),
    ("Betreuung ab", "Betreuung bis"),
    ("Erstgespräch", "Letzter Kontakt"),
    ("angelegt am", "geschlossen am"),
    ("Start", "Stopp"),
    ("Zugang", "Abgang"),
    ("Zugangsdatum", "Abgangsdatum"),
    ("von", "bis"),
    ("Fallbeginn", "Fallende"),
    ("opened", "closed"),
]


def sides(office, drawing: str) -> tuple[str | None, str | None]:
    """The headings from which start and end are proposed to be read."""
    (table,) = proposing.propose(office.writes("liste.csv", drawing), office.settings).tables
    read = {column.to: column.headings[0] for column in table.columns}
    return read.get("aufnahme_am"), read.get("beendet_am")


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_start_and_end_are_told_apart_by_what_their_headings_say(office, start, end):
    assert sides(office, DRAWN.format(start=start, end=end)) == (start, end)


@pytest.mark.parametrize(
    ("one", "other"), [("Datum Beratung", "Beratung Datum"), ("Fall Datum", "Datum Fall")]
)
def test_headings_that_say_nothing_are_told_apart_by_their_dates(office, one, other):
    assert sides(office, DRAWN.format(start=one, end=other)) == (one, other)
    assert sides(office, DRAWN.format(start=other, end=one)) == (other, one)


def test_of_two_headings_that_could_be_either_the_one_that_open_cases_lack_is_the_end(office):
    open_ones = """
        Fallnummer | AGS      | Ende Beginn | Beginn Ende
        FA-0001    | 08425008 |             | 08.01.2024
        FA-0002    | 08425039 | 26.07.2024  | 26.07.2024
    """

    assert sides(office, open_ones) == ("Beginn Ende", "Ende Beginn")


def test_what_headings_and_dates_say_the_opposite_of_is_left_to_a_person(office):
    contradictory = DRAWN.format(start="Beratung bis", end="Beratung seit")
    proposal = proposing.propose(office.writes("liste.csv", contradictory), office.settings)

    assert proposal.tables[0].unknown == ("Beratung seit", "Beratung bis")
    assert [problem.rule for problem in proposal.problems] == ["required-column"]


def test_of_two_ends_neither_becomes_the_start(office):
    ends = DRAWN.format(start="Beratung bis", end="Betreuung bis")

    start, end = sides(office, ends)

    assert (start, end in {"Betreuung bis", "Beratung bis"}) == (None, True)


def test_a_date_of_something_else_is_no_start_of_counselling(office):
    other = """
        Fallnummer | AGS      | In Deutschland seit | Aufenthaltstitel bis | Sprachkurs ab
        FA-0001    | 08425008 | 08.01.2024          | 26.07.2024           | 01.02.2024
    """

    assert sides(office, other) == (None, None)


def test_a_goal_that_would_be_achieved_before_it_was_agreed_is_not_read(office):
    goals = """
        Fallnummer | AGS      | Beginn     | Ziel 1  | Status Ziel 1 | Vereinbart Ziel 1 | Abschluss Ziel 1
        FA-0001    | 08425008 | 08.01.2024 | Sprache | erreicht      | {agreed}          | {achieved}
    """
    sound = office.writes("a.csv", goals.format(agreed="01.02.2024", achieved="26.07.2024"))
    reversed_ = office.writes("b.csv", goals.format(agreed="26.07.2024", achieved="01.02.2024"))

    assert [table.to for table in proposing.propose(sound, office.settings).tables] == ["faelle", "ziele"]
    (cases,) = proposing.propose(reversed_, office.settings).tables
    assert cases.lacking == ("vereinbart_am",)
