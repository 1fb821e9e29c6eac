"""A published figure may change at any distance, so that a change does not tell of a change of the count."""

import numpy as np

from data.disclosure import holding
from data.disclosure.holding import HALF, NEVER, STEEP, Anew

MANY = 20_000
SETS = np.random.default_rng(4).integers(0, HALF, MANY) + 40 * HALF  # as many sets of forty people
PACKED = SETS[:, None]
ULM = ["08421"] * MANY


def draws(of, *, moving=False):
    return of.draws(PACKED, ULM, [moving])[:, 0]


def test_draws_are_even_and_others_when_other_data_are_delivered():
    first, second = (draws(Anew(secret, frozenset(["08421"]))) for secret in ("one", "two"))
    for each in (first, second):
        assert np.histogram(each, 10, (0, 1))[0].min() > 0.9 * MANY / 10
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03


def test_the_same_people_have_the_same_draw_in_every_table_and_their_number_stays():
    one = Anew("one", frozenset(["08421"]))
    assert (one.draws(PACKED[::-1], ULM, [False])[::-1, 0] == draws(one)).all()
    others = one.others(PACKED)[:, 0]
    assert (others // HALF == SETS // HALF).all()
    assert (others != SETS).all()
    assert one.others(np.array([[-1]])) == -1


def test_where_nothing_has_changed_nothing_changes():
    one = Anew("one", frozenset(), frozenset(["08421"]))
    assert (draws(one) == NEVER).all()
    assert (draws(one, moving=True) < 1).all()
    assert (one.draws(PACKED, ["08425"] * MANY, [True]) == NEVER).all()
    assert (one.draws(np.full((MANY, 1), -1), ULM, [True]) == NEVER).all()


def test_each_step_makes_a_change_four_times_as_likely_up_to_certainty():
    off = np.array([[0, 3, 4, 5, 6, 40]])
    assert holding.chance(off, 6).tolist() == [[STEEP**-6, 1 / 64, 1 / 16, 1 / 4, 1, 1]]
