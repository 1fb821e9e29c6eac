"""What one to three processes of readers serve, each on a copy that was pulled: files, pages, and how long
they take; what a run and an open page cost. `docs/many-readers.md` reckons with these figures.
"""

import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import asking
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers
from benchmarks.web.runs import PAGES
from benchmarks.web.sessions import Session
from data.foundation import areas
from data.releases import shelf
from data.releases.afterwards.copies import pulled

MOST = 3
SECONDS = 15.0
CLIENTS = 8  # at once, whatever the number of readers
OPEN = 100  # pages, for their memory
KINDS = ("daten/caseload_active.csv", "satz/caseload_active.json", "bild/caseload_active.svg")
PULLED = Promise("readers-pull", "the first pull of a copy, from start to end, loopback", unit="s")
FILES = [
    Promise(f"readers-files-{n}", f"files and pictures that were asked for before, {n} of {MOST} readers",
            unit="/s")
    for n in range(1, MOST + 1)
]  # fmt: skip
RUNS = [
    Promise(f"readers-runs-{n}", f"runs of pages, seven of ten seen before, {n} of {MOST} readers", unit="/s")
    for n in range(1, MOST + 1)
]
MEMORY = Promise("readers-memory", "memory of a reader for one more open page", unit="MB")
PROMISES = (PULLED, *FILES, *RUNS, MEMORY)


@dataclass
class Load:
    """Work that several threads repeat for some seconds: how long each took, and how often it failed."""

    work: Callable[[int, random.Random], None]
    seconds: float
    waited: list[float] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def run(self, clients: int = CLIENTS) -> float:
        """How many a second. Raises RuntimeError where one failed."""
        began = time.monotonic()
        threads = [threading.Thread(target=self._repeat, args=(number, began)) for number in range(clients)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        if self.failed:
            raise RuntimeError(
                f"{len(self.failed)} clients got no answer: {self.failed[0]}"
            ) from self.failed[0]
        return len(self.waited) / (time.monotonic() - began)

    @property
    def p95(self) -> float:
        """Seconds that one of twenty waits longer than."""
        return statistics.quantiles([*self.waited, *self.waited], n=20)[-1]

    def _repeat(self, number: int, began: float) -> None:
        chance = random.Random(number)
        try:
            while time.monotonic() - began < self.seconds:
                start = time.perf_counter()
                self.work(number, chance)
                self.waited.append(time.perf_counter() - start)
        except BaseException as error:
            self.failed.append(error)


def figures(folder: Path, seconds: float = SECONDS, most: int = MOST, pages: int = OPEN) -> Iterator[Figure]:
    """From the demonstration as `make run` fills it. Raises RuntimeError where an address is not answered."""
    store = folder / "store"
    asking.fill(store)
    copies = [folder / f"reader-{number}" for number in range(most)]
    with servers.ours(store) as publisher:
        took, size = _pulled(copies[0], publisher.address)
    yield Figure(PULLED.id, took, f"{size / 1e6:,.0f} MB")
    for other in copies[1:]:
        shutil.copytree(copies[0], other)
    chance = random.Random(1)
    places = [area.code for area in areas.register().values() if area.level == areas.GEMEINDE]
    chance.shuffle(places)
    _shown(copies[0])
    yield from _each(copies, places, seconds, pages)


def _each(copies: Sequence[Path], places: list[str], seconds: float, pages: int) -> Iterator[Figure]:
    known, new = places[:20], places[20:]
    with ExitStack() as stack:
        ours: list[servers.Server] = []
        for copy in copies:
            ours.append(stack.enter_context(servers.ours(copy)))
            _warmed(ours[-1], copy, known)
            if len(ours) == 1:  # before any load, of which it would keep room
                yield _open(ours[-1], known, pages)
            yield _files(ours, copy, known, seconds)
            yield _runs(ours, known, new, seconds)


def _shown(copy: Path) -> None:
    """Wait until copies show the release, which they do together a while after it came out."""
    (release,) = shelf.entries(copy)
    then = max(release.created_at, release.serves_from) + pulled.TOGETHER
    time.sleep(max(0.0, (then - datetime.now(UTC)).total_seconds()))


def _pulled(store: Path, address: str) -> tuple[float, int]:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "data", "pull", address],
        cwd=servers.ROOT,
        env=os.environ | {"DASHBOARD_STORE": str(store)},
        check=True,
        capture_output=True,
    )
    took = time.perf_counter() - began
    return took, sum(path.stat().st_size for path in store.rglob("*") if path.is_file())


def _warmed(server: servers.Server, store: Path, known: Sequence[str]) -> None:
    """Whoever came before has asked for these."""
    for code in known:
        for kind in KINDS:
            _patiently(server, _address(store, kind, code))
    with Session(server.port) as session:
        for code in known[:4]:
            for page in PAGES:
                session.run(page, f"area_code={code}")


def _patiently(server: servers.Server, address: str, tries: int = 10) -> None:
    """The first time a picture is drawn, which a busy machine is not always done with in ten seconds."""
    for left in reversed(range(tries)):
        try:
            _got(server, address)
            return
        except RuntimeError:
            if not left:
                raise
            time.sleep(2)


def _files(ours: Sequence[servers.Server], store: Path, known: Sequence[str], seconds: float) -> Figure:
    addresses = [_address(store, kind, code) for code in known for kind in KINDS]
    load = Load(lambda number, chance: _got(ours[number % len(ours)], chance.choice(addresses)), seconds)
    rate, cost = _costs(load, ours)
    beside = f"p95 {load.p95 * 1000:.0f} ms, {cost * 1000:.1f} ms of a core each"
    return Figure(FILES[len(ours) - 1].id, rate, beside)


def _runs(ours: Sequence[servers.Server], known: Sequence[str], new: list[str], seconds: float) -> Figure:
    with ExitStack() as stack:
        sessions = [stack.enter_context(Session(ours[n % len(ours)].port)) for n in range(CLIENTS)]

        def run(number: int, chance: random.Random) -> None:
            code = chance.choice(known[:4]) if chance.random() < 0.7 else new.pop()
            sessions[number].run(chance.choice(PAGES), f"area_code={code}")

        load = Load(run, seconds)
        rate, cost = _costs(load, ours)
    beside = f"p95 {load.p95:.2f} s with {CLIENTS} at once, {cost * 1000:.0f} ms of a core each"
    return Figure(RUNS[len(ours) - 1].id, rate, beside)


def _costs(load: Load, ours: Sequence[servers.Server]) -> tuple[float, float]:
    """How many a second, and the processor seconds of all readers for each."""
    before = sum(each.cpu for each in ours)
    rate = load.run()
    return rate, (sum(each.cpu for each in ours) - before) / len(load.waited)


def _open(server: servers.Server, known: Sequence[str], pages: int) -> Figure:
    before = _resident(server)
    with ExitStack() as stack:
        for number in range(pages):
            session = stack.enter_context(Session(server.port))
            session.run(PAGES[number % len(PAGES)], f"area_code={known[number % 4]}")
        after = _resident(server)
    return Figure(MEMORY.id, (after - before) / pages, f"{before:,.0f} MB without, {pages} open at once")


def _resident(server: servers.Server) -> float:
    pages = int(Path(f"/proc/{server.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _address(store: Path, kind: str, code: str) -> str:
    """With its release, as the address of a file is when it was led there."""
    listed = json.loads((store / "releases" / "published.json").read_text(encoding="utf-8"))
    return f"/{kind}?{urlencode({'area_code': code, 'release': listed[-1]['name']})}"


def _got(server: servers.Server, address: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} was answered with {answer.status}")
    finally:
        connection.close()
