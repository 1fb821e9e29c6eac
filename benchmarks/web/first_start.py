"""How long the first `make run` takes once everything is installed, until the first page shows a figure."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from benchmarks import asking
from benchmarks.measured import Parts
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers
from benchmarks.web.sessions import Session

PROMISES = (
    Promise(
        "first-start",
        "first start, from installed to the first page: demonstration handed in, released, attacked, served",
        unit="s",
        at_most=50,
    ),
)


def figures(folder: Path) -> Iterator[Figure]:
    """`make run`, both of its servers too, and a reader who opens its address as soon as it answers.

    Raises RuntimeError if it ends, or if the page ends without a figure.
    """
    start = time.perf_counter()
    with _made(folder / "store") as (port, parts), Session(port) as session:
        _, sent = session.run("", "")
        seconds = time.perf_counter() - start
    if not any('class="tile"' in said.delta.new_element.html.body for said in sent):
        raise RuntimeError("the first page ended without a figure")
    yield Figure("first-start", seconds, parts or "nothing to do")


@contextmanager
def _made(store: Path) -> Iterator[tuple[int, str]]:
    """`make run` on this store, once it answers: at which port, and how long each part of filling it took."""
    port, parts = servers.free(), Parts()
    places = {"DASHBOARD_STORE": str(store), "DASHBOARD_ADDRESS": "127.0.0.1", "DASHBOARD_PORT": str(port)}
    bins, inside = f"BIN={Path(sys.executable).parent}", f"INTERNAL_PORT={servers.free()}"
    running = subprocess.Popen(
        ["make", "-o", ".venv/run", "run", bins, inside],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=servers.ROOT,
        env=os.environ | places,
        text=True,
        start_new_session=True,
    )
    # To its end, or it would wait for somebody who reads.
    reading = Thread(target=asking.hear, args=(running.stderr, parts))
    reading.start()
    try:
        servers.wait(running, f"http://127.0.0.1:{port}/_stcore/health")
        yield port, parts.told
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=20)
        reading.join()
