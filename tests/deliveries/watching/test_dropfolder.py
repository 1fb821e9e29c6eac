"""A drop folder: what lies still is imported once, and its result lies beside it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.commands import main
from data.deliveries.store import deliveries as store
from data.deliveries.watching.dropfolder import DropFolder, WatchedError, watched
from data.foundation.settings import Settings
from tests.deliveries.watching.conftest import once
from tests.support import drawn

ROOT = Path(__file__).parents[3]


def archive(folder, name, **drawings):
    made = drawn.delivery(folder.parent / f"made-{name}", **drawings)
    beside = shutil.make_archive(str(folder.parent / name), "zip", made)
    return Path(shutil.move(beside, folder / f"{name}.zip"))


def result(file):
    return json.loads(file.with_name(f"{file.name}.ergebnis.json").read_text(encoding="utf-8"))


def deliveries(folder):
    return store.all_deliveries(Settings(folder.parent / "store", "localhost", 0))


def test_each_file_is_imported_and_gets_its_result(folder):
    good = archive(folder, "good", faelle="fall_id\nF1")
    bad = archive(folder, "bad", sender="amt-b", faelle="aufnahme_am\ngestern")
    drawn.delivery(folder / "as a folder", sender="amt-c", faelle="fall_id\nF2")

    assert once(folder) == 3

    assert [result(each)["accepted"] for each in (good, bad, folder / "as a folder")] == [True, False, True]
    assert not good.with_name("good.zip.ergebnis.xlsx").exists()
    assert bad.with_name("bad.zip.ergebnis.xlsx").exists()
    assert len(deliveries(folder)) == 2


def test_after_a_restart_nothing_is_imported_twice(folder, capsys):
    archive(folder, "good", faelle="fall_id\nF1")
    once(folder)
    capsys.readouterr()

    assert once(folder) == 0
    assert capsys.readouterr().out == ""


def test_the_same_bytes_under_another_name_are_not_imported_again_even_if_taken_back(folder, capsys):
    good = archive(folder, "good", faelle="fall_id\nF1")
    once(folder)
    main(["undo", "amt-a"])
    shutil.copy(good, folder / "again.zip")
    capsys.readouterr()

    assert once(folder) == 3
    assert "was taken back before" in capsys.readouterr().out
    assert [each.state for each in deliveries(folder)] == ["taken_back"]


def test_a_file_that_is_corrected_under_its_name_is_taken_again(folder):
    file = archive(folder, "a", faelle="aufnahme_am\ngestern")
    once(folder)
    archive(folder, "a", faelle="fall_id\nF1")

    assert once(folder) == 0
    assert result(file)["accepted"]
    assert not file.with_name("a.zip.ergebnis.xlsx").exists()


def test_warnings_are_said_and_need_the_command_with_a_reason(folder):
    odd = (
        "fall_id | integrationsplan_am | aufnahme_am | beendet_am\nF1 | 01.02.2024 | 01.01.2024 | 15.01.2024"
    )
    file = archive(folder, "odd", faelle=odd)

    assert once(folder) == 5
    assert (result(file)["accepted"], result(file)["needs_confirmation"]) == (False, True)


def test_a_link_is_a_finding_wherever_it_leads_and_a_pipe_is_one(folder):
    elsewhere = drawn.delivery(folder.parent / "elsewhere", faelle="fall_id\nF1")
    (folder / "as folder").symlink_to(elsewhere)
    (folder / "nowhere.zip").symlink_to(folder.parent / "nothing")
    os.mkfifo(folder / "pipe.csv")

    assert once(folder) == 3

    for name, rule in (("as folder", "link"), ("nowhere.zip", "link"), ("pipe.csv", "special-file")):
        assert [each["rule"] for each in result(folder / name)["findings"]] == [rule]
    assert not deliveries(folder)


def test_what_file_managers_leave_behind_and_letters_are_no_deliveries(folder, capsys):
    letters = ("Frau Musterfrau\x1b[31m.PDF", "Hinweise.docx", "scan.tiff")
    for name in ("Thumbs.db", "ehthumbs.db", "desktop.ini", *letters):
        (folder / name).write_bytes(b"%PDF or whatever")
    inside = drawn.delivery(folder / "amt-a", faelle="fall_id\nF1")
    (inside / "Desktop.ini").write_text("[.ShellClassInfo]", encoding="utf-8")

    assert once(folder) == 0

    assert result(inside)["findings"] == []
    assert sorted(path.name for path in folder.glob("*.json")) == ["amt-a.ergebnis.json"]
    said = capsys.readouterr().err
    assert [said.count(kind) for kind in ("a .pdf file", "a .docx file", ".db")] == [1, 1, 0]
    assert "Musterfrau" not in said  # letters are called after people
    assert "\x1b" not in said


def test_a_file_that_still_grows_or_is_being_copied_is_left_alone(folder):
    file = archive(folder, "grows", faelle="fall_id\nF1")
    (folder / "half.zip.part").write_bytes(b"PK")
    drop = DropFolder(folder, Settings(folder.parent / "store", "localhost", 0), 0.2, "")

    assert drop.ready() == []
    time.sleep(0.25)
    with file.open("ab") as growing:
        growing.write(b"\0")
    assert drop.ready() == []
    assert drop.waits()
    time.sleep(0.25)
    assert drop.ready() == [file]


def test_a_folder_is_watched_by_one_at_a_time_and_has_to_exist_and_be_readable(folder, capsys, monkeypatch):
    with watched(folder):
        assert once(folder) == 2
    assert main(["watch", str(folder / "nowhere"), "--once"]) == 2
    assert "another `watch`" in capsys.readouterr().err

    def denied(*_):
        raise PermissionError

    monkeypatch.setattr(os, "open", denied)  # root may read everything
    with pytest.raises(WatchedError, match="no right to read it"), watched(folder):
        pass


def test_a_store_that_can_not_be_written_is_said_and_tried_again_later(folder, capsys):
    file = archive(folder, "good", faelle="fall_id\nF1")
    (folder.parent / "store").write_text("no folder", encoding="utf-8")

    assert once(folder) == 1
    assert "can't be used" in capsys.readouterr().err
    (folder.parent / "store").unlink()
    assert once(folder) == 0
    assert result(file)["accepted"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_runs_until_it_is_ended_and_takes_what_comes(folder, number, code):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "data", "watch", str(folder), "--settle", "0.1", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=interruptible,
    ) as process:  # fmt: skip
        process.stderr.readline()
        archive(folder, "late", faelle="fall_id\nF1")
        line = json.loads(process.stdout.readline())
        process.send_signal(number)
        try:
            ended = process.wait(20)
        finally:
            process.kill()
        assert (ended, line["path"], line["accepted"]) == (code, "late.zip", True)
        assert "Traceback" not in process.stderr.read()


def interruptible():
    """What a shell runs in the background it starts deaf to Ctrl-C, and its children with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
