"""Drawing in a process of its own: what ends it or hangs in it stops nobody, and it holds nothing of ours."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.foundation import land
from pages.charts.svg.picture import NotDrawnError
from pages.drawing import desk, made
from pages.drawing.helpers import Helpers
from pages.drawing.service import Service
from pages.drawing.wire import FailedError, UndrawnError
from pages.files.kept import BusyError
from tests.conftest import ROOT
from tests.support.orders import LONG, ORDER, SANKEY


@pytest.fixture(scope="module")
def helpers() -> Iterator[Helpers]:
    found = Helpers(most=1)
    yield found
    found.close()


def until(holds: Callable[[], object]) -> bool:
    """Whether it holds within some seconds."""
    end = time.monotonic() + LONG
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(holds())


def running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()


def test_it_draws_the_same_as_this_process_and_stays_for_the_next(helpers: Helpers):
    drawn = {kind: helpers.drawn(kind, ORDER, LONG) for kind in ("svg", "png", "pdf")}
    (process,) = helpers.processes
    assert drawn == {kind: made.here(kind, ORDER) for kind in drawn}
    assert helpers.drawn("svg", ORDER, LONG) == drawn["svg"]
    assert helpers.processes == [process]


def test_it_has_no_setting_no_file_of_ours_and_no_network(helpers: Helpers, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_KEYS", "secret")
    helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    of = Path(f"/proc/{process}")
    assert set((of / "environ").read_bytes().decode().strip("\0").split("\0")) == {
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        "HOME=/nonexistent",
        f"DASHBOARD_LAND={land.folder()}",  # whose outlines it draws
    }
    opened = {str(each.readlink()) for each in (of / "fd").iterdir()}
    assert {each.partition(":")[0] for each in opened} == {"/dev/null", "socket"}
    # Its own socket is the only one that it has; of a network there is at most one that leads nowhere.
    if (of / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink():
        links = (of / "net" / "dev").read_text().splitlines()[2:]
        assert [each.split(":")[0].strip() for each in links] == ["lo"]


def test_one_that_was_ended_while_it_waited_is_replaced_and_nobody_notices(helpers: Helpers):
    before = helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGKILL)
    assert helpers.drawn("svg", ORDER, LONG) == before
    assert helpers.processes != [process]


def test_one_that_is_ended_in_the_middle_is_replaced_too(helpers: Helpers):
    before = helpers.drawn("png", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGSTOP)  # so that the order has reached it, and it has not answered
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(helpers.drawn, "png", ORDER, LONG)
        until(lambda: helpers._working)
        time.sleep(0.05)
        os.kill(process, signal.SIGKILL)
        assert drawing.result(LONG) == before


def test_one_that_hangs_is_ended_in_time_and_the_next_order_is_drawn(helpers: Helpers):
    helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(UndrawnError):
        helpers.drawn("svg", ORDER, seconds=0.3)
    assert time.monotonic() - began < 1
    assert until(lambda: not running(process))
    assert helpers.drawn("svg", ORDER, LONG)


def test_one_that_draws_too_long_for_who_asks_goes_on_and_draws_the_next_order(helpers: Helpers):
    other = helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(BusyError):
        helpers.drawn("png", ORDER, LONG, waits=0.15)
    with pytest.raises(BusyError):  # it has its turn still
        helpers.drawn("svg", ORDER, LONG, waits=0.05)
    with pytest.raises(BusyError):  # what was ordered is being drawn, and no second time
        helpers.drawn("png", ORDER, LONG, waits=0.05)
    os.kill(process, signal.SIGCONT)
    assert helpers.drawn("svg", ORDER, LONG) == other, "and not what the one before it had ordered"
    assert helpers.processes == [process]
    # What came too late is there for who asks again, though nobody draws any more.
    os.kill(process, signal.SIGSTOP)
    assert helpers.drawn("png", ORDER, LONG, waits=0.05) == made.here("png", ORDER)
    with pytest.raises(BusyError):  # once: then it is drawn anew
        helpers.drawn("png", ORDER, LONG, waits=0.05)
    os.kill(process, signal.SIGCONT)
    assert helpers.drawn("png", ORDER, LONG) == made.here("png", ORDER)


def test_one_that_came_too_late_and_hangs_is_told_once_and_replaced(helpers: Helpers):
    helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(BusyError):
        helpers.drawn("pdf", ORDER, seconds=0.3, waits=0.05)
    with pytest.raises(UndrawnError):
        helpers.drawn("pdf", ORDER, LONG)
    assert until(lambda: not running(process))
    assert helpers.drawn("pdf", ORDER, LONG)


def test_one_that_still_begins_is_not_ended_by_who_does_not_wait_for_it():
    helpers = Helpers(most=1)
    with pytest.raises(BusyError):
        helpers.drawn("svg", ORDER, seconds=0.01)
    (process,) = helpers.processes
    assert helpers.drawn("svg", ORDER, LONG)
    assert helpers.processes == [process]
    helpers.close()
    assert not running(process)


def test_a_flood_is_drawn_by_no_more_than_there_are_and_the_rest_is_told_to_wait(helpers: Helpers):
    helpers.drawn("svg", ORDER, LONG)
    (process,) = helpers.processes
    os.kill(process, signal.SIGSTOP)
    busy: list[type[BaseException]] = []

    def ordered(seconds: float) -> None:
        try:
            helpers.drawn("svg", ORDER, seconds)
        except (BusyError, UndrawnError) as error:
            busy.append(type(error))

    first, *others = threads = [threading.Thread(target=ordered, args=(wait,)) for wait in (0.5, *[0.1] * 11)]
    first.start()
    until(lambda: helpers._working)
    for each in others:
        each.start()
    assert len(helpers.processes) <= 1
    for each in threads:
        each.join(3)
    assert sorted(each.__name__ for each in busy) == ["BusyError"] * 11 + ["UndrawnError"]


def test_what_takes_more_memory_than_it_may_ends_there(helpers: Helpers):
    huge = ORDER | {"form": {"width": 60_000, "height": 60_000, "units": 800, "dpi": 96}}
    with pytest.raises((UndrawnError, FailedError)):
        helpers.drawn("png", huge, LONG)
    assert helpers.drawn("svg", ORDER, LONG)


def test_what_nothing_here_draws_and_what_is_no_order_is_said(helpers: Helpers):
    with pytest.raises(NotDrawnError):
        helpers.drawn("svg", SANKEY, LONG)
    with pytest.raises(FailedError, match="KeyError"):
        helpers.drawn("svg", {}, LONG)
    (process,) = helpers.processes
    assert helpers.drawn("svg", ORDER, LONG)
    assert helpers.processes == [process]


def test_it_ends_with_the_server_however_that_ends():
    code = (
        "import sys, os, signal; from pages.drawing.helpers import Helpers; h = Helpers(); "
        f"h.drawn('svg', eval(sys.argv[1]), {LONG}); "
        "print(*h.processes, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, repr(ORDER)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    process = int(done.stdout)
    assert until(lambda: not running(process))


def test_as_a_service_it_draws_for_whoever_reaches_its_socket(
    helpers: Helpers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    service = Service(tmp_path / "drawing.sock", helpers)
    threading.Thread(target=service.run, daemon=True).start()
    monkeypatch.setenv("DASHBOARD_DRAWING", str(service.path))
    assert desk.drawn("svg", ORDER) == made.here("svg", ORDER)
    with pytest.raises(NotDrawnError):
        desk.drawn("svg", SANKEY)
    with pytest.raises(FailedError):
        desk.drawn("svg", {})
    # Who sends nothing, or no order, holds up nobody.
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(service.path))
        silent.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert desk.drawn("svg", ORDER)
    service._listening.shutdown(socket.SHUT_RDWR)
    monkeypatch.setenv("DASHBOARD_DRAWING", str(tmp_path / "nobody"))
    with pytest.raises(UndrawnError):
        desk.drawn("svg", ORDER)
