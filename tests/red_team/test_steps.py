"""From one release to the next: a figure that is held tells nothing of a count that moved by one or two."""

import numpy as np
import pytest

from data import redteam
from data.redteam import targets
from data.redteam.attacker import between_releases
from data.redteam.attacker.between_releases import STEEP
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
    places = np.arange(len(y)).astype(str)
    of = {"what": kind, "kind": kind, "aged": kind, "area": places, "lies_in": np.full(len(y), "08")}
    return {**of, "y_before": y_before, "y": y, "change": after - before}


def test_a_new_deviation_at_every_change_names_what_changed(cohorts):
    before, after, rng = cohorts
    y_before = before + deviations(rng, len(before))
    y = np.where(after == before, y_before, after + deviations(rng, len(before)))
    found = between_releases.named([told(before, after, y_before, y)], held=False)
    assert found["named"] > 0.8 * found["small_changes"] > 100


def bounded(cohorts, chance, steep):
    """What is found where figures change by this chance, given by how much they are off."""
    before, after, rng = cohorts
    y_before = before + deviations(rng, len(before))
    moves = rng.random(len(before)) < chance(np.abs(after - y_before))
    y = np.where(moves, after + deviations(rng, len(before)), y_before)
    return between_releases.named([told(before, after, y_before, y)], steep=steep)


def test_figures_that_change_the_likelier_the_farther_off_they_are_name_nothing(cohorts):
    found = bounded(cohorts, lambda off: STEEP ** np.minimum(off - D - 1, 0), STEEP)
    assert found["figures_changed"] > 10
    assert found["surest"] < 0.5
    assert found["named"] == 0


def test_figures_that_change_at_a_bound_alone_name_what_took_them_there(cohorts):
    """The attacker knows how they change: where none is surely changed, a change of the count is told."""
    before, _, rng = cohorts
    found = bounded((before, before + (np.arange(len(before)) % 5 == 0), rng), lambda off: off > D, 10.0**9)
    assert found["named"] > 0


def test_months_of_one_place_are_the_same_people_and_no_knowledge_of_others():
    """Two plans entered late are missing in 100 months of Ulm; in 200 other places nothing changed."""
    area = np.array(["08421"] * 100 + [f"0841{each:04}" for each in range(200)])
    change = np.where(area == "08421", 2, 0)
    found = between_releases.named([moved(area, change)])
    by_months_alone = between_releases.named([moved(np.arange(300).astype(str), change)])
    assert found["small_changes"] == by_months_alone["small_changes"] == 100
    assert found["surest"] < 0.9 < by_months_alone["surest"]


def test_what_a_place_lies_in_has_the_same_people_and_is_no_knowledge_of_others_either():
    area = np.array(["08421"] * 100 + ["084"] * 100 + [f"0841{each:04}" for each in range(200)])
    change = np.where(np.char.str_len(area) < 6, 2, 0)
    level = np.where(np.char.str_len(area) == 3, "regierungsbezirk", "kreis")
    found = between_releases.named([moved(area, change, level, "084")])
    elsewhere = between_releases.named([moved(area, change, level, "081")])
    assert found["surest"] < 0.6 < elsewhere["surest"]


def moved(area, change, level="kreis", whole="084"):
    """100 before in each cell, and eight more where the count has changed."""
    many = len(area)
    what = np.full(many, "cases.with_plan")
    seen = {"what": what, "aged": what, "kind": np.char.add("cases.with_plan ", level), "area": area}
    seen["kind"] = np.broadcast_to(seen["kind"], (many,))
    seen["lies_in"] = np.where(area == "084", "08", f"{whole} 08")
    return seen | {"y_before": np.full(many, 100), "y": 100 + np.where(change, 8, 0), "change": change}


def test_bands_that_nearly_always_change_for_one_reason_are_told():
    seen = [(("attained", 1, 2, 0), 1)] * 30
    assert between_releases.named_by_pattern(seen)["named"] == 30
    assert between_releases.named_by_pattern(seen[:10])["named"] == 0
    assert between_releases.named_by_pattern(seen + [(("attained", 1, 2, 0), 0)] * 10)["named"] == 0


@pytest.mark.skipif(not LONG, reason="ten releases: make test-slow")
@pytest.mark.long
def test_four_quarters_one_after_the_other_name_nothing_of_what_changed(tmp_path):
    held, fresh = targets.steps(tmp_path, 4000, 7, ("08421", "08425", "08437", "08415"))
    stays, anew = redteam.over_time(held), redteam.over_time(fresh, held=False)
    assert stays["tried"] > 1000
    assert not anew["passed"]
    assert stays["named"] == 0
