"""What a power cut may not take: a file is on the disk before it gets its name, and the name after that."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.deliveries.handin import report
from data.deliveries.store import migrations
from data.foundation import durable
from tests.deliveries.conftest import Office


@pytest.fixture
def calls(monkeypatch):
    """The real calls of the system in their order: what was synced, what got which name."""
    made, fsync = [], os.fsync

    def synced(handle):
        path = Path(f"/proc/self/fd/{handle}").readlink()
        fsync(handle)
        made.append(("fsync", path))

    def renaming(real):
        def rename(source, target):
            real(source, target)
            made.append(("replace", Path(source), Path(target)))

        return rename

    monkeypatch.setattr(os, "fsync", synced)
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, renaming(getattr(os, name)))
    return made


def assert_durable(calls, target):
    """The last rename to `target`: the file before it, the folder after it."""
    (at,) = [n for n, call in enumerate(calls) if call[0] == "replace" and call[-1] == target]
    assert calls[at][1].parent == target.parent
    assert ("fsync", calls[at][1]) in calls[:at]
    assert ("fsync", target.parent) in calls[at + 1 :]


def test_the_copy_of_a_register_before_its_migration_is_durable(tmp_path, calls):
    path, before = tmp_path / "register.sqlite", len(migrations.MIGRATIONS) - 1
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        for number, statements in enumerate(migrations.MIGRATIONS[:before], start=1):
            for statement in statements:
                old.execute(statement)
            old.execute(f"pragma user_version = {number}")
        migrations.to_newest(old, path)
        assert old.execute("pragma user_version").fetchone() == (len(migrations.MIGRATIONS),)

    assert_durable(calls, migrations.copy_of(path, before))
    with closing(sqlite3.connect(migrations.copy_of(path, before))) as copy:
        assert copy.execute("pragma user_version").fetchone() == (before,)
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("name", ["report.json", "report.xlsx"])
def test_the_report_of_an_import_is_durable(office: Office, tmp_path, calls, name):
    imported = office.hands_in(faelle="fall_id | aufnahme_am\nF1 | gestern")
    calls.clear()

    report.write(tmp_path / name, [imported])

    assert_durable(calls, tmp_path / name)
    assert not list(tmp_path.glob("*.new"))


def test_a_folder_gets_its_name_when_all_that_is_in_it_is_on_the_disk(tmp_path, calls):
    (tmp_path / "made" / "original").mkdir(parents=True)
    for file in ("one", "original/two"):
        (tmp_path / "made" / file).write_text(file, encoding="utf-8")

    durable.place(tmp_path / "made", tmp_path / "here")

    *before, renamed, after = calls
    synced = {path.relative_to(tmp_path).as_posix() for _, path in before}
    assert synced == {"made", "made/one", "made/original", "made/original/two"}
    assert renamed[0] == "replace"
    assert after == ("fsync", tmp_path)
    assert (tmp_path / "here" / "original" / "two").read_text(encoding="utf-8") == "original/two"


def test_who_fails_to_write_leaves_what_was_there_and_nothing_beside_it(tmp_path):
    durable.replace(tmp_path / "list.json", "old")

    def half():
        with durable.replacing(tmp_path / "list.json") as beside:
            beside.write_text("half", encoding="utf-8")
            raise OSError(28, "disk full")

    with pytest.raises(OSError, match="disk full"):
        half()
    with pytest.raises(UnicodeEncodeError):
        durable.replace(tmp_path / "list.json", "\ud800")

    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["old"]


def test_a_secret_is_never_readable_by_others_not_even_while_it_is_written(tmp_path, monkeypatch):
    modes, fsync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (modes.append(os.fstat(handle).st_mode), fsync(handle)))

    durable.replace(tmp_path / "keys.json", "{}", 0o600)

    assert modes[0] & 0o777 == (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_folders_that_are_made_stand_in_folders_that_are_synced(tmp_path, calls):
    durable.mkdir(tmp_path / "store" / "profiles")
    durable.mkdir(tmp_path / "store" / "profiles")

    assert calls == [("fsync", tmp_path), ("fsync", tmp_path / "store")]
