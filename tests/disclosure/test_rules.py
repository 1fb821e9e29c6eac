"""The rules of a release about places and periods, each on a table of a few cells.

Drawn are the deviated counts; 10 are the limit.
"""

from tests.disclosure.rulesheet import declared, released, shown

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
