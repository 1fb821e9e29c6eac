"""A register of an older program is migrated, with a copy first; the audit log is only added to."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from data.deliveries.format.sender import Given
from data.deliveries.handin import uploads
from data.deliveries.store import deliveries as store
from data.deliveries.store import migrations, register
from data.deliveries.store.migrations import MIGRATIONS
from data.foundation.settings import Settings
from data.upkeep.integrity import damages_and_leftovers
from tests.support import effort

VERSION_1 = Path(__file__).parent / "version_1"


@pytest.fixture
def old(tmp_path):
    """A store written by the first version of the program: three deliveries of two senders."""
    shutil.copytree(VERSION_1, tmp_path / "store")
    return Settings(tmp_path / "store", "localhost", 0)


def rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_store_of_version_1_is_migrated_and_says_the_same_as_before(old):
    before = rows(old.store / register.FILE, "select sha256, reporting_date from deliveries order by id")

    deliveries = store.all_deliveries(old)

    states = {(each.sha256, each.reporting_date.isoformat()): each.state for each in deliveries}
    assert set(states) == set(before)
    assert sorted(states.values()) == ["accepted", "accepted", "replaced"]
    assert [each.counts for each in deliveries] == [{"leading-zero": 1}, {}, {}]
    assert all(path.exists() for each in deliveries for path in each.tables.values())
    assert rows(old.store / register.FILE, "pragma user_version") == [(len(MIGRATIONS),)]


def test_a_copy_of_the_old_register_stays_as_it_was(old):
    store.all_deliveries(old)

    copy = migrations.copy_of(old.store / register.FILE, 1)
    assert rows(copy, "pragma user_version") == [(1,)]
    assert len(rows(copy, "select * from deliveries")) == 3
    assert rows(copy, "pragma integrity_check") == [("ok",)]


def test_hashes_are_recorded_at_the_migration_so_that_verify_sees_later_damage(old):
    verified = damages_and_leftovers(old)
    assert (verified.deliveries, verified.files, verified.damages, verified.leftovers) == (3, 12, (), ())

    damaged = store.all_deliveries(old)[0].tables["faelle"]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert [each.file.rpartition("/")[2] for each in damages_and_leftovers(old).damages] == ["faelle.parquet"]


def test_a_migrated_store_works_on(old, tmp_path):
    assert store.take_back(old, "amt-a").standing[0].reporting_date.isoformat() == "2026-06-30"
    with register.open_for_writing(old.store) as opened:
        assert [each["action"] for each in register.audit_entries(opened)] == ["migrated", "taken back"]


def test_a_migration_that_fails_changes_nothing(old, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS[:1], (*MIGRATIONS[1], "no sql")))
    with pytest.raises(sqlite3.OperationalError):
        store.all_deliveries(old)
    assert rows(old.store / register.FILE, "pragma user_version") == [(1,)]
    monkeypatch.undo()
    assert len(store.all_deliveries(old)) == 3


def test_a_register_of_a_newer_program_is_left_alone(old):
    with closing(sqlite3.connect(old.store / register.FILE)) as connection:
        connection.execute("pragma user_version = 99")

    with pytest.raises(migrations.NewerRegisterError, match="Install the newer program"):
        store.all_deliveries(old)


def test_the_audit_log_says_who_did_what_and_can_not_be_changed(office):
    examined = uploads.examine(office.draws(faelle="fall_id\nF1"), office.settings, Given(by="a"))
    uploads.accept(office.settings, examined.token, by="b")
    store.take_back(office.settings, "amt-a", by="c", reason="wrong export")

    with register.open_for_writing(office.settings.store) as opened:
        log = register.audit_entries(opened)
        for change in ("delete from audit", "update audit set who = 'nobody'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                opened.execute(change)
    assert [(each["action"], each["who"], each["note"]) for each in log] == [
        ("accepted", "b", ""),
        ("taken back", "c", "wrong export"),
    ]
    assert all(each["sha256"] == examined.sha256 and each["at"] for each in log)


def refusals(office):
    with register.open_for_writing(office.settings.store) as opened:
        log = [each for each in register.audit_entries(opened) if each["action"] == "refused"]
    assert all(each["at"] and each["sha256"] is None for each in log)
    return [(each["who"], each["sender"], each["note"]) for each in log]


def test_the_audit_log_says_what_was_refused_and_why_and_nothing_of_what_stood_in_it(office):
    names = "fall_id | Nachname | ags\nF1 | Quastenflosser | 08111000\nF2 | Müller | 99999999"
    uploads.examine(office.draws(faelle=names), office.settings, Given(by="a"))
    office.hands_in(faelle="fall_id | aufnahme_am | geschlecht\nF1 | gestern | Quastenflosser\nF2 | x | ")
    goals = office.draws(ziele="ziel_id\nZ-Quastenflosser") / "ziele.csv"
    office.hands_in(goals, sender="amt-a", day="30.09.2026")
    office.hands_in(office.folder / "Quastenflosser.csv", sender="amt-q", day="30.09.2026")

    first, second, third, fourth = refusals(office)
    assert first[:2] == ("a", "amt-a")
    assert {"guard-heading: 1", "area-unknown: 1"} <= set(first[2].split(", "))
    assert second == ("", "amt-a", "date: 2, value-list: 1")
    assert third[1:] == (None, "parent-missing: 1")
    assert fourth[1:] == (None, "no-file: 1")
    assert b"Quastenflosser" not in (office.settings.store / register.FILE).read_bytes()


def test_a_sender_said_beside_a_refused_file_is_named_if_it_has_handed_in_before(office):
    office.hands_in(sender="amt-a", faelle="fall_id\nF1")
    broken = office.folder / "faelle.csv"
    broken.write_text("fall_id;ags;aufnahme_am\nF-0001;x\n", encoding="utf-8")

    office.hands_in(broken, sender="amt-a", day="30.09.2026")
    office.hands_in(broken, sender="Max.Mustermann", day="30.09.2026")

    assert refusals(office) == [("", "amt-a", "row-length: 1"), ("", None, "row-length: 1")]


def test_what_is_taken_over_or_waits_for_a_reason_is_no_refusal(office):
    uploads.examine(
        office.draws(faelle="fall_id | integrationsplan_am | beendet_am\nF1 | 01.02.2024 | 15.01.2024"),
        office.settings,
    )
    office.hands_in(faelle="fall_id\nF1")

    assert refusals(office) == []


@pytest.mark.long
def test_who_come_first_to_a_new_store_at_once_wait_for_each_other(tmp_path):
    failed = []

    def opens(store, together):
        together.wait()
        try:
            with register.open_for_writing(store):
                pass
        except sqlite3.Error as error:
            failed.append(str(error))

    for number in range(effort.of(40, 400)):
        store, together = tmp_path / str(number), threading.Barrier(6)
        store.mkdir()
        threads = [threading.Thread(target=opens, args=(store, together)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
