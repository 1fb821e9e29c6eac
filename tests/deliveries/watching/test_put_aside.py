"""A dropped file that ends its reader twice is put aside: said, in its result, and so after every restart."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from data.deliveries.watching.attempts import MARK, Attempts
from tests.deliveries.watching.conftest import once
from tests.support import bombs, drawn

ROOT = Path(__file__).parents[3]


def result(file):
    return json.loads(file.with_name(f"{file.name}.ergebnis.json").read_text(encoding="utf-8"))


def mark(file):
    return file.with_name(file.name + MARK)


def test_a_file_that_ends_its_reader_is_tried_twice_and_others_are_taken(folder, capsys):
    bomb = bombs.unforeseen(folder / "a.xlsx")
    good = drawn.delivery(folder / "b", faelle="fall_id\nF1")

    assert once(folder) == 3

    said = result(bomb)
    assert (said["put_aside"], said["counts"]) == (True, {"put-aside": 1})
    assert said["findings"][0]["file"] == "a.xlsx"
    assert "a.xlsx.ergebnis.json" in said["findings"][0]["remedy_de"]
    assert result(good)["accepted"]
    assert not result(good)["put_aside"]
    err = capsys.readouterr().err
    assert (
        err.count("a.xlsx: the program that read it ended before it had a result; it is tried once more") == 1
    )
    assert err.count("a.xlsx: put aside after two attempts; delete a.xlsx.ergebnis.json") == 1
    assert not mark(bomb).exists()

    assert once(folder) == 0
    assert capsys.readouterr().out == ""

    bomb.unlink()
    drawn.delivery(folder.parent / "made", sender="amt-c", faelle="fall_id\nF2")
    (folder.parent / "made").rename(bomb)
    assert once(folder) == 0
    assert result(bomb)["accepted"]


def begun(folder, file):
    """`watch` in a process of its own, at the moment when it has begun to read this file."""
    command = [sys.executable, "-m", "data", "watch", str(folder), "--settle", "0"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
    )
    before = mark(file).stat().st_mtime_ns if mark(file).exists() else 0
    until = time.monotonic() + 60
    while time.monotonic() < until and not (mark(file).exists() and mark(file).stat().st_mtime_ns > before):
        time.sleep(0.01)
    return process


def test_what_ended_the_whole_program_twice_is_not_read_again_after_a_restart(folder, capsys):
    file = drawn.delivery(folder / "a", faelle="fall_id\nF1")
    for attempts in (1, 2):
        process = begun(folder, file)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert json.loads(mark(file).read_text(encoding="utf-8"))["attempts"] == attempts

    assert once(folder) == 3

    assert (result(file)["put_aside"], result(file)["counts"]) == (True, {"put-aside": 1})
    assert "the whole program ended over it" in result(file)["findings"][0]["message_en"]
    assert "put aside" in capsys.readouterr().err


def test_who_ends_the_program_in_order_spends_no_attempt(folder):
    file = drawn.delivery(folder / "a", faelle="fall_id\nF1")
    for _ in range(3):
        process = begun(folder, file)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 143
        assert not mark(file).exists()

    assert once(folder) == 0


def test_attempts_are_counted_where_no_mark_can_be_written(tmp_path):
    attempts, nowhere = Attempts(), tmp_path / "gone" / "a.xlsx"
    attempts.are(nowhere, (("a.xlsx", 1, 1),), 1)

    assert attempts.without_end(nowhere, (("a.xlsx", 1, 1),)) == 1
    assert attempts.without_end(nowhere, (("a.xlsx", 2, 1),)) == 0
