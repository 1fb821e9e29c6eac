"""A backup of a store that is used, and the store made of it again."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest

from data.access import accounts, audit, sessions
from data.access.rights import grants
from data.commands import main
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from data.releases import secrets
from data.releases.afterwards.copies import signing
from data.upkeep import putting_back, taking
from data.upkeep.integrity import damages_and_leftovers
from data.upkeep.repository import BackupError, DamagedBackupError, Repository
from data.upkeep.sealed import Opener, Seal, SealError
from tests.support import effort
from tests.support.figures import Figures

IDENTITY = pyrage.x25519.Identity.generate()
SEAL, OPENER = Seal(recipient=str(IDENTITY.to_public())), Opener(identity=str(IDENTITY))
TEXT = "sk-ulm hat abgegeben"


@pytest.fixture
def used(released_once: Figures) -> Settings:
    """A store with a delivery, a warehouse, a release, an account and a log."""
    where = released_once.settings
    accounts.add(where, "ada", grants([("read", "08")]), "chief")
    audit.note(where, "ada", "long ago")
    audit.let_go(where, datetime.now(UTC) + timedelta(hours=1), "chief")  # by a key that is kept too
    audit.note(where, "ada", "something", TEXT)
    return where


def elsewhere(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, store=tmp_path / "other" / "store")


def plain(store: Path) -> dict[str, str]:
    """Hash of every file that no database of SQLite is."""
    return {
        path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in store.rglob("*")
        if path.is_file() and ".sqlite" not in path.name and "lock" not in path.name
    }


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return list(opened.iterdump())


def test_what_is_put_back_has_the_same_bytes_the_same_rows_and_passes_verify(used, tmp_path):
    token = accounts.demonstration(used, "ministerium")
    before, register = plain(used.store), rows(used.store / "register.sqlite")
    entries = audit.entries(used)
    taken = taking.take(used, tmp_path / "backups", SEAL)
    assert plain(used.store) | {"audit-head.json": ""} == before | {"audit-head.json": ""}

    where = elsewhere(used, tmp_path)
    done = putting_back.put_back(where, tmp_path / "backups", opener=OPENER)
    assert (done.number, done.missing, done.files) == (1, (), len(taken.backup.files))
    after = plain(where.store)
    assert {**after, "audit-head.json": ""} == {**before, "audit-head.json": ""}
    assert rows(where.store / "register.sqlite") == register
    assert not damages_and_leftovers(where).damages
    assert damages_and_leftovers(where).leftovers == ()
    # The log goes on where it was, and says what was done.
    assert audit.check(where) == len(entries) + 1
    assert audit.entries(where)[:-1] == entries
    assert audit.entries(where)[-1].action == "store: restored"
    assert [each.name for each in accounts.every(where)] == [each.name for each in accounts.every(used)]
    assert (sessions.of(used, token) is None, sessions.of(where, token)) == (False, None)
    assert secrets.load(where.keys, None) == secrets.load(used.keys, None)  # which refuses any other mode
    assert signing.public(signing.load(where)) == signing.public(signing.load(used))
    assert where.log_key.read_bytes() == used.log_key.read_bytes()  # and `audit.check` asked for it


def test_keys_accounts_and_the_log_stand_nowhere_in_the_clear(used, tmp_path):
    taking.take(used, tmp_path / "sealed", SEAL)
    taken = taking.take(used, tmp_path / "plain")
    assert set(taken.backup.left_out) >= {"access.sqlite", "audit.sqlite", "audit-head.json"}
    assert any(name.startswith("release-keys") for name in taken.backup.left_out)
    assert {used.signing_key.name, used.log_key.name} <= set(taken.backup.left_out)
    keys = json.loads(used.keys.read_text(encoding="ascii"))
    with closing(sqlite3.connect(used.store / "access.sqlite")) as opened:
        (second_factor,) = opened.execute("select secret from invitations").fetchone()
    told = [keys["k1"], keys["k2"], TEXT, second_factor, audit.entries(used)[-1].hash]
    told += [key.read_text(encoding="ascii").splitlines()[1] for key in (used.signing_key, used.log_key)]
    for folder in ("sealed", "plain"):
        written = [path.read_bytes() for path in (tmp_path / folder).rglob("*") if path.is_file()]
        assert len(written) > 5
        assert [text for text in told if any(text.encode() in content for content in written)] == []
        read_by_others = [each for each in (tmp_path / folder).rglob("*") if each.stat().st_mode & 0o077]
        assert [path.name for path in read_by_others] == ["lock"]  # which is empty
    putting_back.put_back(elsewhere(used, tmp_path), tmp_path / "plain")
    assert not (tmp_path / "other" / "store" / "access.sqlite").exists()


def test_a_further_backup_costs_what_is_new(used, tmp_path):
    folder = tmp_path / "backups"
    first = taking.take(used, folder)
    assert first.new_bytes == sum({file.sha256: file.size for file in first.backup.files}.values())
    profile = used.store / "profiles" / "amt-a.toml"
    profile.parent.mkdir(exist_ok=True)
    profile.write_text("# a profile\n", encoding="utf-8")
    second = taking.take(used, folder)
    register = next(file.size for file in second.backup.files if file.name == "register.sqlite")
    assert second.new_bytes in (profile.stat().st_size, profile.stat().st_size + register)
    third = taking.take(used, folder, keep=1)
    assert (third.removed, [made.number for made in Repository(folder).every()]) == (2, [3])
    assert putting_back.check(folder) == third.backup


def test_a_delivery_taken_back_in_the_middle_of_a_backup_makes_no_half_of_it(used, tmp_path):
    (stored,) = deliveries.current(used)
    done = []

    def meanwhile(step):
        if not done:
            done.append(deliveries.take_back(used, stored.sha256))

    taking.take(used, tmp_path / "backups", progress=meanwhile)
    assert deliveries.current(used) == ()
    where = elsewhere(used, tmp_path)
    putting_back.put_back(where, tmp_path / "backups")
    assert [each.sha256 for each in deliveries.current(where)] == [stored.sha256]
    assert not damages_and_leftovers(where).damages


def test_nothing_is_put_back_over_a_store_out_of_a_damaged_backup_or_by_a_wrong_key(used, tmp_path):
    folder, where = tmp_path / "backups", elsewhere(used, tmp_path)
    taken = taking.take(used, folder, SEAL)
    before = plain(used.store)
    with pytest.raises(putting_back.NotEmptyError, match="is not empty"):
        putting_back.put_back(used, folder, opener=OPENER)
    assert plain(used.store) == before
    with pytest.raises(SealError):
        putting_back.put_back(where, folder, opener=Opener(identity=str(pyrage.x25519.Identity.generate())))
    content = Repository(folder).path(taken.backup.files[3].sha256)
    whole = content.read_bytes()
    content.chmod(0o600)
    content.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    for attempt in (putting_back.check, lambda folder: putting_back.put_back(where, folder, opener=OPENER)):
        with pytest.raises(DamagedBackupError, match="other bytes"):
            attempt(folder)
    content.write_bytes(whole)
    assert not any(path for path in where.store.rglob("*") if path.is_file())
    (listed,) = (folder / "backups").iterdir()
    text = listed.read_text(encoding="utf-8")
    listed.chmod(0o600)
    listed.write_text(text.replace(taken.backup.files[3].sha256, taken.backup.files[4].sha256))
    with pytest.raises(DamagedBackupError):
        putting_back.put_back(where, folder, opener=OPENER)
    listed.write_text(text, encoding="utf-8")
    assert putting_back.put_back(where, folder, opener=OPENER).number == 1


def test_a_folder_that_is_none_of_backups_is_left_alone(used, tmp_path):
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    for folder in (other, used.store, used.store / "backups", used.store.parent):
        with pytest.raises(BackupError):
            taking.take(used, folder)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_a_newest_entry_of_the_log_that_lies_elsewhere_is_kept_as_proof(used, tmp_path):
    taking.take(used, tmp_path / "backups", SEAL)
    head = tmp_path / "elsewhere" / "head.json"
    head.parent.mkdir()
    head.write_text('{"number": 99, "hash": "of an entry since"}', encoding="utf-8")
    where = replace(elsewhere(used, tmp_path), audit_head_file=head)
    done = putting_back.put_back(where, tmp_path / "backups", opener=OPENER)
    assert '"number": 99' in Path(done.head_aside).read_text(encoding="utf-8")
    assert audit.check(where)


@pytest.mark.long
@pytest.mark.skipif(not effort.LONG, reason="two seconds of work for each passphrase, on purpose")
def test_a_passphrase_closes_and_opens(used, tmp_path):
    with pytest.raises(SealError, match="at least"):
        Seal("short").close({})
    closed = Seal("correct horse battery").close({"a": b"1", "b/c": b"2"})
    assert closed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert Opener("correct horse battery").open(closed) == {"a": b"1", "b/c": b"2"}
    with pytest.raises(SealError):
        Opener("correct horse batterie").open(closed)


def test_by_command_a_store_is_backed_up_listed_checked_and_put_back(used, tmp_path, monkeypatch, capsys):
    folder, key = str(tmp_path / "backups"), tmp_path / "key"
    key.write_text(f"# made in a test\n{IDENTITY}\n", encoding="utf-8")

    def said(*arguments, store=used.store):
        monkeypatch.setenv("DASHBOARD_STORE", str(store))
        code = main([*arguments])
        out, complained = capsys.readouterr()
        return code, out, complained

    assert "NOT in this backup: access.sqlite" in said("backup", folder)[2]
    made = json.loads(said("backup", folder, "--recipient", SEAL.recipient, "--json")[1])
    assert (made["number"], made["left_out"], made["secrets"]) == (2, [], "recipient")
    listed = json.loads(said("restore", folder, "--list", "--json")[1])["backups"]
    assert [(each["number"], each["secrets"]) for each in listed] == [(1, None), (2, "recipient")]
    assert said("restore", folder, "--check", "--of", "1")[1].endswith("all sound\n")
    other = tmp_path / "other"
    code, _, complained = said("restore", folder, store=other)
    assert (code, "--identity-file" in complained, other.exists()) == (2, True, False)
    (other / "releases").mkdir(parents=True)  # as an installation makes it for the mounts of its units
    code, out, complained = said("restore", folder, "--identity-file", str(key), store=other)
    assert (code, out.splitlines()[-1][:9], complained) == (0, "verified:", "")
    assert said("restore", folder, "--without-secrets", store=other)[0] == 2
