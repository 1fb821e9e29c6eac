"""How a release grows with what it is made from, and how fast a large one answers."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks import asking, units
from benchmarks.deviations import KEYS
from benchmarks.measured import Parts
from benchmarks.promises import Figure, Promise
from data.foundation.parameters import Parameters
from data.releases import database, shelf
from data.warehouse.build import REFERENCE

CASES = (100_000, 1_000_000)
SMALLER, LARGER = (f"{cases * units.GOALS:,} goals" for cases in CASES)
ASKED = f"one question of a release of {LARGER}"
PROMISES = (
    Promise("release", f"release of {CASES[0]:,} cases and {SMALLER}", unit="s", at_most=21),
    Promise("release-growth", f"release of {LARGER}", f"the same of {SMALLER}", at_most=10),
    Promise("release-median", f"{ASKED}, median", "the same of the demonstration", at_most=1.2),
    Promise("release-95th", f"{ASKED}, 95th percentile", "the same of the demonstration", at_most=1.2),
)


def figures(folder: Path, cases: tuple[int, int] = CASES) -> Iterator[Figure]:
    """A release, one of more, and the questions that the larger one answers."""
    seconds, cells, parts = _released(folder / "smaller", cases[0])
    yield Figure("release", seconds, f"{cells:,} cells; {parts}")
    longer, cells, _ = _released(folder / "larger", cases[1])
    yield Figure("release-growth", longer / seconds, f"{longer:.1f} s / {seconds:.1f} s, {cells:,} cells")
    asking.fill(folder / "demonstration")
    small, large = (asking.milliseconds_of(folder / name) for name in ("demonstration", "larger"))
    for name, one, other in zip(("release-median", "release-95th"), small, large, strict=True):
        yield Figure(name, other / one, f"{other:.1f} ms / {one:.1f} ms")


def _released(store: Path, cases: int) -> tuple[float, int, str]:
    """Seconds for a release without its attacks, the cells that it holds, and the seconds of each part."""
    store.mkdir(parents=True)
    stored = units.stored(store, cases, REFERENCE / "areas.csv")
    path = shelf.database(store, "bench")
    path.parent.mkdir(parents=True)
    parts, start = Parts(), time.perf_counter()
    series = database.Series(KEYS, Parameters())
    database.write(path, lambda newest: "bench", stored, series, parts)
    seconds, told = time.perf_counter() - start, parts.told
    now = datetime.now(UTC)
    shelf.publish(store, shelf.Entry("bench", now, now))
    counted = [each for each in database.listed_tables().values() if each.counts]
    with duckdb.connect(str(path), read_only=True) as connection:
        number = 0
        for each in counted:
            (rows,) = connection.execute(f"select count(*) from marts.{each.name}").fetchall()[0]
            number += rows * len(each.counts)
    return seconds, number, told
