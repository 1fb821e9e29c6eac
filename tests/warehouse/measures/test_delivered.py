"""Known is told by table and column: what a sender does not deliver is unknown there, never zero."""

import pytest

from tests.support.figures import Figures

HOHENLOHE, KREIS = "08126011", "08126"


def people(*numbers, ends=""):
    lines = [f"F{number} | {HOHENLOHE} | 05.01.2018{ends}" for number in numbers]
    return "\n".join(("fall_id | ags | aufnahme_am" + (" | beendet_am" if ends else ""), *lines))


def folder(tmp_path_factory, name):
    return Figures(tmp_path_factory.mktemp(name))


@pytest.fixture(scope="module")
def without_columns(tmp_path_factory):
    """Twelve cases with neither plans nor ends, and no goals; consultations of which none is a referral."""
    return (
        folder(tmp_path_factory, "columns")
        .hand_in(
            reporting_date="30.06.2018",
            faelle=people(*range(1000, 1012)),
            beratungen="fall_id | datum\nF1000 | 02.02.2018",
        )
        .build()
    )


def test_a_column_that_is_absent_as_a_whole_makes_its_measures_unknown(without_columns):
    row = without_columns.row("cases", area_code=KREIS, period="2018-Q1")
    assert (row["active_cases"], row["opened"]) == (12, 12)
    absent = ("closed", "with_plan", "plans_known", "planned_from_start", "not_planned_from_start")
    assert {row[name] for name in (*absent, "opened_30_days_ago", "left_independent")} == {None}
    outcomes = without_columns.row("outcomes", area_code=KREIS, period="2018-Q1")
    assert outcomes["language_known"] is None
    consultations = without_columns.row("consultations", area_code=KREIS, period="2018-Q1")
    assert (consultations["consultations"], consultations["referrals"]) == (1, None)


def test_a_table_that_is_not_delivered_is_unknown_and_one_without_rows_is_zero(without_columns, tmp_path):
    goals = {"area_code": KREIS, "period": "2018-Q1", "goal_area": "gesamt"}
    assert without_columns.row("goals", **goals)["agreed"] is None
    durations = without_columns.row("goal_durations", area_code=KREIS, goal_area="gesamt", months=3)
    assert durations["at_risk"] is None
    empty = Figures(tmp_path).hand_in(
        reporting_date="30.06.2018", faelle=people(*range(1000, 1012)), ziele="ziel_id | fall_id"
    )
    assert empty.build().row("goals", **goals)["agreed"] == 0


def test_a_column_without_a_value_is_delivered(tmp_path):
    figures = Figures(tmp_path).hand_in(
        reporting_date="30.06.2018", faelle=people(*range(1000, 1012), ends=" | ")
    )
    assert figures.build().row("cases", area_code=KREIS, period="2018-Q1")["closed"] == 0


@pytest.fixture(scope="module")
def two_dates(tmp_path_factory):
    """Cases and goals as of June, then posts alone as of September."""
    figures = folder(tmp_path_factory, "dates").hand_in(
        sender="lra-hohenlohe",
        reporting_date="30.06.2018",
        faelle=people(*range(1000, 1012)),
        ziele="fall_id | vereinbart_am\nF1000 | 02.02.2018",
    )
    figures.hand_in_table(
        "stellen",
        f"monat | kreis | vzae_bewilligt | vzae_besetzt\n01.09.2018 | {KREIS} | 1,00 | 1,00",
        sender="lra-hohenlohe",
        reporting_date="30.09.2018",
    )
    return figures.build()


def test_a_newer_single_table_does_not_make_the_cases_newer(two_dates):
    june = two_dates.row("cases", area_code=KREIS, period="2018-Q2")
    september = two_dates.row("cases", area_code=KREIS, period="2018-Q3")
    assert (june["active_cases"], june["is_complete"]) == (12, True)
    assert (september["active_cases"], september["opened"], september["is_complete"]) == (None, None, False)
    assert two_dates.row("goals", area_code=KREIS, period="2018-Q3", goal_area="gesamt")["agreed"] is None
    assert two_dates.row("posts", area_code=KREIS, period="2018-Q3")["filled_vzae"] == 1
    assert two_dates.row("edition")["as_of"].isoformat() == "2018-06-30"


def test_a_sender_without_goals_makes_those_of_its_kreis_unknown_though_another_delivers_some(tmp_path):
    figures = (
        Figures(tmp_path)
        .hand_in(reporting_date="30.06.2018", faelle=people(*range(1000, 1012)))
        .hand_in(
            sender="amt-b",
            reporting_date="30.06.2018",
            faelle=people(*range(2000, 2012)),
            ziele="fall_id | vereinbart_am\nF2000 | 02.02.2018",
        )
        .build()
    )
    assert figures.row("cases", area_code=KREIS, period="2018-Q1")["active_cases"] == 24
    for place in (KREIS, HOHENLOHE):
        row = figures.row("goals", area_code=place, period="2018-Q1", goal_area="gesamt")
        assert row["agreed"] is None
