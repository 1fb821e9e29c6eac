"""Goals: what counts in which rate, and how long it takes."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("goals"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle="""
                fall_id | ags      | aufnahme_am
                F1      | 08421000 | 05.01.2018
                F2      | 08421000 | 05.01.2018
            """,
            ziele="""
                ziel_id | fall_id | zielbereich | zielstatus    | vereinbart_am | abgeschlossen_am
                Z1      | F1      | Sprache     | Ziel erreicht | 10.01.2018    | 20.02.2018
                Z2      | F1      | Sprache     | Ziel erreicht | 11.01.2018    | 20.06.2018
                Z3      | F2      | Sprache     | Ziel verfehlt | 12.01.2018    | 20.08.2018
                Z4      | F1      | Wohnung     | In Umsetzung  | 12.01.2018    |
                Z5      | F2      | Wohnung     | Vorgeschlagen |               |
                Z6      | F2      | Wohnung     | Angehalten    | 05.02.2018    |
            """,
        )
        .build()
    )


def test_a_goal_that_is_still_open_counts_in_neither_part_of_the_attainment_rate(figures):
    january = figures.row("goals", **ULM, period="2018-01", goal_area="gesamt")
    assert (january["attained"], january["decided"]) == (2, 3)
    assert (january["agreed"], january["undecided"]) == (4, 1)


def test_a_goal_that_was_only_proposed_is_no_goal_agreed(figures):
    assert figures.row("goals", **ULM, period="2018", goal_area="Wohnung")["agreed"] == 2  # Z4, Z6


def test_goals_are_counted_by_the_period_of_their_agreement_not_of_their_end(figures):
    assert figures.row("goals", **ULM, period="2018-06", goal_area="Sprache")["attained"] == 0
    assert figures.row("goals", **ULM, period="2018-01", goal_area="Sprache")["attained"] == 2


def test_the_people_behind_goals_are_counted_once(figures):
    language = figures.row("goals", **ULM, period="2018-01", goal_area="Sprache")
    assert (language["agreed"], language["agreed_persons"]) == (3, 2)
    assert (language["attained"], language["attained_persons"]) == (2, 1)  # both of F1
    assert figures.row("goals", **ULM, period="2018-Q1", goal_area="gesamt")["agreed_persons"] == 2


def test_time_to_goal_counts_whole_months_in_groups_of_three(figures):
    by_months = {row["months"]: row for row in figures.rows("goal_durations", **ULM, goal_area="Sprache")}
    assert (by_months[3]["at_risk"], by_months[3]["attained"]) == (3, 1)  # Z1 after one month
    assert (by_months[6]["at_risk"], by_months[6]["attained"]) == (2, 1)  # Z2 after five
    assert (by_months[9]["at_risk"], by_months[9]["attained"]) == (1, 0)  # Z3 missed after seven
    assert by_months[12]["at_risk"] == 0


def test_an_open_goal_is_observed_until_the_reporting_date(figures):
    by_months = {row["months"]: row for row in figures.rows("goal_durations", **ULM, goal_area="Wohnung")}
    assert by_months[12]["at_risk"] == 2  # Z4 is open for 11 months, Z6 for 10
    assert by_months[15]["at_risk"] == 0


def test_a_quarter_with_no_goal_is_zero_where_the_area_is_known_and_unknown_elsewhere(figures):
    assert figures.row("goals", **ULM, period="2018-Q4", goal_area="gesamt")["agreed"] == 0
    assert figures.row("goals", area_code="08111000", period="2018-Q4", goal_area="gesamt")["agreed"] is None


def test_of_a_municipality_without_goals_one_row_says_that_they_are_unknown_and_of_a_kreis_all(figures):
    rows = {
        code: figures.rows("goal_durations", area_code=code, goal_area="gesamt")
        for code in ("08116019", "08116")
    }
    assert [(row["months"], row["at_risk"]) for row in rows["08116019"]] == [(3, None)]
    assert [row["at_risk"] for row in rows["08116"]] == [None] * 20
