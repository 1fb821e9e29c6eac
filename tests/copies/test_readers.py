"""Three readers behind nginx, as its example says, while releases come and go and readers die: no request
fails, and nobody is led from one release to another.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.copies import pulled
from data.releases.afterwards.withdrawals import Wish
from tests.support import proxies
from tests.support.handed_out import Publisher, at, end_embargo
from tests.support.proxies import PUBLIC as HOST
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

ROOT = Path(__file__).parents[2]
READERS = 3


@dataclass
class Readers:
    """Processes of readers by their ports, each on a store of its own."""

    started: "subprocess.Popen[str]"
    ports: list[int]
    stores: list[Settings]
    pids: dict[int, int] = field(default_factory=dict)

    def start(self, number: int) -> None:
        self.started.stdin.write(f"{self.ports[number]} {self.stores[number].store}\n")
        self.started.stdin.flush()
        self.pids[number] = int(self.started.stdout.readline())
        proxies.listens(self.ports[number])

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
        try:
            found = Readers(started, [proxies.free() for _ in stores], stores)
            assert found.pull(publisher.url, 0, 1, 2) == []
            for number in range(READERS):
                found.start(number)
            yield found
        finally:
            started.terminate()


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


def test_no_request_fails_and_no_session_is_of_two_releases(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pulled, "TOGETHER", timedelta(seconds=4))
    with (
        readers(publisher, tmp_path) as found,
        proxies.running(
            "nginx", tmp_path / "nginx", 0, 0, site="nginx-readers", readers=found.ports
        ) as proxy,
    ):
        over = threading.Event()
        clients = [Client(proxy, f"browser {number}", over) for number in range(5)]
        for each in clients:
            each.start()
        try:
            story(publisher, found)
        finally:
            over.set()
            for each in clients:
                each.join(30)
        clients.append(Client(proxy, "who comes last", over))
        clients[-1].once()
    assert [each.failed for each in clients] == [None] * len(clients)
    answers = [each for client in clients for each in client.answers]
    wrong = [each for each in answers if each[1] != 200 or f"release={each[2]}" not in each[0]]
    # What is withdrawn is gone for whoever was led to it just before, and for nobody else.
    assert [each for each in wrong if (each[1], each[2]) != (410, EMBARGOED)] == []
    assert {each[2] for each in answers} == {NEWEST, EMBARGOED}
    assert {each[2] for each in clients[-1].answers} == {NEWEST}
    assert len(answers) > 20


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
    for number in range(READERS):
        assert found.pull(publisher.url, number) == []
        assert shelf.open_to_readers(found.stores[number].store)[-1].name == NEWEST
    until = shelf.entries(found.stores[0].store)[-1].shown_from
    time.sleep((until - datetime.now(UTC)).total_seconds() + 0.3)
    assert {shelf.open_to_readers(each.store)[-1].name for each in found.stores} == {EMBARGOED}
    found.kill(0)
    time.sleep(0.5)
    found.start(0)
    time.sleep(0.3)
    found.kill(1)
    withdrawals.carry_out(publisher.settings, Wish(EMBARGOED, "Falsch."))
    publisher.publish()
    assert found.pull(publisher.url, 0, 1, 2) == []
    found.start(1)
    time.sleep(0.5)
