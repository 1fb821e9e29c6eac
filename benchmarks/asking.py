"""How fast every question of every page is answered when its answer is not kept from before."""

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.measured import Parts
from benchmarks.promises import Figure, Promise
from data import publish
from data.access.rights import PUBLIC
from data.foundation import areas
from data.foundation.steps import Step
from data.questions import catalogue
from data.questions.filters import Filters
from data.releases import preview

ROOT = Path(__file__).parent.parent
PART = re.compile(r"\d/\d (\w+)")  # as a line of its progress begins: 1/3 write: lra-ulm: 10 of 44
ASKED = 20  # times every question
PROMISES = (
    Promise("asking-median", "one question of the demonstration, median", unit="ms", at_most=5),
    Promise("asking-95th", "one question of the demonstration, 95th percentile", unit="ms", at_most=20),
)


def figures(folder: Path, times: int = ASKED) -> Iterator[Figure]:
    """Both figures from the demonstration as `make run` fills it."""
    store = folder / "store"
    fill(store)
    for promise, milliseconds in zip(PROMISES, milliseconds_of(store, times), strict=True):
        yield Figure(promise.id, milliseconds)


def fill(store: Path) -> str:
    """The demonstration into a new store, with the command that `make run` begins with.

    Returns how many seconds each part of it took. Raises CalledProcessError.
    """
    command = [sys.executable, "-m", "data", "demo", "--prepare"]
    parts = Parts()
    environment = os.environ | {"DASHBOARD_STORE": str(store)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as filling:
        hear(filling.stderr or (), parts)
    if filling.returncode:
        raise subprocess.CalledProcessError(filling.returncode, command)
    return parts.told


def hear(lines: Iterable[str], parts: Parts) -> None:
    """The parts of which the lines of that command tell, as they come."""
    for line in lines:
        if found := PART.match(line):
            parts(Step(found[1]))


def milliseconds_of(store: Path, times: int = ASKED) -> tuple[float, float]:
    """Median and 95th percentile over all questions, each asked of places and periods drawn by chance."""
    os.environ["DASHBOARD_STORE"] = str(store)
    chance = random.Random(1)
    codes = tuple(areas.register())
    periods = publish.ask("frame/periods", Filters(), PUBLIC).column("period")
    found = []
    for _ in range(times):
        for name in catalogue.public():
            chosen = Filters(chance.choice(codes), None, str(chance.choice(periods)))
            preview._answer.cache_clear()
            start = time.perf_counter()
            publish.ask(name, chosen, PUBLIC)
            found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]
