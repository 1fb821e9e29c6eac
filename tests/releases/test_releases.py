"""Releases one after another: the same figures, new series, names, turns, attacks."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import duckdb
import pytest

from data.foundation.parameters import Parameters
from data.releases import make, manifest, preview, shelf
from data.warehouse import build
from tests.releases.conftest import LANGENAU, office, prepared, quarter
from tests.releases.content import content, count
from tests.support.passed import passed

# That somebody passes who follows a release from what is stored to what serves; attacks, the command and its
# settings are some more.
FILES_AT_MOST = 44


def test_the_same_records_are_the_same_figures_with_one_thread_and_with_several(released_once, monkeypatch):
    figures, first = released_once, make.last(released_once.settings.store)
    connect = duckdb.connect

    def with_one_thread(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("set threads = 1")
        return connection

    monkeypatch.setattr(duckdb, "connect", with_one_thread)
    with passed() as files:
        second = figures.release()
    monkeypatch.undo()
    assert len(files) <= FILES_AT_MOST, sorted(files)
    assert (second.name, second.before, second.revised) == ("2018-Q4-2", "2018-Q4", {})
    assert (second.series, second.starts_series) == (1, False)
    assert content(figures, first.name) == content(figures, second.name)


def test_other_parameters_start_a_new_series_with_new_keys_and_say_so(released_once):
    figures, first = released_once, make.last(released_once.settings.store)
    figures.settings = replace(figures.settings, protection=Parameters(people=25))
    assert prepared(figures).is_current
    seen = preview.waiting(figures.settings).draft.sha256
    with pytest.raises(make.MissingNoteError, match="all of them, because a new series begins"):
        figures.release()
    second = figures.release(note="Ab jetzt 25")
    assert (second.series, second.starts_series, second.revised) == (2, True, {})
    assert second.parameters["people"] == 25
    assert second.keys != first.keys
    assert second.sha256 == seen
    assert count(figures, "2018-Q4", "active_cases", LANGENAU, "2018-Q4") > 0
    assert count(figures, "2018-Q4-2", "active_cases", LANGENAU, "2018-Q4") in (0, 30, 31, 32, 33, 34, 35)
    assert figures.release().starts_series is False


def test_a_name_is_given_once_and_has_to_be_one(first):
    with pytest.raises(shelf.BadReleaseNameError, match="never changed"):
        first.release(name="2018-Q4")
    for name in ("../x", "", " ", ".hidden", "a b", "x" * 41, "a/b"):
        with pytest.raises(shelf.BadReleaseNameError):
            shelf.check_name(first.settings.store, name)


def test_files_of_a_release_can_be_read_and_not_written(first):
    folder = first.settings.store / "releases" / "2018-Q4"
    assert {path.name: f"{path.stat().st_mode & 0o777:04o}" for path in folder.iterdir()} == {
        "manifest.json": "0444",
        "release.duckdb": "0444",
    }


def test_two_releases_at_once_take_turns(tmp_path):
    figures = quarter(tmp_path)
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(lambda _: figures.release(new_keys=True), range(2)))
    assert sorted(each.name for each in made) == ["2018-Q1", "2018-Q1-2"]
    assert {each.before for each in made} == {None, "2018-Q1"}
    listed = json.loads((figures.settings.store / "releases" / "published.json").read_text())
    assert [each["name"] for each in listed] == ["2018-Q1", "2018-Q1-2"]


def test_a_release_of_nothing_is_refused_and_makes_no_store(tmp_path):
    from tests.support.figures import Figures

    figures = Figures(tmp_path)
    with pytest.raises(build.NothingToBuildError):
        figures.release()
    assert not figures.settings.store.exists()


def test_an_attack_that_succeeds_stops_the_release_and_sees_the_truth_which_is_gone_afterwards(tmp_path):
    figures = office(tmp_path)
    seen = []

    def attack(release, truth):
        with duckdb.connect(str(truth), read_only=True) as connection:
            sql = "select active_cases from marts.cases where area_code = '08425072' and period = '2018-Q4'"
            seen.append(connection.execute(sql).fetchone()[0])
        return {"passed": len(seen) > 1, "named": 0}

    with pytest.raises(make.AttackSucceededError, match="named"):
        figures.release(attacks=attack)
    assert make.last(figures.settings.store) is None
    made = figures.release(attacks=attack)
    assert (seen, made.red_team) == ([30, 30], {"passed": True, "named": 0})
    assert not list(figures.settings.store.rglob("*truth*"))


def test_a_whole_release_that_no_list_names_is_put_aside_and_never_deleted(second_waiting):
    """A list from an older backup, or a process that died just before it wrote the list."""
    figures = second_waiting
    folder = figures.settings.store / shelf.FOLDER
    older = (folder / shelf.LIST).read_text()
    made = figures.release()
    (folder / shelf.LIST).write_text(older)
    figures.release(name="next")
    kept = list(folder.glob(f".unlisted-{made.name}-*"))
    assert [manifest.sha256(each / shelf.DATABASE) for each in kept] == [made.sha256]
    assert [entry.name for entry in shelf.entries(figures.settings.store)] == ["2018-Q4", "next"]


def test_a_manifest_says_of_how_many_cells_it_shows_withholds_and_does_not_know_the_figure(first):
    """Three of 1,101 municipalities have people; the others of their Kreise are known to have none."""
    cells = {
        (each["level"], each["grain"]): (each["shown"], each["withheld"], each["unknown"])
        for each in make.last(first.settings.store).tables["cases"]
        if each["count"] == "active_cases"
    }
    assert cells["gemeinde", "year"] == (3, 54, 1044)
    assert cells["kreis", "quarter"] == (4 * 3, 0, 4 * 41)
    assert cells["kreis", "month"] == (11 * 3, 3, 12 * 41)  # nobody came before February
    assert cells["land", "year"] == (0, 0, 1)  # three Kreise are less than half of it
