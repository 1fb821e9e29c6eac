"""A real server for the public on a disk that fills up, becomes read-only, or whose register is locked, and
under a clock that was set back: it keeps serving, and says how it is.
"""

import json
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.foundation.settings import Settings
from data.releases import shelf
from data.upkeep import health
from tests.browser.server import served
from tests.support import published
from tests.support.sent import shown

FIGURE = f"/daten/caseload_active.csv?area_code={published.ULM}&release={published.NEWEST}"
PERSON = "Erika.Mustermann"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder], check=False).returncode:
        pytest.skip("no right to mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def got(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address + path, headers=headers), timeout=60
        ) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def fill(disk: Path) -> None:
    room = shutil.disk_usage(disk).free
    subprocess.run(["fallocate", "--length", str(room), disk / "full"], check=True)
    assert shutil.disk_usage(disk).free == 0


def test_the_public_door_keeps_serving_whatever_becomes_of_the_disk(
    several: Path, disk: Path, tmp_path: Path
):
    store, log = disk / "store", tmp_path / "log"
    shutil.copytree(several, store)
    # A clock that was set back by a year: what is published was made in its future.
    listed = store / "releases" / "published.json"
    ahead = [
        each | {moment: at(each[moment]) for moment in ("created_at", "serves_from")}
        for each in json.loads(listed.read_text(encoding="utf-8"))
    ]
    listed.write_text(json.dumps(ahead), encoding="utf-8")
    with served(store, log=log) as address:
        status, before = got(address, FIGURE)
        assert (status, b"Ulm" in before) == (200, True)
        page = shown(address, "")
        assert "Noch keine Zahlen" not in page
        assert json.loads(got(address, "/health")[1])["release"] == "ok"

        fill(disk)
        assert got(address, FIGURE)[1] == before
        assert len(shown(address, "foerderung")) > 1000
        (disk / "full").unlink()

        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert got(address, FIGURE.replace(published.ULM, "08425"))[0] == 200
        assert len(shown(address, "")) > len(page) * 0.9
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)

        with closing(sqlite3.connect(store / "register.sqlite", isolation_level=None)) as locked:
            locked.execute("begin exclusive")
            assert len(shown(address, "")) > len(page) * 0.9
            assert got(address, FIGURE)[1] == before
            inside = Settings(store, "127.0.0.1", 0, role="internal")
            assert (health.look(inside).ready, health.look(inside).register) == (False, "locked")
        assert health.look(inside).register == "ok"

        # What it says of itself, to whom, and that none of it has a person in it.
        assert got(address, "/health/alive") == (200, b'{"alive":true}')
        figures = got(address, "/metrics")[1].decode()
        assert 'dashboard_requests_total{kind="figure",status="200"}' in figures
        assert 'dashboard_ready{check="release"} 1.0' in figures
        for header in ({"X-Forwarded-For": "10.1.2.3"}, {"Host": "evil.example"}):
            assert got(address, "/metrics", **header)[0] in (400, 404)
        got(address, f"/daten/{PERSON}.csv?area_code={PERSON}", **{"X-Request-Id": "0" * 32})
        got(address, f"/?name={PERSON}", **{"X-Request-Id": PERSON, "User-Agent": PERSON})
        last, _ = got(address, "/health")
        assert last == 200
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {"0" * 32} < {line.get("request") for line in lines}
    requests = [line for line in lines if line["event"] == "request"]
    assert {line["kind"] for line in requests} >= {"figure", "session", "page first"}
    assert all(len(line["request"]) == 32 and line["ms"] >= 0 for line in requests)
    for told in (PERSON, str(store), "08421000", "10.1.2.3"):
        assert told not in log.read_text(encoding="utf-8")


def at(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(days=365)).isoformat()


def test_an_embargo_is_over_by_the_clock_alone_and_a_clock_set_back_takes_no_release_away(several: Path):
    names = [entry.name for entry in shelf.open_to_readers(several)]
    assert names == [published.OLD, published.NEWEST]
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    assert [entry.name for entry in shelf.open_to_readers(several, long_ago)] == names
    ends = shelf.entries(several)[-1].serves_from
    assert [e.name for e in shelf.open_to_readers(several, ends)] == [*names, published.EMBARGOED]


def test_who_takes_deliveries_needs_room_and_a_register_and_who_serves_needs_a_release(
    several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    inside, public = (Settings(tmp_path, "127.0.0.1", 0, role=role) for role in ("internal", "public"))
    found = health.look(inside)
    assert (found.ready, found.release, found.register) == (True, "none", "ok")
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "published.json").write_text("[{", encoding="utf-8")
    assert (health.look(public).ready, health.look(public).release) == (False, "unreadable")
    shutil.rmtree(tmp_path / "releases")
    (tmp_path / "register.sqlite").write_bytes(b"no database" * 100)
    assert (health.look(inside).ready, health.look(inside).register) == (False, "unreadable")
    assert health.look(public).ready
    (tmp_path / "register.sqlite").unlink()
    monkeypatch.setattr(health, "NEEDED_BYTES", 2**60)
    assert (health.look(inside).ready, health.look(inside).disk) == (False, "low")
    assert (health.look(public).ready, health.look(public).disk) == (True, "low")
