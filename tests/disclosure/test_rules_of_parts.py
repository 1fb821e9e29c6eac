"""The rules of a release about parts of a whole and sums, each on a table of a few cells.

Drawn are the deviated counts; 10 are the limit.
"""

import pytest

from tests.disclosure.rulesheet import declared, released, shown

GOALS = declared("key: area_code, goal_area", "counts: agreed", "total: goal_area = gesamt", name="goals")


def test_a_category_needs_its_total_and_enough_others_besides_it():
    cells = shown(
        GOALS,
        """
        area_code | goal_area | agreed
        08        | gesamt    | 100
        08        | Sprache   | 91
        08        | Arbeit    | 40
        """,
    )
    assert cells == {
        "08 gesamt: agreed": 100,
        "08 Sprache: agreed": 0,  # nearly all goals
        "08 Arbeit: agreed": 40,
    }


def test_a_category_of_a_withheld_total_is_withheld():
    cells = shown(
        GOALS,
        """
        area_code | goal_area | agreed
        08        | gesamt    | 9
        08        | Arbeit    | 30
        """,
    )
    assert set(cells.values()) == {0}


PLANS = declared(
    "key: area_code, period",
    "counts: active_cases, with_plan, with_current_plan",
    "office: with_plan of active_cases",
    "within: with_current_plan of with_plan",
)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("60 | 40 | 35", (60, 40, 35)),
        ("60 | 57 | 35", (60, 57, 35)),  # how an office works: three others are enough
        ("60 | 58 | 35", (60, 0, 0)),  # all but one or two have a plan
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


OF_FIFTY = declared(
    "key: area_code, period, category",
    "counts: active_cases",
    "parts: active_cases of cases.active_cases",
    "least_base: 50 gemeinde",
    "rows: shown only",
    name="people",
)


@pytest.mark.parametrize(("whole", "there"), [(49, set()), (50, {"08425001"})])
def test_a_municipality_has_a_breakdown_from_a_base_of_fifty_on_and_a_kreis_from_any(whole, there):
    cells = shown(
        OF_FIFTY,
        """
        area_code | period | category | active_cases
        08425     | 2026   | 18-26    | 20
        08425001  | 2026   | 18-26    | 20
        08421     | 2026   | 18-26    | 20
        08421001  | 2026   | 18-26    | 20
        """,
        cases=f"""
        area_code | period | active_cases
        08425     | 2026   | 49
        08425001  | 2026   | {whole}
        08425002  | 2026   | 0
        08421     | 2026   | 49
        08421001  | 2026   | 49
        """,
    )
    city = {"08421", "08421001"}  # the only one of its Kreis
    assert set(cells) == {f"{area} 2026 18-26: active_cases" for area in ({"08425"} | city | there)}


LANGUAGE = declared(
    "key: area_code, period",
    "counts: language_known, language_at_b1",
    "gates: language_below_b1",
    "parts: language_at_b1 of language_known beside language_below_b1",
    name="outcomes",
)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("60 | 40 | 20", (60, 40)),
        ("60 | 51 | 12", (60, 0)),  # of the others too few are left
        ("60 | 40 | 9", (60, 0)),  # what is left of the split is small by its own deviation
        ("60 | 9 | 51", (60, 0)),
        ("9 | 30 | 30", (0, 0)),
        ("60 | ? | ?", (60, None)),
    ],
)
def test_a_part_that_says_something_about_a_person_needs_the_rest_of_the_split_too(drawing, expected):
    columns = "language_known | language_at_b1 | language_below_b1"
    (row,) = released(LANGUAGE, f"area_code | period | {columns}\n08 | 2026 | {drawing}")
    assert (row["language_known"], row["language_at_b1"]) == expected
    assert "language_below_b1" not in row


def test_a_part_of_two_wholes_needs_both():
    table = declared(
        "key: area_code",
        "counts: agreed, decided, attained",
        "parts: attained of decided, attained of agreed",
        "within: decided of agreed",
        name="goals",
    )
    drawing = """
        area_code | agreed | decided | attained
        08        | 60     | 40      | 30
        081       | 60     | 40      | 31
        082       | 40     | 55      | 31
        083       | 9      | 40      | 20
        """
    found = {row["area_code"]: tuple(row[name] for name in table.counts) for row in released(table, drawing)}
    assert found == {"08": (60, 40, 30), "081": (60, 40, 0), "082": (40, 55, 0), "083": (0, 0, 0)}
