"""The suite can fail: ways to publish that are known to be unsafe are found out by it."""

from data import redteam
from data.redteam import controls, targets
from data.redteam.attacks import consistency


def test_exact_counts_with_a_limit_of_ten_are_solved(suppressed):
    failed = {number for number, each in suppressed.items() if not each["passed"]}
    assert {1, 2, 5, 6, 7, 8} <= failed
    assert suppressed[1]["named"] > 50


def test_deviations_without_a_limit_tell_of_existence_and_of_groups(difficult, tmp_path):
    bare = targets.without_limit(difficult, tmp_path)
    run = redteam.run(bare.release, bare.truth, only=(3, 7, 12))
    assert [each["number"] for each in run["attacks"] if not each["passed"]] == [3, 7, 12]


def test_sums_of_any_places_that_are_asked_for_give_the_exact_count_away(difficult):
    found = controls.free_sums(difficult.truth, seed=1, cells=50)
    assert not found["passed"]
    assert found["figures"]["exact"] > 0.9


def test_shares_in_tenths_tell_small_parts_much_better_than_shares_in_quarters(difficult, tmp_path):
    controls.tenths(difficult.release, difficult.truth, tmp_path / "tenths.duckdb", seed=1)
    tenths = redteam.by_bands(tmp_path / "tenths.duckdb", difficult.truth)["figures"]["bands"]
    quarters = redteam.by_bands(difficult.release, difficult.truth)["figures"]["bands"]
    assert quarters["passed"]
    gains = [each["of_quarters"]["gain"] for each in (quarters, tenths)]
    assert quarters["of_quarters"]["cells"] >= 200
    assert gains[0] < 0.05 < gains[1]


def test_the_same_records_and_keys_make_the_same_release_in_another_store(difficult, tmp_path):
    assert consistency.different_rows(difficult.release, targets.again(difficult, tmp_path)) == 0
