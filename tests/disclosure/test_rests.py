"""What is left of a whole beside its shown parts leaves room for at least five values of a withheld part."""

import numpy as np
import pytest

from data.disclosure import rests, rules
from data.disclosure.cells import UNKNOWN
from data.foundation.parameters import Parameters
from tests.disclosure.rulesheet import cells as cells_of
from tests.disclosure.rulesheet import declared, wholes

CASES = ("key: area_code, period", "counts: active_cases, opened", "flows: opened")
GOALS = ("key: area_code, period, goal_area", "counts: agreed", "flows: all", "total: goal_area = gesamt")
PEOPLE = (
    "key: area_code, period, breakdown, category", "counts: active_cases",
    "parts: active_cases of cases.active_cases", "rows: shown only",
)  # fmt: skip


def shown(table, drawing, cases=""):
    """The rows that are left, as key to counts, through the rules and the rests."""
    of = cells_of(table, drawing, cases)
    counts = rules.counts(of, rests.withheld(of, Parameters(), wholes(of, cases))[0])
    found = {}
    for row in np.flatnonzero(rules.written(table, counts)):
        name = " ".join(str(key.names[key.codes[row]]) for key in of.keys.values())
        values = [
            None if counts[count][row] == UNKNOWN else int(counts[count][row]) for count in table.counts
        ]
        found[name] = values[0] if len(values) == 1 else values
    return found


@pytest.mark.parametrize(("kreis", "left"), [(35, 40), (34, 0), (33, 0)])
def test_a_municipality_goes_with_the_kreis_that_it_nearly_is(kreis, left):
    """With 34 the rest is -6, and two figures deviate by 10 at most: at most four people live elsewhere."""
    table = declared(*CASES)
    found = shown(
        table,
        f"""
        area_code | period | active_cases | opened
        08        | 2026   | 200          | 0
        084       | 2026   | 100          | 0
        08425     | 2026   | {kreis}      | 0
        08425001  | 2026   | 40           | 0
        08425002  | 2026   | 0            | 0
        """,
    )
    assert found["08425 2026"][0] == kreis
    assert found["08425001 2026"][0] == left


LAICHINGER_ALB = """
        area_code | period | active_cases | opened
        08        | 2026   | 400          | 0
        084       | 2026   | 300          | 0
        08425     | 2026   | 200          | 0
        084255007 | 2026   | {whole}      | 0
        08425071  | 2026   | 40           | 0
        08425079  | 2026   | 12           | 0
        08425081  | 2026   | 0            | 0
        08425039  | 2026   | 30           | 0
"""


@pytest.mark.parametrize(("whole", "left"), [(60, [40, 12]), (42, [40, 12]), (41, [40, 0]), (0, [0, 0])])
def test_the_members_of_an_association_are_a_family_as_those_of_a_kreis(whole, left):
    """With 41 the rest is -11, and three figures deviate by 15 at most: four people are left at most.

    Without a figure of the association none of its members has one. Erbach is in none and stays.
    """
    found = shown(declared(*CASES), LAICHINGER_ALB.format(whole=whole))
    assert [found[f"{code} 2026"][0] for code in ("08425071", "08425079")] == left
    assert found["08425039 2026"][0] == 30


@pytest.mark.parametrize(("kreis", "left"), [(200, [150, 60]), (199, [150, 0])])
def test_a_kreis_is_its_associations_and_the_municipalities_that_are_in_none(kreis, left):
    """With 199 the rest is -11, and three figures deviate by 15 at most: four people are left at most."""
    drawing = f"""
        area_code | period | active_cases | opened
        08        | 2026   | 600          | 0
        084       | 2026   | 500          | 0
        08425     | 2026   | {kreis}      | 0
        084255007 | 2026   | 150          | 0
        08425039  | 2026   | 60           | 0
    """
    found = shown(declared(*CASES), drawing)
    assert [found[f"{code} 2026"][0] for code in ("084255007", "08425039")] == left


@pytest.mark.parametrize(("kreis", "left"), [(200, [150, 60]), (199, [150, 0])])
def test_in_a_table_without_associations_all_municipalities_are_the_family_of_their_kreis(kreis, left):
    """Laichingen is in an association, Erbach is in none: beside each other they tell of the same Kreis."""
    drawing = f"""
        area_code | period | active_cases | opened
        08        | 2026   | 600          | 0
        084       | 2026   | 500          | 0
        08425     | 2026   | {kreis}      | 0
        08425071  | 2026   | 150          | 0
        08425039  | 2026   | 60           | 0
    """
    table = declared("levels: land, regierungsbezirk, kreis, gemeinde", *CASES)
    found = shown(table, drawing, LAICHINGER_ALB.format(whole=0))
    assert [found[f"{code} 2026"][0] for code in ("08425071", "08425039")] == left


def test_only_the_smallest_part_goes_and_whatever_is_part_of_it():
    table = declared(*CASES)
    found = shown(
        table,
        """
        area_code | period  | active_cases | opened
        08        | 2026    | 400          | 130
        084       | 2026    | 200          | 130
        08425     | 2026    | 100          | 90
        08425     | 2026-Q1 | 100          | 53
        08425     | 2026-Q2 | 100          | 50
        08425     | 2026-Q3 | 100          | 0
        08425     | 2026-02 | 100          | 40
        08425     | 2026-05 | 100          | 40
        084       | 2026-Q2 | 200          | 60
        08        | 2026-Q2 | 200          | 60
        084       | 2026-Q1 | 200          | 60
        08        | 2026-Q1 | 200          | 60
        084       | 2026-05 | 200          | 60
        08        | 2026-05 | 200          | 60
        084       | 2026-02 | 200          | 60
        08        | 2026-02 | 200          | 60
        """,
    )
    opened = {key: counts[1] for key, counts in found.items() if key.startswith("08425 ")}
    # 90 - 53 - 50 = -13, and three figures deviate by 15 at most: two people are left at most.
    assert opened == {
        "08425 2026": 90, "08425 2026-Q1": 53, "08425 2026-Q2": 0, "08425 2026-Q3": 0,
        "08425 2026-02": 40, "08425 2026-05": 0,
    }  # fmt: skip
    assert {counts[0] for key, counts in found.items() if key.startswith("08425 ")} == {100}


def test_goal_areas_that_divide_all_goals():
    table = declared(*GOALS, name="goals")
    found = shown(
        table,
        """
        area_code | period | goal_area | agreed
        08        | 2026   | gesamt    | 90
        08        | 2026   | Sprache   | 60
        08        | 2026   | Wohnung   | 43
        08        | 2026   | Kinder    | 0
        """,
    )
    assert found == {
        "08 2026 gesamt": 90,
        "08 2026 Sprache": 60,
        "08 2026 Wohnung": 0,  # 90 - 60 - 43 = -13: two goals at most are of other areas
        "08 2026 Kinder": 0,
    }


def test_every_whole_that_leaves_too_little_room_is_found_at_once():
    table = declared(*CASES)
    of = cells_of(
        table,
        """
        area_code | period | active_cases | opened
        08        | 2026   | 400          | 0
        084       | 2026   | 200          | 0
        08425     | 2026   | 34           | 0
        08425001  | 2026   | 40           | 0
        08426     | 2026   | 34           | 0
        08426001  | 2026   | 40           | 0
        """,
    )
    before = rules.released(of, 10, {})
    found = [rows.tolist() for rows, _ in rests.narrow(of, before, {}, 5) if len(rows)]
    assert found == [[3, 5]]


def test_the_categories_of_a_breakdown_and_of_each_breakdown_by_itself():
    table = declared(*PEOPLE, name="people")
    cases = """
        area_code | period | active_cases
        08        | 2026   | 50
        """
    found = shown(
        table,
        """
        area_code | period | breakdown | category | active_cases
        08        | 2026   | sex       | weiblich | 37
        08        | 2026   | sex       | männlich | 26
        08        | 2026   | sex       | divers   | 3
        08        | 2026   | origin    | UA       | 37
        08        | 2026   | origin    | SY       | 20
        """,
        cases,
    )
    assert found == {"08 2026 sex weiblich": 37, "08 2026 origin UA": 37, "08 2026 origin SY": 20}


def test_what_nobody_delivered_is_left_unknown_and_narrows_nothing():
    table = declared(*CASES)
    found = shown(
        table,
        """
        area_code | period | active_cases | opened
        08        | 2026   | 40           | 0
        084       | 2026   | 40           | 0
        083       | 2026   | ?            | ?
        """,
    )
    assert found == {"08 2026": [40, 0], "084 2026": [40, 0], "083 2026": [None, None]}


@pytest.mark.parametrize(("cover", "member", "left"), [(3, 0, 18), (4, 0, 0), (4, 12, 18), (4, 9, 0)])
def test_an_association_of_few_places_none_of_which_is_shown_tells_that_each_has_somebody(
    cover, member, left
):
    """18 in Dietenheim, Illerrieden and Balzheim, none of which shows ten: at most one of them is empty."""
    table = declared(
        "key: area_code, period",
        "counts: counselled",
        f"cover: {cover} verwaltungsgemeinschaft",
        name="talks",
    )
    drawing = f"""
        area_code | period | counselled
        08        | 2026   | 400
        084       | 2026   | 300
        08425     | 2026   | 200
        084255003 | 2026   | 18
        08425028  | 2026   | {member}
        08425066  | 2026   | 0
    """
    found = shown(table, drawing)
    assert found["084255003 2026"] == left
    assert found["08425066 2026"] == 0
    assert found["08425 2026"] == 200


EXITS = ("counts: closed, exits_known", "flows: closed, exits_known", "within: exits_known of closed")


@pytest.mark.parametrize(("known", "left"), [(100, 100), (101, 0)])
def test_the_reasons_of_others_tell_nothing_of_the_kreis_that_delivers_none(known, left):
    """With 101 the rest is -1, and two figures deviate by 10 at most: one is far likelier than nine."""
    drawing = f"""
        area_code | period | closed | exits_known
        08        | 2026   | 400    | 380
        084       | 2026   | 100    | {known}
        08421     | 2026   | 0      | ?
        08425     | 2026   | 97     | 97
        08425039  | 2026   | 40     | 40
    """
    found = shown(declared("key: area_code, period", *EXITS), drawing)
    assert found["084 2026"] == [100, left]
    assert found["08421 2026"] == [0, None]
    assert found["08425 2026"] == [97, 97 if left else 0]
    assert found["08 2026"] == [400, 380]


@pytest.mark.parametrize(("decided", "left"), [(102, 102), (103, 0)])
def test_of_goals_a_base_may_differ_by_more_than_of_people(decided, left):
    """Several are left as often as one: with 103 of 100 it is -3, and one far likelier than seven."""
    drawing = f"""
        area_code | period | agreed | decided | persons
        08        | 2026   | 400    | 380     | 300
        084       | 2026   | 100    | {decided} | 60
        08425     | 2026   | 100    | 100     | 60
    """
    counted = "counts: agreed of persons, decided of persons"
    table = declared("key: area_code, period", counted, "flows: agreed, decided", "within: decided of agreed")
    assert shown(table, drawing)["084 2026"] == [100, left]


@pytest.mark.parametrize(("known", "left"), [(65, 65), (66, 0)])
def test_a_kreis_that_is_shown_without_its_reasons_is_no_cover_for_another(known, left):
    """With 66 the rest of two Kreise is 34, Biberach shows 40: -6 is left, three figures deviate by 15."""
    drawing = f"""
        area_code | period | closed | exits_known
        08        | 2026   | 400    | 340
        084       | 2026   | 100    | {known}
        08421     | 2026   | 0      | ?
        08425     | 2026   | 60     | 60
        08426     | 2026   | 40     | ?
    """
    assert shown(declared("key: area_code, period", *EXITS), drawing)["084 2026"] == [100, left]


def test_a_base_of_another_table_is_the_rest_of_it_too():
    """106 counselled where consultations are delivered, of 100 active in all."""
    within = "within: counselled of cases.active_cases"
    table = declared("key: area_code, period", "counts: counselled", within, name="consultations")
    cases = """
        area_code | period | active_cases
        08        | 2026   | 400
        084       | 2026   | 100
        08425     | 2026   | 97
        08421     | 2026   | 0
    """
    drawing = """
        area_code | period | counselled
        08        | 2026   | 380
        084       | 2026   | 106
        08421     | 2026   | ?
        08425     | 2026   | 97
    """
    assert shown(table, drawing, cases) == {
        "08 2026": 380,
        "084 2026": 0,
        "08421 2026": None,
        "08425 2026": 0,
    }
