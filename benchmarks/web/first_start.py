"""How long the first `make run` takes once everything is installed, until the first page shows a figure."""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import asking
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers
from benchmarks.web.sessions import Session

PROMISES = (
    Promise(
        "first-start",
        "first start, from installed to the first page: demonstration handed in, released, attacked, served",
        unit="s",
        at_most=60,
    ),
)


def figures(folder: Path) -> Iterator[Figure]:
    """What `make run` does, in its order, and then a reader who opens its address.

    Raises RuntimeError if the server ends, or if the page ends without a figure.
    """
    store = folder / "store"
    start = time.perf_counter()
    parts = asking.fill(store)
    filled = time.perf_counter()
    with servers.ours(store) as server, Session(server.port) as session:
        _, sent = session.run("", "")
        seconds = time.perf_counter() - start
    if not any('class="tile"' in said.delta.new_element.html.body for said in sent):
        raise RuntimeError("the first page ended without a figure")
    yield Figure(
        "first-start", seconds, f"{filled - start:.1f} s of it before the server: {parts or 'nothing to do'}"
    )
