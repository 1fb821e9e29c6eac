"""Of two counts of which one lies in the other, the inner one is never published as the larger."""

import numpy as np
import pytest

from data.disclosure import perturbation, rules
from data.disclosure.cells import UNKNOWN
from tests.disclosure.rulesheet import LIMIT, cells, declared

STILL_OPEN = ("key: area_code, months", "counts: at_risk", "falls: at_risk by months")
DECIDED = ("key: area_code, period", "counts: decided, in_12", "above: decided over in_12")


def along(*figures):
    """A curve of these deviated figures, as it is published."""
    rows = "\n".join(f"08421 | {3 * at:02} | {y}" for at, y in enumerate(figures, start=1))
    of = cells(declared(*STILL_OPEN), "area_code | months | at_risk\n" + rows)
    of.y = perturbation.never_above(of, of.y)
    return [None if y == UNKNOWN else y for y in rules.released(of, LIMIT, {})[:, 0].tolist()]


@pytest.mark.parametrize(
    ("deviated", "published"),
    [
        ((50, 42, 50, 31), [50, 42, 42, 31]),
        ((50, 51, 52, 31), [50, 50, 50, 31]),
        ((50, "?", 60, 40), [50, None, 60, 40]),  # what nobody delivered bounds nothing
        ((14, 9, 12, 11), [14, 0, 0, 0]),  # and what lies in a withheld figure is withheld
    ],
)
def test_a_curve_never_rises(deviated, published):
    assert along(*deviated) == published


def test_every_curve_is_bounded_by_itself():
    of = cells(
        declared(*STILL_OPEN),
        """
        area_code | months | at_risk
        08421     | 03     | 20
        08421     | 06     | 25
        08425     | 03     | 60
        08425     | 06     | 61
        """,
    )
    assert perturbation.never_above(of, of.y)[:, 0].tolist() == [20, 20, 60, 60]


def test_it_stays_within_the_largest_deviation_of_its_counts():
    rng = np.random.default_rng(2)
    n = np.sort(rng.integers(15, 200, (50, 12)), axis=1)[:, ::-1]
    deviated = n + rng.integers(-5, 6, n.shape)
    for count, y in zip(n, deviated, strict=True):
        assert abs(along(*y.tolist()) - count).max() <= 5


@pytest.mark.parametrize(
    ("decided", "in_12", "published"),
    [
        (30, 38, [38, 38]),
        (38, 30, [38, 30]),
        (0, 12, [0, 12]),  # held back before: it does not appear because of the other
        ("?", 12, [UNKNOWN, 12]),
        (9, 12, [12, 12]),
    ],
)
def test_a_whole_is_raised_to_what_lies_in_it(decided, in_12, published):
    of = cells(
        declared(*DECIDED), f"area_code | period | decided | in_12\n08421 | 2024 | {decided} | {in_12}"
    )
    assert perturbation.never_above(of, of.y)[0].tolist() == published


def since(now, before, *, n=(30, 30), period="2020"):
    """Who was active three years before, and who is since then, as deviated figures and exact counts."""
    of = cells(
        declared("key: area_code, period", "counts: active, over_36", "since: over_36 of active 36"),
        f"""
        area_code | period   | active   | over_36
        08421     | {period} | {before} | 0
        08421     | 2023     | 90       | {now}
        """,
    )
    exact = of.y.copy()
    exact[0, 0], exact[1, 1] = n
    return int(perturbation.never_above(of, exact)[1, 1])


@pytest.mark.parametrize("period", ["2020", "2020-Q4", "2020-12"])
def test_who_is_there_for_three_years_is_no_more_than_was_there_then(period):
    """The end of a year is that of its last quarter and month."""
    assert since(38, 30, period=period) == 30
    assert since(28, 30, period=period) == 28


@pytest.mark.parametrize(("before", "n"), [("?", (30, 30)), (20, (20, 34))])
def test_a_stock_that_nobody_knows_or_that_another_office_answers_for_bounds_nothing(before, n):
    assert since(38, before, n=n) == 38
