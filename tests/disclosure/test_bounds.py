"""How far a published figure may be from the exact one, held against figures that were deviated and held."""

import random
from dataclasses import replace

import numpy as np
import pytest

from data.disclosure import bounds, perturbation
from data.disclosure.bounds import Range
from data.disclosure.published import Column, Curved, Gap, Published, Ratio, Role
from data.foundation.parameters import Parameters
from tests.support.charted import EDITION, published

PARAMETERS = Parameters()
DRAWN = published("""
    period  | active_cases: count | approved_eur: amount
    2026-Q1 | 40                  | 64000
    2026-Q2 | •                   | .
""")
EXACT = replace(DRAWN, edition=replace(EDITION, internal=True, shown_from=0, parameters=None))


def off_now(draws: int, steps: int) -> "np.ndarray":
    """By how much figures are off that were deviated once and are held over so many changes of one record."""
    drawn, row = random.Random(11), perturbation.table(5, 3.0, 2)[-1]
    found = []
    for _ in range(draws):
        off = perturbation.noise(row, drawn.random())
        for _ in range(steps):
            off += drawn.choice((-1, 1))
            if abs(off) > PARAMETERS.deviation:
                off = perturbation.noise(row, drawn.random())
        found.append(off)
    return np.array(found)


def test_a_count_is_certainly_within_five_and_never_below_zero():
    assert bounds.certain(DRAWN, "active_cases", 40) == Range(35, 45)
    assert bounds.certain(DRAWN, "active_cases", 3) == Range(0, 8)


def test_money_and_exact_editions_have_bounds_of_no_width():
    assert bounds.certain(DRAWN, "approved_eur", 64000.0) == Range(64000, 64000)
    for ask in (bounds.certain, bounds.likely):
        assert ask(EXACT, "active_cases", 40) == Range(40, 40)
        assert ask(EXACT, "active_cases", Ratio(20, 40)) == Range(0.5, 0.5)
    assert bounds.difference(40, 30, None) == Range(10, 10)
    assert bounds.told_apart(EXACT, "active_cases", 41, 40) == 1


def test_a_gap_has_no_bounds():
    with pytest.raises(TypeError, match="no number"):
        bounds.certain(DRAWN, "active_cases", Gap.WITHHELD)


@pytest.mark.parametrize("steps", [0, 3, 40])
def test_the_likely_bounds_hold_for_99_of_100_figures_fresh_or_held(steps):
    """Each is deviated by the table; then its count gains or loses one record, three or forty times."""
    off = off_now(4000, steps)
    value = bounds.likely(DRAWN, "active_cases", 100)
    assert np.mean([100 + each in value for each in off]) >= 0.99
    differences = bounds.difference(100, 100, PARAMETERS)
    assert np.mean([each in differences for each in off[::2] - off[1::2]]) >= 0.99
    of_rate = bounds.rate(Ratio(40, 100, 1, 1, PARAMETERS))
    rates = (40 + off[::2]) / (100 + off[1::2])
    assert np.mean([each in of_rate for each in rates]) >= 0.99


def test_what_is_less_likely_than_one_in_a_hundred_is_outside():
    """Of fresh figures differences of nine are that rare; bounds that took in all ten would say nothing."""
    assert bounds.difference(50, 40, PARAMETERS) == Range(2, 18)
    assert bounds.rate(Ratio(200, 400, 1, 1, PARAMETERS)).high < 205 / 395


def test_two_counts_are_told_apart_from_thirteen_on():
    """32 and 32 people were once told as 32 % more; 40 and 52 may differ by two."""
    assert bounds.told_apart(DRAWN, "active_cases", 52, 40) == 0
    assert bounds.told_apart(DRAWN, "active_cases", 53, 40) == 1
    assert bounds.told_apart(DRAWN, "active_cases", 40, 53) == -1


def test_two_rates_are_told_apart_only_if_no_two_people_can_have_made_the_difference():
    """Each count six off at most, the worst way round: 600 of 1000 is between 594/1006 and 606/994."""

    def share(part):
        return Ratio(part, 1000, 1, 1, PARAMETERS)

    assert bounds.told_apart(DRAWN, "share", share(600), share(581)) == 0
    assert bounds.told_apart(DRAWN, "share", share(600), share(579)) == 1


def test_people_per_post_deviate_by_their_people_alone():
    per_post = Ratio(80, 1.5, 1, 0, PARAMETERS)
    assert bounds.certain(DRAWN, "caseload", per_post) == Range(75 / 1.5, 85 / 1.5)
    assert bounds.certain(DRAWN, "fill_rate", Ratio(1.5, 2.0, 0, 0, PARAMETERS)) == Range(0.75, 0.75)


def test_what_is_left_of_two_counts_is_off_by_both():
    left = replace(DRAWN, columns=(DRAWN.columns[0], Column("missed", Role.COUNT, 2), DRAWN.columns[2]))
    assert bounds.certain(left, "missed", 40) == Range(30, 50)


def test_what_hangs_on_what_is_shown_is_compared_with_nothing():
    """How many places have a shown number changes with a deviation at the limit, by nobody knows how many."""
    served = Column("areas_served", Role.AMOUNT, hangs=True)
    hanging = replace(DRAWN, columns=(DRAWN.columns[0], served, DRAWN.columns[2]))
    assert bounds.told_apart(hanging, "areas_served", 458, 254) == 0
    exact = replace(hanging, edition=EXACT.edition)
    assert bounds.told_apart(exact, "areas_served", 458, 254) == 1


def test_a_curve_lies_between_its_worst_and_its_best_way():
    """100 at risk, 10 attained and ended; then 50, 5: 0.1 + 0.9 · 0.1 = 0.19."""
    share = Curved(0.19, ((10.0, 10.0, 100.0), (5.0, 5.0, 50.0)), PARAMETERS)
    found = bounds.certain(DRAWN, "attained_share", share)
    assert found.low == pytest.approx(5 / 105 + (1 - 15 / 95) * 0)
    assert found.high == pytest.approx(15 / 95 + (1 - 5 / 105) * 10 / 45)
    assert bounds.certain(EXACT, "attained_share", Curved(0.19, share.steps, None)) == Range(0.19, 0.19)


def test_the_largest_is_the_only_one_ahead_where_it_surely_is():
    def ahead(*values):
        return bounds.ahead([bounds.certain(DRAWN, "active_cases", each) for each in values], values)

    assert ahead(20, 60, 40) == [1]
    assert ahead(50, 60, 40) == [1, 0, 2]  # each ten apart: nobody can tell where to draw a line
    assert ahead(55, 60, 40) == [1, 0]
    assert bounds.ahead([Range(3, 3), Range(3, 3), Range(2, 2)], [3, 3, 2]) == [0, 1]  # an exact tie


def test_a_rank_is_a_range_of_places():
    ranges = [bounds.certain(DRAWN, "active_cases", each) for each in (60, 45, 42, 20)]
    assert [bounds.rank(ranges, at) for at in range(4)] == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_a_release_hands_out_its_parameters_and_rates_with_their_parts():
    assert Published("drawn", (), (), (), EDITION).edition.parameters == PARAMETERS
    assert Ratio(30, 40) == 0.75
    assert Ratio(30, 40).base == 40
