"""Whoever stands between a publisher and its copies, or has a list of it, changes nothing here."""

import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.copies import fetched, pulled, signed_list, signing
from data.releases.afterwards.copies.fetched import Publisher as Address
from data.releases.afterwards.copies.fetched import TooMuchError, UnreachedError, WrongAddressError
from data.releases.afterwards.copies.pulled import OtherKeyError, RefusedListError
from data.releases.afterwards.copies.signing import ForgedError
from data.releases.afterwards.withdrawals import Wish
from tests.support import effort, proxies
from tests.support.handed_out import Publisher, at, end_embargo, handing_out
from tests.support.published import EMBARGOED, NEWEST, OLD

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)


def served(reader: Settings) -> dict[str, bytes]:
    """All that readers of the copy get."""
    folder = reader.store / "releases"
    files = [path for path in folder.glob("*/*") if path.is_file() and path.parent.name[0] != "."]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*files, folder / shelf.LIST]}


def one(publisher: Publisher, **changed: object) -> None:
    """Sign the list with something else said of the newest release."""
    *others, last = publisher.listed.releases
    publisher.sign(releases=(*others, replace(last, **changed)))


def file(publisher: Publisher, **changed: object) -> None:
    """Sign the list with something else said of the database of the newest release."""
    told, database = publisher.listed.releases[-1].files
    one(publisher, files=(told, replace(database, **changed)))


def answer(publisher: Publisher, path: str, status: int = 200, body: bytes = b"", **headers: str) -> None:
    was = publisher.answers[path]
    publisher.answers[path] = (status, was[1] | headers, body or was[2])


def altered(publisher: Publisher, name: str, value: object) -> None:
    envelope = json.loads(publisher.answers[pulled.LISTED][2])
    answer(publisher, pulled.LISTED, body=json.dumps(envelope | {name: value}).encode())


def by_another(publisher: Publisher) -> None:
    """A whole other installation at the same address."""
    publisher.settings.signing_key.rename(publisher.settings.signing_key.with_name("kept"))
    signing.make(publisher.settings)
    publisher.sign()


def body(publisher: Publisher, change: Callable[[bytes], bytes], ending: str = "duckdb") -> None:
    path = at(EMBARGOED, ending)
    answer(publisher, path, body=change(publisher.answers[path][2]))


def rewritten(publisher: Publisher) -> None:
    first, *others = publisher.listed.releases
    publisher.sign(releases=(replace(first, created_at=NOW), *others))


ELSEWHERE = {"Content-Range": "bytes 1-2/3"}


# fmt: off
# What is done at the publisher after a release has come out there -> how the copy says so.
ATTACKS: dict[str, tuple[Callable[[Publisher], object], type[DashboardError]]] = {
    "forged list": (lambda p: altered(p, "payload", "{}"), ForgedError),
    "no signature": (lambda p: altered(p, "signature", ""), ForgedError),
    "no list": (lambda p: answer(p, pulled.LISTED, body=b"<html></html>"), ForgedError),
    "another key": (by_another, OtherKeyError),
    "endless list": (lambda p: answer(p, pulled.LISTED, body=b" " * 5_000_000), TooMuchError),
    "swapped file": (lambda p: body(p, lambda _: p.answers[at(OLD)][2]), DashboardError),
    "altered file": (lambda p: body(p, lambda was: was[:-1] + b"x"), ForgedError),
    "cut file": (lambda p: body(p, lambda was: was[:-1]), UnreachedError),
    "larger file": (lambda p: body(p, lambda was: was + b"x"), TooMuchError),
    "larger manifest": (lambda p: body(p, lambda was: was + b" ", "json"), TooMuchError),
    "redirect": (lambda p: answer(p, pulled.LISTED, 302, Location="http://127.0.0.1:9/"), UnreachedError),
    "redirected file": (lambda p: answer(p, at(EMBARGOED), 307, Location=at(OLD)), UnreachedError),
    "error": (lambda p: answer(p, at(EMBARGOED), 500), UnreachedError),
    "other range": (lambda p: answer(p, at(EMBARGOED), 206, **ELSEWHERE), UnreachedError),
    "older than it was": (lambda p: p.sign(serial=1), RefusedListError),
    "over": (lambda p: p.sign(holds_until=NOW - timedelta(hours=1)), RefusedListError),
    "not yet": (lambda p: p.sign(holds_from=NOW + timedelta(hours=1)), RefusedListError),
    "another form": (lambda p: p.sign(format=2), RefusedListError),
    "another kind": (lambda p: p.sign(kind="real"), DashboardError),
    "no kind": (lambda p: p.sign(kind="x"), RefusedListError),
    "another Land": (lambda p: p.sign(land="09"), DashboardError),
    "without a time zone": (lambda p: p.sign(issued_at=datetime(2020, 1, 1)), RefusedListError),
    "release gone": (lambda p: p.sign(releases=p.listed.releases[1:]), RefusedListError),
    "release twice": (lambda p: p.sign(releases=p.listed.releases * 2), RefusedListError),
    "too many": (lambda p: p.sign(releases=p.listed.releases * 700), RefusedListError),
    "path as a name": (lambda p: one(p, name="../../x"), RefusedListError),
    "hidden name": (lambda p: one(p, name=".preview"), RefusedListError),
    "long name": (lambda p: one(p, name="x" * 41), RefusedListError),
    "path as a file": (lambda p: file(p, name="../x"), RefusedListError),
    "path as a hash": (lambda p: file(p, sha256="../" * 21 + "x"), RefusedListError),
    "no bytes": (lambda p: file(p, size=-1), RefusedListError),
    "too many bytes": (lambda p: file(p, size=2**62), pulled.NoRoomError),
    "without files": (lambda p: one(p, files=()), RefusedListError),
    "other times": (lambda p: one(p, created_at=NOW), RefusedListError),
    "changed release": (rewritten, RefusedListError),
}
# fmt: on


def test_whatever_is_done_to_a_publisher_the_copy_stays_as_it_is(publisher: Publisher, reader: Settings):
    """All on one copy, after each other, so that nothing of one helps the next."""
    pulled.pull(reader, publisher.url)
    before = served(reader)
    end_embargo(publisher.settings, EMBARGOED)
    own = publisher.settings.signing_key.read_bytes()
    right = publisher.publish().answers
    for name, (attack, error) in ATTACKS.items():
        publisher.answers = dict(right)
        attack(publisher)
        with pytest.raises(error):
            pulled.pull(reader)
        assert served(reader) == before, name
        assert not [each for each in reader.store.parent.rglob("x") if each.is_file()], name
        publisher.settings.signing_key.write_bytes(own)
        shutil.rmtree(reader.store / "releases" / shelf.PULLING, ignore_errors=True)
    publisher.answers = right
    assert pulled.pull(reader).new == (EMBARGOED,)


def test_a_list_from_before_a_withdrawal_brings_nothing_back(publisher: Publisher, reader: Settings):
    pulled.pull(reader, publisher.url)
    old = dict(publisher.answers)
    withdrawals.carry_out(publisher.settings, Wish(OLD, "Falsch."))
    publisher.publish()
    pulled.pull(reader)
    publisher.answers = old
    with pytest.raises(RefusedListError, match="older one"):
        pulled.pull(reader)
    assert [each.name for each in shelf.open_to_readers(reader.store)] == [NEWEST]
    # Nor for whoever begins now, once it is over: that is a day at most.
    assert signed_list.HOLDS.days <= 1
    held = publisher.listed.holds_until
    publisher.sign(holds_until=NOW - timedelta(minutes=6), holds_from=NOW - timedelta(days=1))
    with pytest.raises(RefusedListError, match="nobody has renewed it"):
        pulled.pull(replace(reader, store=reader.store.with_name("late")), publisher.url)
    assert held > NOW


def test_a_stolen_key_that_ran_ahead_is_recovered_from_by_accepting_another(
    publisher: Publisher, reader: Settings
):
    pulled.pull(reader, publisher.url)
    bogus = replace(
        publisher.listed.releases[-1], name="2030-Q1", withdrawn=shelf.Withdrawn(NOW, "x"), files=()
    )
    publisher.sign(serial=2**60, releases=(*publisher.listed.releases, bogus))
    pulled.pull(reader)
    signing.make(publisher.settings)
    signed_list.renew(publisher.settings)
    publisher.publish()
    with pytest.raises(OtherKeyError):
        pulled.pull(reader)
    new = signing.fingerprint(signing.public(signing.load(publisher.settings)))
    done = pulled.pull(reader, accept=new)
    assert (done.releases, done.copy.serial < 2**60) == ((OLD, NEWEST), True)
    assert [each.name for each in shelf.entries(reader.store)] == [OLD, NEWEST]


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"], ids=["head", "body"]
)
def test_a_publisher_that_speaks_slowly_is_hung_up_on(
    reader: Settings, monkeypatch: pytest.MonkeyPatch, said: bytes
):
    """A byte every now and then keeps no pull for ever."""
    monkeypatch.setattr(fetched, "SMALL_SECONDS", 0.5)
    listening = socket.create_server(("127.0.0.1", 0))

    def dribble() -> None:
        end, _ = listening.accept()
        with end, listening:
            try:
                end.sendall(said)
                for _ in range(200):
                    end.sendall(b"H")
                    time.sleep(0.05)
            except OSError:
                return

    threading.Thread(target=dribble, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(UnreachedError, match=r"took longer than|ended too early"):
        pulled.pull(reader, f"http://127.0.0.1:{listening.getsockname()[1]}")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x", "http://im.example", "https://a@b", "https://x/../y", "http://127.0.0.1.example", "https://"],
)  # fmt: skip
def test_only_addresses_with_tls_are_followed_but_for_this_machine(url: str):
    with pytest.raises(WrongAddressError):
        Address(url)
    assert Address("http://127.0.0.1:8501/dash").url


def test_a_certificate_that_is_not_trusted_or_of_another_name_ends_the_pull(
    publisher: Publisher, reader: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    proxies.certificate(tmp_path, "localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "key.pem")
    with handing_out(publisher.settings.store, tls) as behind:
        right = f"https://localhost:{behind.port}"
        with pytest.raises(UnreachedError, match="not trusted"):
            pulled.pull(reader, right)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "fullchain.pem"))
        with pytest.raises(UnreachedError, match="not trusted"):
            pulled.pull(reader, f"https://127.0.0.1:{behind.port}")
        assert behind.asked == []
        assert pulled.pull(reader, right).serving == NEWEST


def test_a_link_in_the_way_leads_nowhere(publisher: Publisher, reader: Settings, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.write_text("mine")
    beside = reader.store / "releases" / shelf.PULLING
    beside.mkdir(parents=True)
    for each in publisher.listed.releases:
        for one_file in each.files:
            (beside / pulled._part(each, one_file)).symlink_to(outside)
    with pytest.raises(OSError, match="symbolic"):
        pulled.pull(reader, publisher.url)
    assert outside.read_text() == "mine"


@pytest.mark.long
def test_a_pull_killed_at_any_moment_leaves_a_whole_copy(publisher: Publisher, tmp_path: Path):
    """A release comes out and another is withdrawn; pulls are killed, and the last one is not."""
    kills = effort.of(3, 200)
    with handing_out(publisher.settings.store) as after:
        end_embargo(publisher.settings, EMBARGOED)
        withdrawals.carry_out(publisher.settings, Wish(OLD, "Falsch."))
        after.publish()
        after.pace, after.piece = 0.002, 1 << 17
        asked = [publisher.url, after.url, str(tmp_path / "copies"), str(kills)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.killing_pulls", *asked],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout)["killed"] >= kills
