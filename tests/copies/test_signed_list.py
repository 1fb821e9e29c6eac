"""The signed list of releases: what it names and when, who signs it, and that it only goes forward."""

import base64
import json
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from data.access import audit
from data.commands import main
from data.foundation import settings as of_environment
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.copies import signed_list, signing
from data.releases.afterwards.copies.signed_list import SignedList
from data.releases.afterwards.withdrawals import Wish
from data.upkeep.integrity import damages_and_leftovers
from tests.support import stores
from tests.support.answered import answered
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

LIST = "/daten/veroeffentlichungen.json"


@pytest.fixture
def where(several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of the store with three releases, the newest of them under an embargo."""
    figures = stores.copied(several.parent, tmp_path)
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    return of_environment.from_environment()


def handed_out() -> SignedList:
    """What an address gives out now, with a signature of the store's own key."""
    payload, key = signing.opened(answered(LIST).body)
    assert key == signing.public(signing.load(of_environment.from_environment()))
    return signed_list.read(payload)


def test_the_first_release_makes_the_key_and_the_list_names_what_readers_may_see(where: Settings):
    assert where.signing_key.stat().st_mode & 0o777 == 0o600
    answer = answered(LIST)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "no-cache"
    assert answered(LIST, if_none_match=answer.headers["etag"]).status == 304
    assert EMBARGOED.encode() not in answer.body
    found = handed_out()
    assert [each.name for each in found.releases] == [OLD, NEWEST]
    assert (found.land, found.kind, found.format) == ("08", "demonstration", 1)
    assert found.holds_until - found.holds_from == signed_list.HOLDS
    for each in found.releases:
        for ending, name in (("duckdb", shelf.DATABASE), ("json", shelf.MANIFEST)):
            body, said = answered(f"/daten/alles/{each.name}.{ending}").body, each.file(name)
            assert (len(body), sha256(body).hexdigest()) == (said.size, said.sha256)
    for hidden in (f"/daten/alles/{EMBARGOED}.json", "/daten/alles/2001-Q1.json"):
        assert answered(hidden).status == 404
    assert answered(f"{LIST}?x=1").status == 400


def test_an_embargo_ends_in_the_list_by_the_clock_alone(where: Settings):
    (ends,) = (each.serves_from for each in shelf.entries(where.store) if each.name == EMBARGOED)

    def names(at: datetime) -> list[str]:
        payload, _ = signing.opened(signed_list.current(where.store, at).encode())
        return [each.name for each in signed_list.read(payload).releases]

    assert names(ends - timedelta(seconds=1)) == [OLD, NEWEST]
    assert names(ends) == [OLD, NEWEST, EMBARGOED]
    # Renewed by whoever has the time of then, it stays so.
    serials = [signed_list.renew(where, now=at).serial for at in (ends, ends + timedelta(days=1))]
    assert serials == sorted(set(serials))
    assert names(ends + timedelta(days=1)) == [OLD, NEWEST, EMBARGOED]
    # Withdrawn before anybody saw it, its name is told from then on, as cite codes count it, and no reason.
    withdrawals.carry_out(where, Wish(EMBARGOED, "Qz7Kb"))
    assert EMBARGOED.encode() not in answered(LIST).body
    envelope = signed_list.current(where.store, ends)
    assert (EMBARGOED in envelope, "Qz7Kb" in envelope) == (True, False)


def test_a_withdrawal_stands_in_the_list_at_once_and_takes_the_files_and_their_figures_out(where: Settings):
    before = handed_out()
    corrected = json.loads(answered(f"/daten/alles/{NEWEST}.json").body)
    assert corrected["revisions"]
    withdrawals.carry_out(where, Wish(OLD, "Falsch gezählt."))
    found = handed_out()
    assert found.serial > before.serial
    gone, newest = found.releases
    assert (gone.withdrawn.reason, gone.files) == ("Falsch gezählt.", ())
    assert answered(f"/daten/alles/{OLD}.json").status == 410
    # The next one corrected its figures: which they were is told no more.
    body = answered(f"/daten/alles/{NEWEST}.json").body
    assert sha256(body).hexdigest() == newest.file(shelf.MANIFEST).sha256
    assert (json.loads(body)["revisions"], json.loads(body)["before"]) == ([], OLD)
    assert newest.file(shelf.DATABASE) == before.releases[1].file(shelf.DATABASE)
    withdrawals.carry_out(where, Wish(OLD, "Doch richtig.", back=True))
    assert json.loads(answered(f"/daten/alles/{NEWEST}.json").body) == corrected


def test_the_serial_only_grows_whatever_the_clock_and_the_backup_say(where: Settings):
    first = handed_out()
    young = signed_list.renew(where, only_due=True)
    assert young == first
    later = signed_list.renew(where, only_due=True, now=first.holds_from + timedelta(hours=2))
    assert later.serial > first.serial
    assert signed_list.renew(where, now=datetime(2001, 1, 1, tzinfo=UTC)).serial > later.serial
    (where.store / "releases" / signed_list.FILE).unlink()
    again = signed_list.renew(where, now=first.holds_from + timedelta(days=3))
    assert again.serial > later.serial, "a list that was lost begins with the time"


def test_the_command_tells_renews_and_replaces_the_key(where: Settings, capsys: pytest.CaptureFixture[str]):
    def said(*given: str) -> dict[str, object]:
        assert main(["key", *given, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    first = said()
    assert first["releases"] == [OLD, NEWEST]
    assert said("--sign") == first
    other = said("--new")
    assert (other["fingerprint"] != first["fingerprint"], other["serial"] > first["serial"]) == (True, True)
    assert [entry.what for entry in audit.entries(where)][-1] == other["fingerprint"]
    assert handed_out().serial == other["serial"]
    assert len(signing.files(where)) == 2, "the key before is kept under another name"
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in signing.files(where))

    where.signing_key.chmod(0o644)
    assert main(["key", "--sign"]) == 4
    assert "chmod 600" in capsys.readouterr().err
    assert where.signing_key.name in {each.file for each in damages_and_leftovers(where).damages}
    where.signing_key.write_text("no key")
    where.signing_key.chmod(0o600)
    assert main(["key"]) == 4
    where.signing_key.unlink()
    assert main(["key", "--sign"]) == 4
    assert "backup" in capsys.readouterr().err
    # Whatever becomes of the signature, what is withdrawn is withdrawn.
    withdrawals.carry_out(where, Wish(NEWEST, "Falsch."))
    assert answered(f"/daten/caseload_active.csv?area_code={ULM}&release={NEWEST}").status == 410


def test_without_a_list_there_is_none_and_what_is_signed_is_signed_for_this_alone(
    where: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    envelope = json.loads(answered(LIST).body)
    for wrong in (
        b"",
        b"[]",
        b"{}",
        b"x" * 100,
        b'{"payload": 1, "signature": "", "key": ""}',
        b"[" * 100_000,
    ):
        with pytest.raises(signing.ForgedError):
            signing.opened(wrong)
    for name, value in (("payload", envelope["payload"].replace(OLD, "2018-Q5")), ("key", "00" * 32)):
        with pytest.raises(signing.ForgedError):
            signing.opened(json.dumps(envelope | {name: value}).encode())
    bare = signing.load(where).sign(envelope["payload"].encode())
    with pytest.raises(signing.ForgedError):
        signing.opened(json.dumps(envelope | {"signature": base64.b64encode(bare).decode()}).encode())
    shutil.rmtree(where.store / "releases")
    assert answered(LIST).status == 404
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "none"))
    assert answered(LIST).status == 404
    assert main(["key"]) == 0
