"""`python -m data doctor` names what is wrong in plain words, in both languages, and changes nothing."""

import http.server
import json
import sqlite3
import tomllib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from data.access import audit
from data.commands import main
from data.foundation.settings import Settings
from data.releases import shelf
from data.upkeep import examination

SENTENCES = tomllib.loads(Path(examination.__file__).with_name("doctor.toml").read_text(encoding="utf-8"))


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs it with these settings; gives exit code, and severity by name."""

    def run(store: Path, **further: str) -> tuple[int, dict[str, str], str]:
        with monkeypatch.context() as set_now:
            settings = {"DASHBOARD_STORE": str(store), "DASHBOARD_PORT": "9", **further}
            for name, value in settings.items():
                set_now.setenv(name, value)
            code = main(["doctor", "--json"])
        text = capsys.readouterr().out
        findings = json.loads(text)["findings"]
        assert all(each["message_de"] and each["message_en"] for each in findings)
        return code, {each["name"]: each["severity"] for each in findings}, text

    return run


def test_a_sound_store_is_said_to_be_sound_and_is_not_changed(released_once, says):
    store = released_once.settings.store
    store.chmod(0o700)
    audit.note(released_once.settings, "ada", "store: backed up")
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    code, found, text = says(store, DASHBOARD_ROLE="internal", DASHBOARD_LEGAL=str(store))
    assert (code, [name for name, severity in found.items() if severity == "fault"]) == (0, [])
    for name in ("settings", "store", "release", "keys", "log", "clock", "backup", "versions", "paper"):
        assert found[f"{name}-sound"] == "sound", text
    assert (found["accounts-none"], found["log-inside"], found["port-free"]) == (
        "warning",
        "warning",
        "sound",
    )
    assert {
        path: path.read_bytes() for path in store.rglob("*") if path.is_file() and path in before
    } == before


def test_each_thing_that_is_wrong_is_named(released_once, says, monkeypatch):
    settings: Settings = released_once.settings
    store = settings.store
    store.chmod(0o755)
    settings.keys.chmod(0o644)
    database = shelf.database(store, "2018-Q4")
    database.chmod(0o600)
    whole = database.read_bytes()
    database.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    listed = store / "releases" / "published.json"
    entries = json.loads(listed.read_text(encoding="utf-8"))
    entries[0]["created_at"] = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    listed.write_text(json.dumps(entries), encoding="utf-8")
    audit.note(settings, "ada", "something")
    (store / "audit-head.json").write_text('{"number": 7, "hash": "x"}', encoding="utf-8")
    monkeypatch.setattr(examination, "LOW_MIB", 10**9)
    code, found, _ = says(
        store,
        DASHBOARD_ROLE="internal",
        DASHBOARD_URL="http://im.example",
        DASHBOARD_PROT="8501",
        DASHBOARD_KEYS=str(settings.keys),
    )
    assert code == 1
    for name in (
        "url-open",
        "store-open",
        "secret-open",
        "keys-wrong",
        "log-wrong",
        "clock-behind",
        "disk-low",
    ):
        assert found[name] == "fault", name
    assert (found["release-unreadable"], found["settings-unknown"]) == ("fault", "warning")
    assert found["backup-none"] == "warning"
    # Whose databases are older is told first: looking into them would bring them up to date.
    with closing(sqlite3.connect(store / audit.FILE)) as opened:
        opened.execute("pragma user_version = 0")
    assert set(says(store)[1]) & {"store-older", "log-wrong", "store-sound"} == {"store-older"}


def test_a_setting_that_says_nothing_is_told_before_anything_else(says, tmp_path):
    code, found, text = says(tmp_path / "none", DASHBOARD_ROLE="intern")
    assert (code, found["settings-wrong"], "intern" in text) == (1, "fault", True)
    code, found, _ = says(tmp_path / "none", DASHBOARD_PORT="achtzig")
    assert (code, found["settings-wrong"]) == (1, "fault")
    code, found, _ = says(tmp_path / "none")
    assert (code, found["store-missing"], found["release-none"]) == (0, "warning", "warning")


def test_another_program_at_the_port_is_told(says, tmp_path):
    other = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    Thread(target=other.handle_request, daemon=True).start()
    code, found, _ = says(tmp_path, DASHBOARD_PORT=str(other.server_port))
    other.server_close()
    assert (code, found["port-taken"]) == (1, "fault")


def test_every_sentence_is_there_in_both_languages_with_the_same_blanks_and_is_said_somewhere():
    source = Path(examination.__file__).read_text(encoding="utf-8")
    for name, texts in SENTENCES.items():
        assert f'"{name}"' in source, name
        blanks = {language: sorted(texts[f"message_{language}"].split("{")[1:]) for language in ("de", "en")}
        assert [b.split("}")[0] for b in blanks["de"]] == [b.split("}")[0] for b in blanks["en"]]
