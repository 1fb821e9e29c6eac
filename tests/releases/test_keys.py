"""The keys of a series: made once, for nobody else to read, and never replaced by mistake."""

import json

import pytest

from data.foundation.settings import Settings
from data.releases import make, secrets
from data.releases.secrets import MissingKeysError, WrongKeysError
from tests.releases.conftest import quarter


def mode(path):
    return f"{path.stat().st_mode & 0o777:04o}"


@pytest.fixture
def path(tmp_path):
    """The keys of a series, in use."""
    path = tmp_path / "keys" / "release-keys.json"
    secrets.store(path, secrets.make())
    secrets.promote(path)
    return path


def test_keys_are_made_at_the_first_release_readable_by_the_owner_alone(tmp_path):
    figures = quarter(tmp_path)
    figures.release(new_keys=True)
    path = figures.settings.keys
    assert (mode(path), mode(path.parent)) == ("0600", "0700")
    assert {name: len(bytes.fromhex(key)) for name, key in json.loads(path.read_text()).items()} == {
        "k1": 32,
        "k2": 32,
    }
    beside = figures.settings.signing_key
    assert sorted(each.name for each in path.parent.iterdir()) == [beside.name, "release-keys.json"]
    assert mode(beside) == "0600"


def test_no_key_is_in_the_release_or_its_manifest_but_its_fingerprint_is(first):
    released = first.settings.store / "releases"
    entry = json.loads(first.settings.keys.read_text())
    manifest = make.last(first.settings.store)
    assert manifest.keys == secrets.load(first.settings.keys, manifest.keys).fingerprint
    for file in (each for each in released.rglob("*") if each.is_file()):
        content = file.read_bytes()
        for key in entry.values():
            assert key.encode() not in content, file
            assert bytes.fromhex(key) not in content, file


def test_keys_that_others_could_read_stop_the_release(path):
    path.chmod(0o644)
    with pytest.raises(WrongKeysError, match=r"mode 0644.*chmod 600.*find out who read it"):
        secrets.load(path, None)


def test_keys_of_another_series_stop_the_release(path):
    with pytest.raises(WrongKeysError, match=r"other keys than those of this series.*--new-series"):
        secrets.load(path, "0123456789abcdef-0123456789abcdef")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"k1": "00"}', '{"k1": "xx", "k2": "yy"}'])
def test_a_file_without_keys_stops_the_release(path, content):
    path.write_text(content)
    with pytest.raises(WrongKeysError, match=r"holds no keys.*backup"):
        secrets.load(path, None)


def test_keys_are_never_printed(path):
    found = secrets.load(path, None)
    assert "k1" not in repr(found)
    assert found.k1.hex() not in repr(found)


def test_missing_keys_stop_the_release_and_a_new_series_goes_on_with_new_ones(released_once):
    figures, before = released_once, make.last(released_once.settings.store)
    path = figures.settings.keys
    old = path.read_bytes()
    path.unlink()
    with pytest.raises(MissingKeysError, match=r"backup.*--new-series.*readers have to be told"):
        figures.release()
    assert not path.exists()

    after = figures.release(note="Neue Schlüssel", new_series=True)
    assert (before.series, before.starts_series) == (1, True)
    assert (after.series, after.starts_series, after.revised) == (2, True, {})
    assert after.keys != before.keys
    assert mode(path) == "0600"
    assert path.read_bytes() != old


def test_a_new_series_that_fails_leaves_the_keys_in_use_and_one_that_works_keeps_the_old_file(released_once):
    figures = released_once
    path = figures.settings.keys
    old = path.read_bytes()
    with pytest.raises(make.AttackSucceededError):
        figures.release(
            note="Neue Schlüssel", new_series=True, attacks=lambda release, truth: {"passed": False}
        )
    assert path.read_bytes() == old
    figures.release(note="Neue Schlüssel", new_series=True)
    (kept,) = path.parent.glob("release-keys.json.until-*")
    assert (kept.read_bytes(), mode(kept)) == (old, "0600")


def test_keys_of_a_series_whose_process_died_after_publishing_are_found(path):
    made = secrets.make()
    secrets.store(path, made)
    assert secrets.load(path, made.fingerprint) == made
    assert secrets.load(path, made.fingerprint) == made
    assert not list(path.parent.glob("*.next"))


def test_keys_of_a_published_series_outlive_the_next_new_series(path):
    published, newer = secrets.make(), secrets.make()
    secrets.store(path, published)  # listed, and then the process died before they were promoted
    secrets.settle(path, published.fingerprint)
    secrets.store(path, newer)
    assert secrets.load(path, published.fingerprint) == published


def test_a_release_says_what_it_rests_on_without_a_hash_that_values_could_be_tried_on(first):
    entry = json.loads((first.settings.store / "releases" / "2018-Q4" / "manifest.json").read_text())
    assert entry["deliveries"] == [{"sender": "amt-a", "reporting_date": "2018-12-31"}]


def test_the_keys_may_lie_outside_the_store(tmp_path):
    figures = quarter(tmp_path)
    elsewhere = tmp_path / "safe" / "keys.json"
    figures.settings = Settings(figures.settings.store, "localhost", 0, keys_file=elsewhere)
    figures.release(new_keys=True)
    assert mode(elsewhere) == "0600"
    assert not (figures.settings.store / "keys").exists()
