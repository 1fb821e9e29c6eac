"""People counselled: who counts when. Ulm is 08421000, Stuttgart 08111000, both of one sender."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("cases"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund                | integrationsplan_am | plan_fortgeschrieben_am | altersgruppe
                F1      | 08421000 | 05.01.2018  |            |                                 | 20.01.2018          |                         | 18-26
                F2      | 08421000 | 01.03.2018  | 31.03.2018 | Ziele erreicht – selbstständig  |                     |                         | 18-26
                F3      | 08421000 | 01.03.2018  | 01.04.2018 | Wegzug                          | 01.03.2018          |                         | 27-44
                F4      | 08421000 | 01.12.2015  |            |                                 | 01.12.2015          | 01.02.2018              | 27-44
                F5      | 08421000 | 15.01.2015  |            |                                 |                     |                         |
            """,
        )
        .hand_in(
            sender="amt-b",
            reporting_date="30.09.2018",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund      | integrationsplan_am
                F1      | 08111000 | 01.02.2018  |            |                       |
                F2      | 08111000 | 01.02.2018  | 15.05.2018 | finanziell unabhängig |
            """,
        )
        .build()
    )


def test_a_case_is_open_from_its_first_day(figures):
    assert figures.row("cases", **ULM, period="2018-01")["active_cases"] == 3  # F1, F4, F5
    assert figures.row("cases", **ULM, period="2018-01")["opened"] == 1


def test_a_case_that_ends_on_the_last_day_of_a_month_counts_as_closed_in_it(figures):
    march = figures.row("cases", **ULM, period="2018-03")
    assert march["closed"] == 1  # F2, not F3
    assert march["active_cases"] == 4  # F1, F3, F4, F5


def test_open_at_the_end_is_open_before_plus_new_minus_closed(figures):
    months = {row["period"]: row for row in figures.rows("cases", **ULM, period_grain="month")}
    assert months["2018-04"]["active_cases"] == months["2018-03"]["active_cases"] - 1
    assert months["2018-03"]["opened"] == 2


def test_a_quarter_has_the_stock_of_its_last_month_and_the_flow_of_all_three(figures):
    first = figures.row("cases", **ULM, period="2018-Q1")
    assert (first["active_cases"], first["opened"], first["closed"]) == (4, 3, 1)
    whole = figures.row("cases", **ULM, period="2018")
    assert (whole["active_cases"], whole["opened"], whole["closed"]) == (3, 3, 2)


def test_left_independent_counts_both_reasons_and_no_other(figures):
    assert figures.row("cases", **ULM, period="2018")["left_independent"] == 1  # F2; F3 moved away
    assert figures.row("cases", area_code="08111000", period="2018-Q2")["left_independent"] == 1


def test_a_plan_counts_from_the_day_it_was_written(figures):
    assert figures.row("cases", **ULM, period="2018-03")["with_plan"] == 3  # F1, F3, F4


def test_a_plan_from_the_start_was_written_within_30_days(figures):
    assert figures.row("cases", **ULM, period="2018-Q1")["planned_from_start"] == 2  # F1 after 15 days, F3


def test_a_plan_is_current_if_written_or_updated_in_the_last_twelve_months(figures):
    # F1's plan is of January 2018; F4's is of 2015 and was updated in February 2018.
    assert figures.row("cases", **ULM, period="2018-12")["with_current_plan"] == 2


def test_how_many_plans_were_current_in_the_past_is_unknown_because_only_the_last_writing_is_delivered(
    figures,
):
    assert figures.row("cases", **ULM, period="2018-11")["with_current_plan"] is None


def test_a_case_that_started_less_than_30_days_ago_still_has_time_for_a_plan(figures):
    stuttgart = figures.row("cases", area_code="08111000", period="2018-Q1")
    assert (stuttgart["opened"], stuttgart["opened_30_days_ago"]) == (2, 2)
    assert figures.row("cases", **ULM, period="2018-Q4")["opened_30_days_ago"] == 0


def test_long_cases_are_those_open_for_more_than_36_and_48_months(figures):
    december = figures.row("cases", **ULM, period="2018-12")
    assert december["over_36"] == 2  # F4 since December 2015, F5 since January 2015
    assert december["over_48"] == 0
    assert figures.row("cases", **ULM, period="2018-01")["over_36"] == 1


def test_what_a_sender_does_not_know_yet_is_unknown_and_not_carried_forward(figures):
    stuttgart = figures.row("cases", area_code="08111000", period="2018-Q4")
    assert stuttgart["active_cases"] is None
    assert stuttgart["opened"] is None


def test_a_municipality_without_any_case_in_a_kreis_that_delivers_has_zero_and_one_without_delivery_nothing(
    figures,
):
    assert figures.row("cases", area_code="08425002", period="2018-Q1")["active_cases"] is None
    assert figures.row("cases", area_code="08425002", period="2018-Q1")["is_complete"] is False


def test_every_level_above_has_the_same_person_once(figures):
    for area_code in ("08421000", "08421"):
        assert figures.row("cases", area_code=area_code, period="2018-Q1")["active_cases"] == 4


def test_missing_is_a_category_of_its_own(figures):
    groups = {
        row["category"]: row["active_cases"]
        for row in figures.rows("people", **ULM, period="2018-12", breakdown="age_group")
    }
    assert groups == {"18-26": 1, "27-44": 1, "Ohne Angabe": 1}
