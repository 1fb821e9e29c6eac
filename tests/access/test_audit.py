"""The log: what was done stays as it was written, and whoever changes it is found out."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from data.access import audit
from data.foundation.settings import Settings
from data.upkeep.integrity import damages_and_leftovers


@pytest.fixture
def where(tmp_path: Path) -> Settings:
    (tmp_path / "elsewhere").mkdir()
    where = Settings(tmp_path / "store", "", 0, audit_head_file=tmp_path / "elsewhere" / "head.json")
    for action in ("sign in", "hand in", "publish", "sign out"):
        audit.note(where, "ada", action, "lra-ulm", address="192.0.2.1")
    return where


def change(where: Settings, statement: str) -> None:
    with closing(sqlite3.connect(where.store / audit.FILE)) as log, log:
        log.execute(statement)


def test_it_says_who_did_what_when_and_from_where(where: Settings):
    assert audit.check(where) == 4
    first, *_, last = audit.entries(where)
    assert (first.who, first.action, first.what, first.address, first.result) == (
        "ada", "sign in", "lra-ulm", "192.0.2.1", "done",
    )  # fmt: skip
    assert datetime.fromisoformat(last.at) > datetime.now(UTC) - timedelta(minutes=5)


@pytest.mark.parametrize(
    "statement",
    [
        "update entries set who = 'eve' where number = 2",
        "update entries set result = 'refused' where number = 4",
        "delete from entries where number = 1",
        "delete from entries where number = 3",
        "delete from entries where number > 2",
        "delete from entries",
        "update entries set number = number + 1 where number = 4",
        # Who knows how it is made hangs what is left on what is gone, or writes on.
        "update started set hash = (select hash from entries where number = 2)",
    ],
)
def test_what_is_altered_removed_or_cut_is_found(where: Settings, statement: str):
    change(where, statement)
    with pytest.raises(audit.DamagedAuditError):
        audit.check(where)
    # Also for whoever only looks whether anything in the store is damaged.
    assert [each.file for each in damages_and_leftovers(where).damages] == [audit.FILE]


def test_an_older_copy_a_lost_log_and_a_lost_head_are_found(where: Settings):
    file = where.store / audit.FILE
    shutil.copy(file, where.store / "older")
    audit.note(where, "ada", "sign in")
    shutil.copy(file, where.store / "newer")
    shutil.copy(where.store / "older", file)
    with pytest.raises(audit.DamagedAuditError, match="older copy"):
        audit.check(where)
    file.unlink()
    with pytest.raises(audit.DamagedAuditError, match="is gone"):
        audit.check(where)
    shutil.copy(where.store / "newer", file)
    assert audit.check(where) == 5
    where.audit_head.unlink()
    with pytest.raises(audit.DamagedAuditError, match="gone or damaged"):
        audit.check(where)


def test_old_entries_may_go_and_what_is_left_still_hangs_together(where: Settings):
    change(where, "update entries set at = '2020-01-01T00:00:00+00:00' where number > 9")  # none
    assert audit.let_go(where, datetime(2020, 1, 1, tzinfo=UTC), "chief") == 0
    assert audit.let_go(where, datetime.now(UTC) + timedelta(hours=1), "chief") == 4
    assert [entry.action for entry in audit.entries(where)] == [audit.LET_GO]
    assert audit.check(where) == 1
    audit.note(where, "ada", "sign in")
    assert audit.check(where) == 2
    assert audit.entries(where)[-1].number == 6


def test_who_cuts_off_the_oldest_or_writes_on_by_themselves_is_found(where: Settings):
    change(where, "update started set hash = (select hash from entries where number = 2)")
    change(where, "delete from entries where number <= 2")
    with pytest.raises(audit.DamagedAuditError, match="begins with entry 3"):
        audit.check(where)
    shutil.rmtree(where.store)
    where.audit_head.unlink()
    for action in ("sign in", "hand in", "publish"):
        audit.note(where, "ada", action)
    head = where.audit_head.read_text(encoding="utf-8")
    for action in ("never was", "never was"):  # by who may write in the store, and not where the head lies
        audit.note(where, "eve", action)
    where.audit_head.write_text(head, encoding="utf-8")
    with pytest.raises(audit.DamagedAuditError, match="added to"):
        audit.check(where)


def let_go_of(where: Settings, *, times: int = 1) -> None:
    """Let go of what is there, as often as that; another entry before each."""
    for _ in range(times):
        audit.note(where, "ada", "sign in")
        audit.let_go(where, datetime.now(UTC) + timedelta(hours=1), "chief")


def rehang(where: Settings, action: str, change: Callable[[str], str]) -> None:
    """Do as whoever may write the log, and its head: write every entry anew, those of this kind otherwise."""
    with closing(sqlite3.connect(where.store / audit.FILE)) as log, log:
        before = log.execute("select hash from started").fetchone()[0]
        for row in log.execute("select * from entries order by number").fetchall():
            what = change(row[4]) if row[3] == action else row[4]
            entry = audit.Entry(*(said := (*row[:4], what, *row[5:7], before)), audit._hash(*said))
            log.execute(
                "update entries set what = ?, before = ?, hash = ? where number = ?",
                (what, before, entry.hash, entry.number),
            )
            before = entry.hash
    where.audit_head.write_text(audit._head(entry), encoding="utf-8")


def test_what_is_let_go_of_is_signed_by_a_key_that_lies_with_the_others(where: Settings):
    let_go_of(where)
    assert where.log_key.parent == where.keys.parent != where.store
    assert where.log_key.stat().st_mode & 0o777 == 0o600
    assert audit.check(where) == 1
    for forged in (
        lambda what: what.replace("5 before", "4 before"),  # what it says
        lambda what: re.sub(r" signed \w{16} \S+,", "", what),  # as before there was a key
        lambda what: re.sub(r"signed \w{16}", f"signed {'0' * 16}", what),  # by another key
    ):
        kept = (where.store / audit.FILE).read_bytes(), where.audit_head.read_bytes()
        rehang(where, audit.LET_GO, forged)
        with pytest.raises(audit.DamagedAuditError, match="forged"):
            audit.check(where)
        assert [each.file for each in damages_and_leftovers(where).damages] == [audit.FILE]
        (where.store / audit.FILE).write_bytes(kept[0])
        where.audit_head.write_bytes(kept[1])
    # A signature vouches for what stands above it, and is good nowhere else.
    audit.note(where, "ada", "publish")
    rehang(where, "publish", lambda _: "another release")
    assert audit.check(where) == 2
    let_go_of(where)
    audit.note(where, "ada", "sign out")
    change(where, "update entries set at = '2020-01-01T00:00:00+00:00' where action = 'audit: let go'")
    rehang(where, "", str)
    with pytest.raises(audit.DamagedAuditError, match="forged"):
        audit.check(where)


def test_a_key_that_is_lost_is_told_and_a_new_one_vouches_for_what_is_there(where: Settings):
    let_go_of(where)
    where.log_key.rename(where.store / "kept")
    with pytest.raises(audit.DamagedAuditError, match=r"the key is gone: .*log-key\.pem.*backup.*--new-key"):
        audit.check(where)
    audit.note(where, "ada", "sign in")  # whoever works notices nothing, and nothing is let go of
    with pytest.raises(audit.DamagedAuditError):
        audit.let_go(where, datetime.now(UTC) + timedelta(hours=1), "chief")
    audit.new_key(where, "chief")
    assert audit.check(where) == 3
    let_go_of(where)
    assert audit.check(where) == 1
    audit.new_key(where, "chief")  # the one before stays, for what it signed
    assert audit.check(where) == 2
    where.log_key.chmod(0o644)
    with pytest.raises(audit.DamagedAuditError, match="can be read by others"):
        audit.check(where)
    assert where.log_key.name in {each.file for each in damages_and_leftovers(where).damages}


def test_what_an_older_program_let_go_of_counts_before_the_first_signature_alone(where: Settings):
    let_go_of(where)
    unsigned = partial(re.sub, r" signed \w{16} \S+,", "")
    rehang(where, audit.LET_GO, unsigned)
    where.log_key.unlink()  # as an older program left it
    assert audit.check(where) == 1
    with closing(sqlite3.connect(where.store / audit.FILE)) as log:
        old = log.execute("select number, hash from entries").fetchone()
    audit.note(where, "ada", "sign in")
    audit.new_key(where, "chief")
    assert (old[0], audit.check(where)) == (audit.entries(where)[0].number, 3)
    let_go_of(where)
    rehang(where, audit.LET_GO, unsigned)
    with pytest.raises(audit.DamagedAuditError, match="not signed by the key of this installation"):
        audit.check(where)


def test_it_is_kept_for_a_set_time_and_the_entry_that_says_so_holds_the_chain(where: Settings):
    set_time = replace(where, audit_days=30)
    audit.note(set_time, "ada", "sign in")
    assert audit.check(where) == 5
    old = (datetime.now(UTC) - timedelta(40)).isoformat(timespec="seconds")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(audit, "_now", lambda: datetime.fromisoformat(old))
        shutil.rmtree(where.store)
        where.audit_head.unlink()
        for action in ("sign in", "hand in"):
            audit.note(where, "ada", action)
    audit.note(set_time, "ada", "publish")
    assert [entry.action for entry in audit.entries(where)] == ["publish", audit.LET_GO]
    assert audit.check(where) == 2
    change(where, "delete from entries where number = 3")
    with pytest.raises(audit.DamagedAuditError):
        audit.check(where)


def test_what_somebody_is_refused_is_one_entry_a_minute(where: Settings):
    for _ in range(3):
        audit.refused(where, "eve", "read 08426")
    audit.refused(where, "eve", "publish")
    told = [(each.who, each.action, each.what, each.result) for each in audit.entries(where)[4:]]
    assert told == [("eve", "refused", what, "refused") for what in ("read 08426", "publish")]


def test_a_log_that_is_no_database_is_told_by_its_name(where: Settings):
    (where.store / audit.FILE).write_bytes(b"something else entirely, and long enough to be read" * 50)
    with pytest.raises(audit.DamagedAuditError, match=r"audit\.sqlite can't be read"):
        audit.note(where, "ada", "sign in")
