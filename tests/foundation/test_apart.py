"""What ends a process apart is told to its caller, who lives on, and the next call has a process again."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from data.foundation import apart
from data.foundation.apart import Bounds, EndedError, StoppedError
from data.foundation.errors import DamagedFileError
from tests.foundation import ends

ROOT = Path(__file__).parents[2]
BOUNDS = Bounds(memory_mb=300, minutes=1)


def ended(work, *arguments, bounds=BOUNDS):
    with pytest.raises(EndedError) as caught:
        apart.call(work, arguments, bounds)
    return caught.value.reason, caught.value.detail


def test_a_call_gives_its_result_and_tells_its_steps():
    told = []

    assert apart.call(ends.adds, (2, 3), BOUNDS, told.append) == 5
    assert [(step.stage, step.file) for step in told] == [("adding", "a.csv")]


def test_a_process_that_waited_works_in_the_folder_of_its_caller(tmp_path, monkeypatch):
    apart.call(ends.its_number, (), BOUNDS)
    monkeypatch.chdir(tmp_path)

    assert apart.call(ends.its_folder, (), BOUNDS) == str(tmp_path)


def test_one_process_serves_call_after_call_and_is_not_this_one():
    first, second = (apart.call(ends.its_number, (), BOUNDS) for _ in range(2))

    assert first == second != os.getpid()


@pytest.mark.parametrize(
    ("work", "arguments", "expected"),
    [
        (ends.takes, (2_000,), ("memory", "")),
        (ends.takes_where_nobody_raises, (2_000,), ("crash", "SIGABRT")),
        (ends.is_ended_by, ("SIGSEGV",), ("crash", "SIGSEGV")),
        (ends.is_ended_by, ("SIGKILL",), ("crash", "SIGKILL")),
        (ends.leaves, (), ("crash", "7")),
        (ends.calls_itself_for_ever, (), ("fault", "RecursionError")),
    ],
)
def test_whatever_ends_it_is_told_and_the_next_call_works(work, arguments, expected):
    assert ended(work, *arguments) == expected
    assert apart.call(ends.adds, (2, 3), BOUNDS) == 5


def test_it_may_compute_for_so_long_only():
    assert ended(ends.computes, bounds=Bounds(300, 0)) == ("time", "")


def test_what_fits_into_the_memory_is_done():
    assert apart.call(ends.takes, (200,), BOUNDS) == 200 * ends.MB


def test_the_limits_are_those_of_each_call():
    more = 16 * (os.cpu_count() or 1)

    assert [apart.call(ends.may_take, (), Bounds(size, 1)) for size in (400, 900, 500)] == [
        400 + more,
        900 + more,
        500 + more,
    ]
    assert apart.call(ends.may_dump, (), BOUNDS) == (0, 0)


def test_the_last_step_before_the_end_is_kept():
    with pytest.raises(EndedError) as caught:
        apart.call(ends.takes_where_nobody_raises, (2_000,), BOUNDS)

    assert caught.value.step.file == "a.xlsx"


def test_an_error_that_is_meant_is_raised_here_as_it_was_there():
    path = Path("deliveries/abc/faelle.parquet")

    with pytest.raises(DamagedFileError) as caught:
        apart.call(ends.says_what_is_damaged, (path,), BOUNDS)

    assert (str(caught.value), caught.value.path) == (str(DamagedFileError(path, "cut")), path)


def test_of_a_fault_the_log_has_the_place_and_never_the_value(caplog):
    with caplog.at_level(logging.ERROR):
        assert ended(ends.fails, "Erika Musterfrau") == ("fault", "LookupError")

    assert "LookupError" in caplog.text
    assert "in fails" in caplog.text
    assert "Musterfrau" not in caplog.text


def test_what_a_library_prints_there_is_seen_by_nobody(capfd):
    apart.call(ends.talks, ("Erika Musterfrau",), BOUNDS)

    assert capfd.readouterr() == ("", "")


def test_a_process_that_ended_while_it_waited_is_replaced_without_a_word():
    os.kill(apart.call(ends.its_number, (), BOUNDS), signal.SIGKILL)

    assert apart.call(ends.adds, (2, 3), BOUNDS) == 5


def test_who_is_stopped_is_told_so():
    caught = []

    def calls():
        try:
            apart.call(ends.computes, (), BOUNDS)
        except StoppedError as error:
            caught.append(error)

    thread = threading.Thread(target=calls)
    thread.start()
    until = time.monotonic() + 30
    while thread.is_alive() and time.monotonic() < until:
        apart.stop()
        thread.join(0.2)
    assert len(caught) == 1


KILLED = """
import os, sys
from data.foundation import apart
from tests.foundation import ends
apart.call(ends.computes, (), apart.Bounds(300, 1), lambda step: print(step.about, flush=True))
"""


def test_a_killed_caller_leaves_no_process_behind():
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as caller:
        child = int(caller.stdout.readline())
        os.kill(child, 0)
        caller.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and Path(f"/proc/{child}").exists() and not is_zombie(child):
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists() or is_zombie(child)


def is_zombie(process):
    """Ended, and whoever adopts orphans here has not looked yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True
