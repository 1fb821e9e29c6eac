"""What runs of pages cost the server, beside a minimal page of Streamlit, and how long readers wait."""

import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import asking
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers
from benchmarks.web.sessions import Session
from data.foundation import areas

PAGES = ("", "foerdermittel", "fallzahlen", "beratung", "zielerreichung", "gemeinde")
RUNS = 20
READERS = 50
PAUSE = 5.0  # seconds from choice to choice of a reader
SEEN = 0.7  # of what many readers choose has been chosen before
SECONDS = 60.0
PROMISES = (
    Promise("run-seen", "a page that somebody opened before, CPU of the server, costliest page",
            "a minimal page of Streamlit", at_most=3),
    Promise("run-new", "a page that nobody has opened, CPU of the server, costliest page",
            "a minimal page of Streamlit", at_most=8),
    Promise("fifty-readers", "50 readers who choose anew every 5 s, two servers, 95th percentile of a run",
            "one reader alone", at_most=3),
)  # fmt: skip


def figures(
    folder: Path,
    runs: int = RUNS,
    readers: int = READERS,
    seconds: float = SECONDS,
    pages: Sequence[str] = PAGES,
) -> Iterator[Figure]:
    """All from the demonstration as `make run` fills it. Raises RuntimeError if a server ends."""
    store = folder / "store"
    asking.fill(store)
    chance = random.Random(1)
    places = [area.code for area in areas.register().values() if area.level == areas.GEMEINDE]
    chance.shuffle(places)
    with servers.minimal(store) as minimal, servers.ours(store) as ours:
        least = min(cpu(minimal, "", [""] * runs) for _ in range(3))
        new, seen = {}, {}
        for page in pages:
            cpu(ours, page, _at(places[:2]))
            once = _at([places.pop() for _ in range(runs)])
            new[page], seen[page] = cpu(ours, page, once), cpu(ours, page, once)
    yield _dearest("run-seen", seen, least)
    yield _dearest("run-new", new, least)
    yield _many(store, places, readers, seconds)


def _at(codes: Sequence[str]) -> list[str]:
    return [f"area_code={code}" for code in codes]


def cpu(server: servers.Server, page: str, queries: Sequence[str]) -> float:
    """Processor seconds of a run, on average over one run for each address."""
    with Session(server.port) as session:
        session.run(page, "area_code=08")
        before = server.cpu
        for query in queries:
            session.run(page, query)
        return (server.cpu - before) / len(queries)


def _dearest(name: str, pages: dict[str, float], least: float) -> Figure:
    page = max(pages, key=lambda each: pages[each])
    beside = f"/{page}: {pages[page] * 1000:.0f} ms / {least * 1000:.0f} ms; median of {len(pages)} pages "
    return Figure(name, pages[page] / least, beside + f"{statistics.median(pages.values()) / least:.1f}")


def _many(store: Path, places: list[str], readers: int, seconds: float) -> Figure:
    known, new = _places(places[:4]), _places(places[4:])
    with servers.ours(store) as one, servers.ours(store) as other:
        for server in (one, other):
            with Session(server.port) as session:
                for page, query in known:
                    session.run(page, query)
        alone = _waited([Reader(one, known, new, 0)], seconds)
        many = [Reader((one, other)[number % 2], known, new, number) for number in range(readers)]
        together = _waited(many, seconds)
    limits = [statistics.quantiles(each, n=20)[-1] for each in (together, alone)]
    return Figure(
        "fifty-readers", limits[0] / limits[1], f"{limits[0]:.2f} s / {limits[1]:.2f} s, {len(together)} runs"
    )


def _places(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(page, query) for query in _at(codes) for page in PAGES]


class Reader(threading.Thread):
    """Somebody who chooses anew every few seconds, in one session of a server."""

    def __init__(
        self, server: servers.Server, known: list[tuple[str, str]], new: list[tuple[str, str]], number: int
    ) -> None:
        super().__init__()
        self.server, self.known, self.new = server, known, new
        self.chance = random.Random(number)
        self.until = 0.0
        self.waited: list[float] = []
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Read until it is time to stop."""
        time.sleep(self.chance.random() * PAUSE)
        try:
            with Session(self.server.port) as session:
                while not self.waited or time.monotonic() < self.until:
                    drawn = self.known if self.chance.random() < SEEN else self.new
                    took, _ = session.run(*self.chance.choice(drawn))
                    self.waited.append(took)
                    time.sleep(max(0.0, PAUSE - took))
        except BaseException as error:
            self.failed = error


def _waited(readers: Sequence[Reader], seconds: float) -> list[float]:
    """How long each run of all of them took. Raises RuntimeError if one of them got no page."""
    for reader in readers:
        reader.until = time.monotonic() + seconds
        reader.start()
    for reader in readers:
        reader.join()
    failed = [reader.failed for reader in readers if reader.failed]
    if failed:
        raise RuntimeError(f"{len(failed)} of {len(readers)} readers got no page: {failed[0]}") from failed[0]
    waited = [took for reader in readers for took in reader.waited]
    return waited if len(waited) > 1 else waited * 2  # a quantile needs two
