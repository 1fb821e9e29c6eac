"""From one release to the next: a figure that is held tells nothing of a count that moved by one or two."""

import numpy as np
import pytest

from data import redteam
from data.redteam import targets
from data.redteam.attacker import changes
from data.redteam.attacker.likelihood import D, noise
from tests.support.effort import LONG


@pytest.fixture
def cohorts():
    """4,000 old cohorts, of which one in twenty has got one more: counts before and after, and the chance."""
    rng = np.random.default_rng(3)
    before = rng.integers(20, 400, 4000)
    return before, before + (rng.random(4000) < 0.05), rng


def deviations(rng, many):
    chances = noise(100)
    return rng.choice(list(chances), many, p=list(chances.values()))


def told(before, after, y_before, y):
    kind = np.full(len(y), "goals.attained kreis quarter8")
    return {"kind": kind, "aged": kind, "y_before": y_before, "y": y, "change": after - before}


def test_a_new_deviation_at_every_change_names_what_changed(cohorts):
    before, after, rng = cohorts
    y_before = before + deviations(rng, len(before))
    y = np.where(after == before, y_before, after + deviations(rng, len(before)))
    found = changes.named([told(before, after, y_before, y)], held=False)
    assert found["named"] > 0.8 * found["small_changes"] > 100


def test_a_figure_that_stays_while_it_may_be_true_hides_nearly_all_of_them(cohorts):
    before, after, rng = cohorts
    y_before = before + deviations(rng, len(before))
    off = np.abs(after - y_before)
    moves = (after != before) & (off >= D - 1 + 1 + rng.integers(0, 2, len(off)))
    y = np.where(moves, after + deviations(rng, len(before)), y_before)
    found = changes.named([told(before, after, y_before, y)])
    assert found["figures_changed"] < 0.05 * found["small_changes"]
    assert found["named"] <= found["figures_changed"]


def test_bands_that_nearly_always_change_for_one_reason_are_told():
    seen = [("attained", 1, 2, 0, 1)] * 30
    assert changes.named_by_bands(seen)["named"] == 30
    assert changes.named_by_bands(seen[:10])["named"] == 0
    assert changes.named_by_bands(seen + [("attained", 1, 2, 0, 0)] * 10)["named"] == 0


@pytest.mark.skipif(not LONG, reason="ten releases: make test-slow")
@pytest.mark.long
def test_four_quarters_one_after_the_other_name_hardly_anything_of_what_changed(tmp_path):
    held, fresh = targets.steps(tmp_path, 4000, 7, ("08421", "08425", "08437", "08415"))
    stays, anew = redteam.over_time(held), redteam.over_time(fresh, held=False)
    assert stays["tried"] > 1000
    assert not anew["passed"]
    assert stays["named"] <= anew["named"] / 5
