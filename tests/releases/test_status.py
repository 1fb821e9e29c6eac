"""`status` tells of every release, `verify` finds each one that is not as it was published."""

import json
import shutil

import pytest

from data.commands import main
from data.releases import shelf


@pytest.fixture
def on(monkeypatch, capsys):
    """Commands on this store, as `command` runs them."""

    def run(*arguments):
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    def of(store):
        monkeypatch.setenv("DASHBOARD_STORE", str(store))
        run.store = store
        return run

    return of


@pytest.fixture
def command(on, released_once):
    """Run a command on a copy of the store with one release; gives exit code, stdout, stderr."""
    return on(released_once.settings.store)


def damaged(command):
    code, out, _ = command("verify", "--json")
    found = json.loads(out)["damages"]
    assert code == (6 if found else 0)
    return {each["file"]: each["found"] for each in found}


def test_status_names_the_release_that_serves_and_all_there_are(on, second_waiting):
    command = on(second_waiting.settings.store)
    before = json.loads(command("status", "--json")[1])
    assert before["release"] == before["releases"][0]
    assert command("release", "--embargo", "2099-01-01T09:00+00:00", "--note", "Erst im Januar")[0] == 0
    state = json.loads(command("status", "--json")[1])
    assert state["release"] == before["release"]
    assert [each["name"] for each in state["releases"]] == ["2018-Q4", "2018-Q4-2"]
    later = state["releases"][1]
    assert (later["note"], later["serves_from"][:4], len(later["sha256"])) == ("Erst im Januar", "2099", 64)
    told = command("status")[1].splitlines()
    assert told[-2].startswith("release: 2018-Q4, serves, made 20")
    assert told[-1].startswith("release: 2018-Q4-2, from 2099-01-01T09:00")
    assert told[-1].endswith("note: Erst im Januar")


def test_a_store_without_a_release_says_so(command):
    shutil.rmtree(command.store / "releases")
    state = json.loads(command("status", "--json")[1])
    assert (state["release"], state["releases"]) == (None, [])
    assert command("status")[1].endswith("release: none\n")


def test_a_sound_release_is_counted(command):
    code, out, _ = command("verify")
    assert (code, out.splitlines()[-1]) == (0, "1 delivery, 6 files, 1 release: all sound")


def test_each_file_of_a_release_that_is_not_as_it_was_is_named(command):
    database = shelf.database(command.store, "2018-Q4")
    database.chmod(0o644)
    with database.open("ab") as file:
        file.write(b"x")
    assert len(damaged(command)["releases/2018-Q4/release.duckdb"]) == 64
    database.unlink()
    assert damaged(command) == {"releases/2018-Q4/release.duckdb": "no file"}


def test_a_manifest_that_disagrees_with_the_list_is_named(command):
    path = shelf.manifest(command.store, "2018-Q4")
    path.chmod(0o644)
    path.write_text(path.read_text().replace('"serves_from": "20', '"serves_from": "19'))
    assert set(damaged(command)) == {"releases/2018-Q4/manifest.json"}
    path.write_text("{")
    assert set(damaged(command)) == {"releases/2018-Q4/manifest.json"}
    path.unlink()
    assert damaged(command) == {"releases/2018-Q4/manifest.json": "no file"}


def test_a_list_that_is_gone_or_broken_is_named(command):
    listed = command.store / "releases" / "published.json"
    listed.write_text("[{")
    assert set(damaged(command)) == {"releases/published.json"}
    listed.unlink()
    assert damaged(command) == {"releases/published.json": "no file"}
    code, _, err = command("release")
    assert (code, "published.json is missing" in err) == (6, True)
    assert (command.store / "releases" / "2018-Q4" / "release.duckdb").is_file()


def test_keys_that_others_could_read_are_named_without_telling_them(command):
    keys = command.store / "keys" / "release-keys.json"
    keys.chmod(0o640)
    assert damaged(command) == {"release-keys.json": "mode 0640: others can read it"}
    assert json.loads(keys.read_text())["k1"] not in command("verify")[1]


def test_what_a_killed_release_left_is_harmless_and_goes_with_clean(command):
    for name in (".20260101T000000000000.new", "2019-Q1"):
        (command.store / "releases" / name).mkdir()
    code, out, _ = command("verify")
    assert code == 0
    assert "left over, harmless (--clean removes it): releases/2019-Q1" in out
    command("verify", "--clean")
    assert sorted(each.name for each in (command.store / "releases").iterdir()) == [
        "2018-Q4",
        "published.json",
        "signed.json",
    ]
