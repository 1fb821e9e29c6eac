"""At the one door: what is withheld, what is unknown, and that few and nobody look the same."""

import pytest

from data.access.rights import PUBLIC
from data.disclosure.published import Gap
from data.publish import ask
from data.questions.filters import Filters

pytestmark = pytest.mark.usefixtures("in_ulm")


def test_four_people_are_withheld_and_so_is_every_rate_made_of_them():
    answer = ask("goals/plans", Filters(area_code="08425072", period="2018-Q1"), PUBLIC)
    assert answer.cell("active_cases", period="2018-Q1") is Gap.WITHHELD
    assert answer.cell("plan_rate", period="2018-Q1") is Gap.WITHHELD


def test_zero_people_and_few_people_look_the_same():
    few = ask("caseload/by_period", Filters(area_code="08425072", period="2018"), PUBLIC)
    nobody = ask("caseload/by_period", Filters(area_code="08425002", period="2018"), PUBLIC)
    strip = [row[2:] for row in few.rows]
    assert strip == [row[2:] for row in nobody.rows]


def test_a_category_that_nobody_has_and_one_that_few_have_look_the_same():
    few = ask("caseload/people", Filters(area_code="08425072", period="2018"), PUBLIC)
    nobody = ask("caseload/people", Filters(area_code="08425002", period="2018"), PUBLIC)
    assert few.rows == nobody.rows


def test_a_category_that_only_a_few_people_in_the_whole_land_have_is_not_even_listed():
    answer = ask("caseload/people", Filters(area_code="08", period="2018"), PUBLIC)
    ages = {row["category"] for row in answer if row["breakdown"] == "age_group"}
    assert ages == {"18-26", "27-44"}  # one person of 65 or over lives in Ulm


def test_a_place_without_goals_or_consultations_and_one_with_few_look_the_same():
    few, nobody = (
        Filters(area_code="08421000", period="2018-Q1"),
        Filters(area_code="08425002", period="2018-Q1"),
    )
    for query in ("goals/time_by_goal_area", "goals/time_to_goal"):
        rows = [ask(query, place, PUBLIC).only("months", "attained") for place in (few, nobody)]
        assert rows[0].rows == rows[1].rows
    profiles = [ask("municipality/profile", place, PUBLIC) for place in (few, nobody)]
    for name in ("consultations", "agreed"):
        cells = [
            one.where(area_code=place.area_code).column(name)[0]
            for one, place in zip(profiles, (few, nobody), strict=True)
        ]
        assert cells == [Gap.WITHHELD, Gap.WITHHELD], name


def test_forty_goals_of_one_person_are_withheld_because_one_person_is_behind_them():
    answer = ask("goals/by_cohort", Filters(area_code="08421000", period="2018-Q1"), PUBLIC)
    assert answer.cell("agreed", cohort="2018-Q1") is Gap.WITHHELD
    assert "agreed_persons" not in answer.names


def test_what_nobody_delivered_is_unknown_and_not_withheld():
    answer = ask("caseload/by_period", Filters(area_code="08111000", period="2018"), PUBLIC)
    assert answer.cell("active_cases", period="2018") is Gap.UNKNOWN


def test_withheld_rows_go_last_by_name_so_that_the_order_tells_nothing():
    answer = ask("caseload/people", Filters(area_code="08421000", period="2018"), PUBLIC)
    shown = [row["active_cases"] is not Gap.WITHHELD for row in answer]
    assert shown == sorted(shown, reverse=True)
    withheld = [(row["breakdown"], row["category"]) for row in answer if row["active_cases"] is Gap.WITHHELD]
    assert withheld == sorted(withheld)
