"""Why people leave, who comes back, and goals whose deadline has passed."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}
ALB_DONAU = {"area_code": "08425"}
EHINGEN = {"area_code": "08425033"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("leaving"))
        .hand_in(
            sender="amt-ulm",
            reporting_date="31.12.2019",
            faelle="""
                fall_id | ags      | fruehere_fall_id | aufnahme_am | beendet_am | beendigungsgrund
                F1      | 08421000 |                  | 05.01.2018  | 10.02.2018 | Wegzug
                F2      | 08421000 |                  | 05.01.2018  | 11.02.2018 | Wegzug
                F3      | 08421000 |                  | 05.01.2018  | 12.03.2018 |
                F4      | 08421000 | F1               | 10.02.2019  |            |
                F5      | 08421000 | F2               | 12.02.2019  |            |
                F6      | 08421000 |                  | 05.01.2018  | 10.04.2019 | Ausreise
            """,
            ziele="""
                ziel_id | fall_id | vereinbart_am | frist      | zielstatus    | abgeschlossen_am
                Z1      | F6      | 10.01.2018    | 31.03.2018 | In Umsetzung  |
                Z2      | F6      | 10.01.2018    | 01.04.2018 | Angehalten    |
                Z3      | F3      | 10.01.2018    | 15.01.2018 | In Umsetzung  |
                Z4      | F6      | 10.01.2018    | 15.01.2018 | Ziel erreicht | 31.03.2018
                Z5      | F6      | 10.01.2018    |            | In Umsetzung  |
            """,
        )
        .hand_in(
            sender="lra-alb",
            reporting_date="31.12.2019",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund
                F1      | 08425033 | 05.01.2018  | 10.02.2018 | Kontaktabbruch
                F2      | 08425033 | 05.01.2018  |            |
            """,
            ziele="ziel_id | fall_id | vereinbart_am\nZ1 | F2 | 10.01.2018",
        )
        .build()
    )


def test_exits_are_counted_by_reason_and_a_missing_one_is_a_category(figures):
    found = {row["category"]: row["closed"] for row in figures.rows("exits", **ULM, period="2018-Q1")}
    assert found == {"Wegzug": 2, "Ohne Angabe": 1}


def test_who_begins_again_within_twelve_months_has_returned_and_a_day_later_has_not(figures):
    quarter = figures.row("reentries", **ULM, period="2018-Q1")
    # F1 came back on the last day of the twelve months, F2 a day later, F3 not at all.
    assert (quarter["returned_in_12"], quarter["closed_followed"]) == (1, 3)
    assert quarter["stayed_away_in_12"] == 2


def test_who_left_less_than_twelve_months_ago_can_still_come_back(figures):
    assert figures.row("reentries", **ULM, period="2018-Q4")["closed_followed"] == 0  # nobody, but known
    assert (
        figures.row("reentries", **ULM, period="2019-Q2")["closed_followed"] is None
    )  # F6, and it is not over
    assert figures.row("reentries", **ULM, period="2018")["returned_in_12"] == 1


def test_where_the_earlier_case_is_not_delivered_nobody_knows_who_came_back(figures):
    assert figures.row("reentries", **EHINGEN, period="2018-Q1")["closed_followed"] is None
    assert figures.row("reentries", **ALB_DONAU, period="2018")["returned_in_12"] is None
    # The Land is that part of it which says so: three of four exits.


def test_a_goal_is_overdue_once_its_deadline_has_passed_undecided_while_the_case_is_open(figures):
    quarter = figures.row("deadlines", **ULM, period="2018-Q1")
    # Open on 31 March: Z1 (due that day), Z2 (due the day after). Z3's case has ended, Z4 is decided, Z5 has none.
    assert (quarter["overdue"], quarter["with_deadline"], quarter["in_time"]) == (1, 2, 1)
    assert (quarter["overdue_persons"], quarter["with_deadline_persons"]) == (1, 1)
    assert figures.row("deadlines", **ULM, period="2018")["overdue"] == 2
    assert figures.row("deadlines", **ULM, period="2019-Q2")["with_deadline"] == 0  # F6 has left


def test_without_a_column_of_deadlines_nothing_is_known_of_them(figures):
    assert figures.row("deadlines", **EHINGEN, period="2018-Q1")["overdue"] is None
