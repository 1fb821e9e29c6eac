"""The next release: closed figures change as the list says, and one that fails is not published."""

import pytest

from data import redteam
from data.foundation.parameters import Parameters
from data.redteam import hard_data, targets
from data.releases import manifest, shelf

KREISE = ("08421", "08425")  # a city, and villages around it


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    """Two releases; between them the day on which one single person left was corrected."""
    folder = tmp_path_factory.mktemp("after")
    first = targets.difficult(folder, 1500, 3, KREISE)
    return targets.corrected(first, folder, 1500, 3, KREISE, redteam.for_release(first.settings.protection))


@pytest.fixture(scope="module")
def run(after):
    return redteam.run(after.release, after.truth, before=after.before, only=(2, 8))


def test_the_same_seed_has_the_same_keys_so_that_an_attack_can_be_repeated(after, difficult):
    fingerprint = manifest.read(after.release.with_name(shelf.MANIFEST)).keys
    assert fingerprint == "8569b842e095c727-83f3fa3d2eee64df"
    assert fingerprint != manifest.read(difficult.release.with_name(shelf.MANIFEST)).keys


def test_the_same_attacks_on_the_same_release_find_the_same(after, run):
    """But for the last digits of sums that threads add up in another order."""

    def told(of):
        return [(each["number"], each["passed"]) for each in of if each["number"] == 2]

    before_it_was_published = manifest.read(after.release.with_name(shelf.MANIFEST)).red_team["attacks"]
    assert told(before_it_was_published) == told(run["attacks"]) != []


def test_every_closed_figure_that_changed_is_in_the_list_of_revisions(run):
    told = next(each for each in run["attacks"] if each["number"] == 8)
    assert told["passed"], told
    assert told["figures"]["changed_outside_the_list"] == 0


def test_one_corrected_person_is_not_told_by_what_changes(run):
    """Without the figures that stay, six categories change, one per breakdown: the profile of that person."""
    told = run["attacks"][1]["figures"]
    assert told["profiles_by_revision"] == 0
    assert told["between_releases"]["small_changes"] > 100
    assert told["between_releases"]["surest"] < 0.9


def test_a_release_is_attacked_before_it_is_published_and_its_manifest_says_so(after):
    told = manifest.read(after.release.with_name(shelf.MANIFEST)).red_team
    assert told["passed"]
    assert [each["number"] for each in told["attacks"]] == list(redteam.OF_A_RELEASE)


def test_other_parameters_are_not_attacked_with_the_wrong_ones():
    assert redteam.for_release(Parameters(people=8)) is None
    assert redteam.for_release(Parameters()) is not None


def test_the_hard_data_are_the_same_for_the_same_seed_but_for_one_corrected_person(tmp_path):
    def lines(name, **options):
        written = hard_data.write(tmp_path / name, 700, 11, **options)
        return {
            (path.name, line)
            for path in written
            for line in (path / "faelle.csv").read_text(encoding="utf-8").splitlines()
        }

    first = lines("first")
    assert lines("second") == first
    assert len(first ^ lines("corrected", corrected=True)) == 2
