"""Comparing like with like: cohorts of goals after the same time, and sums only with all of their parts."""

import pytest

from data.access.rights import COMMAND
from data.disclosure.published import Gap
from data.publish import ask
from data.questions.filters import Filters
from pages.figures import sentences
from pages.text.words import of
from tests.support import whole
from tests.support.figures import Figures


def crowd(area_code, number, first=1000):
    return "\n".join(f"F{first + at} | {area_code} | 05.01.2018" for at in range(number))


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """All Kreise are known until March 2019, Langenau's (Alb-Donau-Kreis, another sender) until June 2018 only."""
    others = "\n".join(whole.lines(whole.of("08", without=("08421", "08425"))))
    return (
        Figures(tmp_path_factory.mktemp("followed"))
        .hand_in(
            reporting_date="31.03.2019",
            faelle=f"fall_id | ags | aufnahme_am\n{crowd('08421000', 20)}\n{others}",
            ziele="""
                ziel_id | fall_id | zielbereich | zielstatus    | vereinbart_am | abgeschlossen_am
                Z1      | F1000   | Sprache     | Ziel erreicht | 10.01.2018    | 10.01.2019
                Z2      | F1001   | Sprache     | Ziel erreicht | 11.01.2018    | 12.01.2019
                Z3      | F1002   | Sprache     | Ziel verfehlt | 12.01.2018    | 20.08.2018
                Z4      | F1003   | Sprache     | In Umsetzung  | 13.01.2018    |
                Z5      | F1004   | Sprache     | Ziel erreicht | 10.05.2018    | 10.06.2018
            """,
        )
        .hand_in(
            sender="amt-b",
            reporting_date="30.06.2018",
            faelle=f"fall_id | ags | aufnahme_am\n{crowd('08425072', 15)}",
        )
        .build()
    )


@pytest.fixture(autouse=True)
def store(figures, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))


def test_a_goal_counts_as_decided_in_twelve_months_up_to_the_day_a_year_later(figures):
    january = figures.row("goals", area_code="08421000", period="2018-01", goal_area="gesamt")
    assert (january["attained"], january["decided"]) == (2, 3)  # Z1, Z2 attained, Z3 missed
    assert (january["attained_in_12"], january["decided_in_12"]) == (1, 2)  # Z2 came a day too late


def test_a_cohort_that_has_not_had_its_twelve_months_is_unknown_and_not_low(figures):
    may = figures.row("goals", area_code="08421000", period="2018-05", goal_area="gesamt")
    assert may["attained"] == 1
    assert may["attained_in_12"] is None


def test_an_area_is_complete_if_every_kreis_in_it_is_known(figures):
    assert figures.row("cases", area_code="084", period="2018-Q2")["is_complete"] is True
    assert figures.row("cases", area_code="084", period="2018-Q3")["is_complete"] is False
    assert figures.row("cases", area_code="08421", period="2018-Q3")["is_complete"] is True


def test_no_change_is_stated_where_a_part_is_missing():
    answer = ask("caseload/by_period", Filters(area_code="084", period="2019-Q1"), COMMAND)
    assert answer.cell("active_cases", period="2018-Q1") == 105
    assert answer.cell("active_cases", period="2019-Q1") == 90  # without the 15 of Langenau
    said = sentences.against_year_before(
        answer, "active_cases", words=of("de"), key="caseload.active", area_code="084", period="2019-Q1"
    )
    assert "90 Personen" in said
    assert "weniger" not in said


def test_the_land_opens_with_the_newest_of_its_last_quarters_that_has_the_most_kreise():
    # Langenau is nine months behind: the Land is complete up to the second quarter of 2018.
    answer = ask("goals/plans", Filters(area_code="08421000"), COMMAND)
    assert answer.edition.period == "2018-Q2"


def test_missed_goals_end_a_curve_as_missed_and_not_as_unobserved():
    """40 goals, half of them missed in the first group, half attained in the second: 50 %, not 100 %."""
    from data.disclosure import display
    from data.questions.catalogue import Curve

    rows = [
        {"area_code": "08", "attained": 0, "ended": 20, "at_risk": 40},
        {"area_code": "08", "attained": 20, "ended": 20, "at_risk": 20},
        {"area_code": "08", "attained": 0, "ended": 0, "at_risk": 12},
    ]
    display.shares(rows, Curve("share", "attained", "at_risk", "ended", ("area_code",)))
    assert [row["share"] for row in rows] == [0.0, 0.5, Gap.WITHHELD]
