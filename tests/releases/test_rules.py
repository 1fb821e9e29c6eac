"""The rules of a release, each on a table of a few cells. Drawn are the deviated counts; 10 are the limit."""

import pytest

from tests.releases.rulesheet import declared, released, shown

STOCK = declared("key: area_code, period", "counts: active_cases")
FLOW = declared("key: area_code, period", "counts: opened", "flows: opened")


def test_a_count_is_shown_from_the_limit_and_withheld_below_it():
    assert shown(
        STOCK,
        """
        area_code | period | active_cases
        08        | 2026   | 10
        08        | 2027   | 9
        """,
    ) == {"08 2026: active_cases": 10, "08 2027: active_cases": 0}


def test_none_few_and_not_delivered_stay_apart_only_as_withheld_and_unknown():
    none, few, unknown = released(
        STOCK,
        """
        area_code | period | active_cases
        08        | 2024   | 0
        08        | 2025   | 4
        08        | 2026   | ?
        """,
    )
    assert none | {"period": ""} == few | {"period": ""}
    assert repr(none["active_cases"]) == repr(few["active_cases"]) == "0"
    assert unknown["active_cases"] is None


def test_a_village_is_shown_only_if_its_kreis_its_bezirk_and_the_land_are():
    assert shown(
        STOCK,
        """
        area_code | period | active_cases
        08        | 2026   | 90
        084       | 2026   | 9
        08425     | 2026   | 20
        08425072  | 2026   | 15
        081       | 2026   | 70
        08111     | 2026   | 60
        08111000  | 2026   | 60
        """,
    ) == {
        "08 2026: active_cases": 90,
        "081 2026: active_cases": 70,
        "08111 2026: active_cases": 60,
        "08111000 2026: active_cases": 60,
        "084 2026: active_cases": 0,
        "08425 2026: active_cases": 0,
        "08425072 2026: active_cases": 0,
    }


def test_a_place_above_that_nobody_delivered_for_forbids_nothing():
    cells = shown(
        STOCK,
        """
        area_code | period | active_cases
        08        | 2026   | ?
        084       | 2026   | 30
        """,
    )
    assert cells == {"08 2026: active_cases": None, "084 2026: active_cases": 30}


FLOWING = """
    area_code | period  | {count}
    08        | 2026    | 40
    08        | 2026-Q1 | 9
    08        | 2026-Q2 | 31
    08        | 2026-02 | 12
    08        | 2026-04 | 12
    08        | 2027-Q1 | 12
"""


def test_a_month_is_part_of_its_quarter_and_a_quarter_of_its_year():
    cells = shown(FLOW, FLOWING.format(count="opened"))
    assert cells["08 2026-Q1: opened"] == 0
    assert cells["08 2026-02: opened"] == 0  # it would be nearly all of a withheld quarter
    assert cells["08 2026-04: opened"] == 12
    assert cells["08 2027-Q1: opened"] == 12  # the year has not ended yet


def test_the_quarters_of_a_small_year_are_withheld():
    cells = shown(FLOW, FLOWING.format(count="opened").replace("40", "8"))
    assert [value for name, value in cells.items() if " 2026" in name] == [0, 0, 0, 0, 0]


def test_a_stock_on_a_day_is_part_of_no_longer_period():
    cells = shown(STOCK, FLOWING.format(count="active_cases"))
    assert cells["08 2026-02: active_cases"] == 12
    assert cells["08 2026-Q1: active_cases"] == 0


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
