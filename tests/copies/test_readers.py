"""Three readers behind nginx, as its example says, while releases come and go and readers die: no request
fails, and nobody is led from one release to another.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.copies import pulled
from data.releases.afterwards.withdrawals import Wish
from tests.browser.server import COMMAND, HERE
from tests.support import effort, proxies
from tests.support.handed_out import Publisher, at, end_embargo
from tests.support.proxies import PUBLIC as HOST
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

ROOT = Path(__file__).parents[2]
READERS = 3
PAUSE = effort.of(0, 4) or 0.4  # seconds between what happens


@dataclass
class Readers:
    """Processes of readers by their ports, each on a store of its own."""

    started: "subprocess.Popen[str]"
    ports: list[int]
    stores: list[Settings]
    pids: dict[int, int] = field(default_factory=dict)
    whole: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, number: int) -> None:
        if effort.LONG:
            self.pids[number] = self.started_whole(number)
            return
        self.started.stdin.write(f"{self.ports[number]} {self.stores[number].store}\n")
        self.started.stdin.flush()
        self.pids[number] = int(self.started.stdout.readline())
        proxies.listens(self.ports[number])

    def started_whole(self, number: int) -> int:
        """The dashboard itself, with its pages."""
        further = {"DASHBOARD_STORE": str(self.stores[number].store), "DASHBOARD_URL": f"https://{HOST}/dash"}
        port = str(self.ports[number])
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [sys.executable, *COMMAND, port, *HERE]
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | further, **quiet)
        self.whole.append(server)
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
                return server.pid
            time.sleep(0.1)
        raise RuntimeError("a reader did not start")

    def kill(self, number: int) -> None:
        os.kill(self.pids[number], signal.SIGKILL)

    def pull(self, url: str, *numbers: int) -> list[str]:
        """Of these readers; gives what went wrong."""
        wrong = []
        for number in numbers:
            try:
                pulled.pull(self.stores[number], url)
            except DashboardError as error:
                wrong.append(type(error).__name__)
        return wrong


@contextmanager
def readers(publisher: Publisher, folder: Path) -> Iterator[Readers]:
    stores = [Settings(folder / f"reader-{number}", "localhost", 0) for number in range(READERS)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked_readers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as started:
        found = Readers(started, [proxies.free() for _ in stores], stores)
        try:
            assert found.pull(publisher.url, 0, 1, 2) == []
            for number in range(READERS):
                found.start(number)
            yield found
        finally:
            started.terminate()
            for each in found.whole:
                each.kill()
                each.wait()


@dataclass
class Client(threading.Thread):
    """Somebody with a browser of their own, who follows where they are led: what was answered, of what."""

    proxy: proxies.Proxy
    name_of: str
    until: threading.Event
    answers: list[tuple[str, int, str]] = field(default_factory=list)
    failed: BaseException | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            while not self.until.is_set():
                self.once()
        except BaseException as error:
            self.failed = error

    def once(self) -> None:
        """One session: the newest, and then everything of that one."""
        path = f"/dash/daten/caseload_active.csv?area_code={ULM}&period=2018"
        status, head, _ = self.proxy.ask(HOST, path, User_Agent=self.name_of)
        led = re.search(r"release=([\w.-]+)", head)
        if not led:
            self.answers.append((path, status, "led nowhere"))
            return
        for kind in ("daten/caseload_active.csv", "satz/caseload_active.txt", "satz/caseload_active.json"):
            path = f"/dash/{kind}?area_code={ULM}&period=2018&release={led[1]}"
            status, head, text = self.proxy.ask(HOST, path, User_Agent=self.name_of)
            self.answers.append((path, status, led[1] if status == 410 or led[1] in head + text else head))
            time.sleep(0.02)


@dataclass
class Visitor(threading.Thread):
    """Somebody with an open page, who chooses anew every now and then: which release each run was of, by
    sessions. When a session ends they are back at once, as a browser is.
    """

    proxy: proxies.Proxy
    name_of: str
    until: threading.Event
    sessions: list[list[str]] = field(default_factory=list)
    failed: BaseException | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            while not self.until.is_set():
                with suppress(ConnectionClosed):
                    self.visit()
        except BaseException as error:
            self.failed = error

    def visit(self) -> None:
        self.sessions.append([])
        plain = socket.create_connection(("127.0.0.1", self.proxy.port), timeout=30)
        with connect(
            f"wss://{HOST}/dash/_stcore/stream",
            sock=plain,
            ssl=self.proxy.trust,
            origin=f"https://{HOST}",
            user_agent_header=self.name_of,
            subprotocols=["streamlit"],
            max_size=None,
        ) as opened:
            while not self.until.is_set():
                asked = BackMsg()
                asked.rerun_script.page_name = "fallzahlen"
                asked.rerun_script.page_script_hash = calc_hash("fallzahlen")
                asked.rerun_script.query_string = f"area_code={ULM}"
                opened.send(asked.SerializeToString())
                told = ""
                for message in opened:
                    part = ForwardMsg.FromString(message)
                    told += str(part.delta)
                    if part.WhichOneof("type") == "script_finished":
                        if part.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                            break
                        told = ""  # it was stopped for another run
                # As protobuf writes it: the letter before is two bytes, and a page escapes dashes.
                found = re.search(r"ffentlichung (\S+) vom", told)
                self.sessions[-1].append(found[1].replace("\\", "") if found else told[-500:])
                time.sleep(0.2)


@pytest.mark.long
def test_no_request_fails_and_no_session_is_of_two_releases(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pulled, "TOGETHER", timedelta(seconds=effort.of(3, 15)))
    with (
        readers(publisher, tmp_path) as found,
        proxies.running(
            "nginx", tmp_path / "nginx", [0], 0, site="nginx-readers", readers=found.ports
        ) as proxy,
    ):
        shown_by_all(publisher)
        over = threading.Event()
        clients = [Client(proxy, f"browser {number}", over) for number in range(5)]
        visitors = [Visitor(proxy, f"visitor {number}", over) for number in range(6 if effort.LONG else 0)]
        for each in (*clients, *visitors):
            each.start()
        try:
            story(publisher, found)
        finally:
            over.set()
            for each in (*clients, *visitors):
                each.join(30)
        clients.append(Client(proxy, "who comes last", over))
        clients[-1].once()
    assert [each.failed for each in (*clients, *visitors) if each.failed] == []
    answers = [each for client in clients for each in client.answers]
    wrong = [each for each in answers if each[1] != 200 or f"release={each[2]}" not in each[0]]
    # What is withdrawn is gone for whoever was led to it just before, and for nobody else.
    assert [each for each in wrong if (each[1], each[2]) != (410, EMBARGOED)] == []
    assert {each[2] for each in answers} == {NEWEST, EMBARGOED}
    assert {each[2] for each in clients[-1].answers} == {NEWEST}
    assert len(answers) > 20
    # An open page changes its release in one case alone: it is withdrawn.
    sessions = [session for each in visitors for session in each.sessions]
    seen = [list(dict.fromkeys(each)) for each in sessions]
    assert [each for each in seen if len(each) > 1 and each != [EMBARGOED, NEWEST]] == []
    if visitors:
        assert {release for each in sessions for release in each} == {NEWEST, EMBARGOED}
        assert len(sessions) > len(visitors), "some lost their reader"


def shown_by_all(publisher: Publisher) -> None:
    """Wait until copies show what came out when this test began, as they do together a while afterwards."""
    (newest,) = [each for each in shelf.entries(publisher.settings.store) if each.name == NEWEST]
    then = max(newest.created_at, newest.serves_from) + pulled.TOGETHER
    time.sleep(max(0.0, (then - datetime.now(UTC)).total_seconds()))


def story(publisher: Publisher, found: Readers) -> None:
    """A release comes out; its file is damaged and forged on the way; a reader that has it dies and comes
    back; the release is withdrawn while another reader is away.
    """
    time.sleep(0.3)
    end_embargo(publisher.settings, EMBARGOED)
    right = publisher.publish().answers
    _, headers, body = right[at(EMBARGOED)]
    for bad in (body[:-1] + b"x", body[:1000], right[at(OLD)][2]):
        publisher.answers = right | {at(EMBARGOED): (200, headers, bad)}
        assert len(found.pull(publisher.url, 0, 1)) == 2
    publisher.answers = right
    together = shelf.entries(publisher.settings.store)[-1].serves_from + pulled.TOGETHER
    for number in range(READERS):
        assert found.pull(publisher.url, number) == []
        shown = shelf.open_to_readers(found.stores[number].store)[-1].name
        assert shown == NEWEST or datetime.now(UTC) >= together
    time.sleep(max(0.0, (together - datetime.now(UTC)).total_seconds()) + 0.3)
    assert {shelf.open_to_readers(each.store)[-1].name for each in found.stores} == {EMBARGOED}
    found.kill(0)
    time.sleep(PAUSE)
    found.start(0)
    time.sleep(PAUSE)
    found.kill(1)
    withdrawals.carry_out(publisher.settings, Wish(EMBARGOED, "Falsch."))
    publisher.publish()
    assert found.pull(publisher.url, 0, 1, 2) == []
    found.start(1)
    time.sleep(0.5)
