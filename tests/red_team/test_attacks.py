"""Every attack fails on a release, of the demonstration and of data that is hard to protect."""

import pytest

TARGETS = ("demonstration", "difficult")


@pytest.fixture(params=TARGETS)
def attacks(request, reports):
    return reports[request.param]


def figures(attacks, number):
    assert attacks[number]["passed"], attacks[number]
    return attacks[number]["figures"]


def test_no_small_cell_is_named_by_what_is_left_of_its_wholes(attacks):
    told = figures(attacks, 1)
    assert told["small_cells"] >= 1000
    assert attacks[1]["named"] == told["small_cells_named"] == told["small_groups_named"] == 0


def test_nobody_is_named_or_found_alone_when_all_margins_are_taken_together(attacks):
    told = figures(attacks, 2)
    assert attacks[2]["tried"] >= 20
    assert attacks[2]["named"] == told["unique_persons"] == 0


def test_enough_blocks_are_reconstructed_that_a_better_guess_would_be_seen(reports):
    assert reports["difficult"][2]["figures"]["blocks"] >= 60
    assert reports["difficult"][2]["figures"]["chance_of_the_gain"] <= 0.06


def test_a_withheld_cell_does_not_tell_whether_there_is_anybody(attacks):
    told = figures(attacks, 3)
    assert told["sensitive"]["cells"] >= 1000
    assert told["small_cells_shown"] == 0
    assert told["failed_groups"] == {}


def test_existence_is_judged_by_table_level_and_relation_where_there_are_enough_places(reports):
    assert reports["demonstration"][3]["figures"]["groups"] >= 10


def test_nobody_is_profiled_by_a_figure_that_comes_back_in_every_breakdown(attacks):
    told = figures(attacks, 4)
    assert attacks[4]["tried"] >= 30
    assert told["groups_that_are_their_whole"] >= 10
    assert told["identity_holds"] == 1.0


def test_averaging_over_every_partition_in_reach_recovers_no_count(attacks):
    told = figures(attacks, 5)
    assert told["shown"]["cells"] >= 1000
    assert told["shown"]["rmse"] >= 1


def test_every_small_cell_may_lie_in_an_interval_that_is_five_wide(attacks):
    told = figures(attacks, 6)
    assert told["cells"] >= 1000
    assert told["solved"] >= 5


def test_no_figure_says_that_all_of_them_are_of_one_kind(attacks):
    told = figures(attacks, 7)
    assert attacks[7]["tried"] >= 50
    assert told["pairs"] >= 1000
    assert told["smallest_rest"] >= 10
    assert told["smallest_rest_of_an_office"] >= 3


def test_no_step_of_a_cumulative_series_is_named(attacks):
    assert figures(attacks, 8)["small_steps"] >= 100


def test_every_derived_value_follows_from_the_release_alone(attacks):
    assert figures(attacks, 9)["cells"] >= 500


def test_the_same_people_have_the_same_figure_on_every_path(attacks):
    assert figures(attacks, 10)["compared"] >= 10_000


def test_the_deviation_is_what_the_method_says(attacks):
    assert figures(attacks, 11)["shown_cells"] >= 1000


def test_what_an_attack_draws_does_not_hang_on_the_attacks_before_it(reports):
    """The mechanism is the same one in both, and the seed is too."""
    bias, other = (reports[each][11]["figures"]["bias_in_standard_errors"] for each in TARGETS)
    assert bias == other


def test_nothing_leaks_by_columns_bytes_or_requests_off_the_list(attacks):
    assert figures(attacks, 12)["requests"] >= 14


def test_a_withheld_cell_of_many_goals_does_not_tell_that_few_people_are_behind_it(reports):
    assert reports["difficult"][13]["passed"]
    assert reports["difficult"][13]["figures"]["withheld_though_many"] >= 100


def test_an_attack_says_how_many_cells_it_tried_and_a_check_says_none(reports):
    tried = {number for number, each in reports["difficult"].items() if "tried" in each}
    assert tried == {1, 2, 3, 4, 5, 6, 7, 8, 13}
