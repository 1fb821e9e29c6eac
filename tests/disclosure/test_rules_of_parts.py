"""The rules of a release about parts of a whole and sums, each on a table of a few cells.

Drawn are the deviated counts; 10 are the limit.
"""

import pytest

from tests.disclosure.rulesheet import declared, released, shown

PEOPLE = declared(
    "key: area_code, goal_area", "counts: agreed of agreed_persons", "total: goal_area = gesamt", name="goals"
)


def test_goals_are_shown_only_with_enough_people_behind_them():
    one, many = released(
        PEOPLE,
        """
        area_code | goal_area | agreed | agreed_persons
        08        | gesamt    | 90     | 9
        081       | gesamt    | 90     | 10
        """,
    )
    assert (one["agreed"], one["agreed_persons"]) == (0, 0)
    assert (many["agreed"], many["agreed_persons"]) == (0, 0)  # the Land above is withheld


def test_a_category_needs_its_total_and_enough_others_besides_it():
    cells = shown(
        PEOPLE,
        """
        area_code | goal_area | agreed | agreed_persons
        08        | gesamt    | 100    | 60
        08        | Sprache   | 91     | 30
        08        | Wohnung   | 40     | 51
        08        | Arbeit    | 40     | 30
        """,
    )
    assert cells == {
        "08 gesamt: agreed": 100,
        "08 Sprache: agreed": 0,  # nearly all goals
        "08 Wohnung: agreed": 0,  # nearly everybody
        "08 Arbeit: agreed": 40,
    }


def test_a_category_of_a_withheld_total_is_withheld():
    cells = shown(
        PEOPLE,
        """
        area_code | goal_area | agreed | agreed_persons
        08        | gesamt    | 60     | 9
        08        | Arbeit    | 30     | 30
        """,
    )
    assert set(cells.values()) == {0}


PLANS = declared(
    "key: area_code, period",
    "counts: active_cases, with_plan, with_current_plan",
    "parts: with_plan of active_cases",
    "within: with_current_plan of with_plan",
)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("60 | 40 | 35", (60, 40, 35)),
        ("60 | 51 | 35", (60, 0, 0)),  # all but a few have a plan, which tells about the few
        ("60 | 9 | 12", (60, 0, 0)),
        ("9 | 30 | 30", (0, 0, 0)),
        ("60 | 40 | 39", (60, 40, 39)),  # `within` knows no complement
        ("60 | 40 | ?", (60, 40, None)),
        ("? | ? | ?", (None, None, None)),
    ],
)
def test_a_part_needs_its_whole_and_what_is_left_of_it(drawing, expected):
    (row,) = released(
        PLANS, f"area_code | period | active_cases | with_plan | with_current_plan\n08 | 2026 | {drawing}"
    )
    assert (row["active_cases"], row["with_plan"], row["with_current_plan"]) == expected


BREAKDOWN = declared(
    "key: area_code, period, category",
    "counts: active_cases",
    "parts: active_cases of cases.active_cases",
    "rows: shown only",
    name="people",
)


def test_a_breakdown_has_rows_of_shown_cells_alone_and_is_part_of_the_released_count():
    cells = shown(
        BREAKDOWN,
        """
        area_code | period | category | active_cases
        08        | 2026   | 18-26    | 30
        08        | 2026   | 27-44    | 9
        08        | 2026   | 45-64    | 51
        081       | 2026   | 18-26    | 30
        """,
        cases="""
        area_code | period | active_cases
        08        | 2026   | 60
        081       | 2026   | 0
        """,
    )
    assert cells == {"08 2026 18-26: active_cases": 30}


SUMS = declared(
    "key: area_code, goal_area",
    "counts: decided of decided_persons, attained of attained_persons, missed of missed_persons",
    "sums: decided = attained + missed",
    name="goals",
)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("30 | 20 | 20 | 15", (50, 20, 30, 20)),
        ("30 | 20 | 9 | 15", (0, 0, 30, 0)),
        ("30 | 20 | 20 | 9", (0, 0, 30, 0)),
        ("30 | 20 | ? | ?", (None, None, 30, None)),
    ],
)
def test_a_sum_is_that_of_two_shown_counts_or_nothing(drawing, expected):
    columns = "attained | attained_persons | missed | missed_persons"
    (row,) = released(SUMS, f"area_code | goal_area | {columns}\n08 | gesamt | {drawing}")
    names = ("decided", "decided_persons", "attained", "missed")
    assert tuple(row[name] for name in names) == expected
