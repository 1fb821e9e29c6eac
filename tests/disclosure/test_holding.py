"""What was published stays while it can be true; who is behind a count is asked and never told."""

import numpy as np
import pytest

from data.disclosure import holding
from data.disclosure.cells import UNKNOWN
from data.foundation.parameters import Parameters
from tests.disclosure.rulesheet import cells, declared

GOALS = declared("key: area_code, period", "counts: attained of people", "moving: attained", name="goals")
HALF = 2**32


def before(of, published, closed=True):
    """What a release before published of each row of these cells."""
    rows = len(of.y)
    end = [f"{period}-12-31" if closed else "" for period in (of.keys["period"].names * rows)[:rows]]
    return holding.Before(np.array(published).reshape(rows, 1), np.full(rows, closed), ["08425"] * rows, end)


def held(exact, deviated, published, *, closed=True, salt="salt", draw=0.9, once_more=0):
    """What becomes of one cell, deviated to one value where nothing was published, else to the other."""
    of = cells(GOALS, f"area_code | period | attained\n08425001 | 2018 | {deviated}")
    n, had = np.array([[exact]]), before(of, [published], closed)
    changes = holding.changes(n, had, np.array([[draw]]), Parameters())
    others = np.where(changes, once_more, UNKNOWN)
    return int(holding.held(of, n, had, others, salt, Parameters())[0, 0])


@pytest.mark.parametrize("off", [-5, -1, 0, 2, 5])
def test_a_published_figure_mostly_stays_while_it_is_off_by_five_at_most(off):
    assert held(60 + off, 63, 60, once_more=67) == 60


@pytest.mark.parametrize("off", [-6, 6, 30])
def test_a_published_figure_changes_when_it_is_off_by_six(off):
    assert held(60 + off, 63, 60, once_more=90) == 90


@pytest.mark.parametrize(("off", "chance"), [(5, 1 / 4), (-5, 1 / 4), (4, 1 / 16), (0, 1 / 4096)])
def test_a_nearer_one_changes_by_a_chance_that_falls_with_each_step(off, chance):
    assert held(60 + off, 63, 60, once_more=67, draw=0.99 * chance) == 67
    assert held(60 + off, 63, 60, once_more=67, draw=1.01 * chance) == 60


def test_a_withheld_figure_appears_only_when_it_is_surely_more():
    assert held(9, 12, 0) == 0
    assert held(15, 12, 0) == 12
    assert {held(12, 12, 0, salt=f"{draw}") for draw in range(40)} == {0, 12}


def test_what_was_open_or_unknown_before_is_not_held():
    assert held(60, 63, 58, closed=False) == 63
    assert held(60, 63, UNKNOWN) == 63


def test_the_same_people_appear_together_at_the_ends_of_a_month_a_quarter_and_a_year():
    table = declared("key: area_code, period", "counts: active_cases")
    of = cells(
        table,
        """
        area_code | period  | active_cases
        08425     | 2018    | 13
        08425     | 2018-12 | 13
        08425     | 2018-Q4 | 13
        """,
    )
    for draw in range(40):
        end = holding.Before(np.zeros((3, 1), dtype=int), np.full(3, True), ["08425"] * 3, ["2018-12-31"] * 3)
        found = holding.held(of, np.full((3, 1), 12), end, np.full((3, 1), UNKNOWN), f"{draw}", Parameters())
        assert len(set(found[:, 0].tolist())) == 1


SPLIT = declared(
    "key: area_code, period", "counts: known, at_b1", "gates: below", "parts: at_b1 of known beside below",
    name="outcomes",
)  # fmt: skip


def gate(published, exact, deviated, *, salt="salt", own=40):
    """What becomes of the rest of a split whose part was published like this."""
    of = cells(
        SPLIT, f"area_code | period | known | at_b1 | below\n08425001 | 2018 | 60 | {own} | {deviated}"
    )
    published_before = holding.Before(
        np.array([[60, published, UNKNOWN]]), np.full(1, True), ["08425"], ["2018-12-31"]
    )
    holding.hold_gates(of, np.array([[60, 40, exact]]), published_before, salt, Parameters())
    return int(of.y[0, 2])


def test_a_part_that_stays_is_not_withheld_for_one_change_in_the_rest_of_its_split():
    assert gate(published=40, exact=9, deviated=8) == 10
    assert gate(published=40, exact=9, deviated=8, own=43) == 8  # the part itself has changed


def test_a_withheld_part_appears_only_when_the_rest_of_its_split_is_surely_more():
    assert gate(published=0, exact=9, deviated=12) == 0
    assert {gate(published=0, exact=12, deviated=12, salt=f"{draw}") for draw in range(40)} == {0, 12}
    assert gate(published=0, exact=15, deviated=12) == 12


def test_five_people_at_least_and_up_to_nine_are_behind_a_count_by_a_secret_of_each_set():
    def few(people):
        packed = np.array([people * HALF + keys for keys in range(60)])
        return set(holding.few_people(packed, HALF, "salt", Parameters()).tolist())

    assert [few(people) for people in (0, 4, 9, 40)] == [{True}, {True}, {False}, {False}]
    assert [few(people) for people in (5, 6, 7, 8)] == [{True, False}] * 4


def test_the_same_people_are_enough_everywhere():
    packed = np.array([6 * HALF + 77] * 5)
    assert len(set(holding.few_people(packed, HALF, "salt", Parameters()).tolist())) == 1


def test_a_count_withheld_for_its_people_appears_only_with_clearly_more_of_them():
    of = cells(GOALS, "area_code | period | attained\n08425001 | 2018 | 40")

    def stays(people):
        found = holding.too_few_to_appear(of, np.array([[people]]), before(of, [0]), "salt", Parameters())
        return bool(found[0, 0])

    assert [stays(people) for people in (5, 7, 12, 14, 20)] == [True, True, True, False, False]
