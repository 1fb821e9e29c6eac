"""The one door: what is asked is answered, and what nobody gets past it."""

import shutil

import pytest

from data import publish
from data.access.rights import COMMAND, EVERYTHING, PUBLIC, Entrance, Reader
from data.foundation.errors import DashboardError
from data.publish import ask
from data.questions.filters import Filters
from data.releases import preview

pytestmark = pytest.mark.usefixtures("in_ulm")


def test_a_count_of_many_people_is_shown_near_the_truth_and_its_rate_is_that_of_shown_counts():
    answer = ask("goals/plans", Filters(area_code="08421000", period="2018-Q1"), PUBLIC)
    active, with_plan = (answer.cell(name, period="2018-Q1") for name in ("active_cases", "with_plan"))
    assert abs(active - 60) <= 5
    assert abs(with_plan - 36) <= 5
    assert answer.cell("plan_rate", period="2018-Q1") == with_plan / active


def test_a_stadtkreis_and_its_one_municipality_have_the_same_figure():
    figures = [
        ask("goals/plans", Filters(area_code=code, period="2018"), PUBLIC).column("active_cases")
        for code in ("08421", "08421000")
    ]
    assert figures[0] == figures[1]


def test_a_period_that_nobody_chose_is_the_newest_quarter():
    answer = ask("goals/plans", Filters(area_code="08421000"), PUBLIC)
    assert answer.column("period")[-1] == "2018-Q4"


def test_the_same_question_is_answered_once():
    chosen = Filters(area_code="08421000", period="2018")
    first, again = (ask("goals/plans", chosen, PUBLIC) for _ in range(2))
    assert again == first
    assert again.rows is first.rows


def test_a_choice_that_a_question_does_not_look_at_keeps_no_second_answer():
    first, other = (
        ask("overview/map", Filters(area_code=code, level="gemeinde", period="2018-Q1"), PUBLIC)
        for code in ("08421000", "08111000")
    )
    assert other.rows is first.rows
    assert (first.asked.area_code, other.asked.area_code) == ("08421000", "08111000")
    of_kreise = ask("overview/map", Filters(level="kreis", period="2018-Q1"), PUBLIC)
    assert len(of_kreise) == 44 < len(first)


def test_answers_are_kept_up_to_a_number_of_cells():
    answers = preview._answer
    answers.cache_clear()
    for number in range(2001, 2017):
        for quarter in range(1, 5):
            chosen = Filters(level="gemeinde", period=f"{number}-Q{quarter}")
            ask("overview/map", chosen, PUBLIC)
    held = answers.cache
    assert 0 < held.currsize == sum(len(each.names) * (len(each) + 1) for each in held.values())
    assert held.currsize <= held.maxsize == preview.CELLS


@pytest.mark.parametrize(
    "wrong",
    [
        {"area_code": "99999999"},
        {"area_code": "08'; drop table x; --"},
        {"compare": "nowhere"},
        {"compare": "08421,nowhere"},
        {"period": "banana"},
        {"period": "2018-Q5"},
        {"level": "street"},
    ],
)
def test_a_choice_that_does_not_exist_is_refused_by_name(wrong):
    with pytest.raises(publish.UnknownChoiceError, match=next(iter(wrong))):
        ask("goals/plans", Filters(**wrong), PUBLIC)


def test_a_question_that_does_not_exist_says_how_to_find_one():
    with pytest.raises(DashboardError, match="lists all"):
        ask("goals/../../secret", Filters(), PUBLIC)


def test_exact_figures_are_for_who_may_read_the_land():
    chosen = Filters(area_code="08425072", period="2018")
    for entrance in (Entrance.DEMONSTRATION, Entrance.SESSION):
        nobody = Reader("eve", entrance, EVERYTHING, "made up")
        with pytest.raises(publish.InternalClosedError):
            ask("goals/plans", chosen, nobody)
    answer = ask("goals/plans", chosen, COMMAND)
    assert answer.cell("active_cases", period="2018") == 4
    assert answer.edition.internal


def test_the_public_is_answered_without_the_warehouse(ulm, monkeypatch, tmp_path):
    """Only the folder of releases is there: no warehouse, no deliveries, no register, no keys."""
    shutil.copytree(ulm / "releases", tmp_path / "releases")
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    answer = ask("goals/plans", Filters(area_code="08421000", period="2018"), PUBLIC)
    assert abs(answer.cell("active_cases", period="2018") - 61) <= 5


def test_an_edition_that_is_gone_says_so():
    with pytest.raises(DashboardError):
        ask("goals/plans", Filters(edition="20200101T000000-abcdef"), PUBLIC)
