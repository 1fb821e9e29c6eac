"""How a release grows with what it is made from, what deviating costs, and how fast it answers."""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks import units
from benchmarks.measured import Line, compared, in_turns
from data import areas, catalogue, publish
from data.disclosure.parameters import Parameters
from data.disclosure.tables import table
from data.filters import Filters
from data.publish import Audience
from data.releases import asked, cells, file, shelf
from data.releases.secrets import Keys
from data.warehouse import REFERENCE

CASES = (100_000, 1_000_000)
CELLS = 5_000_000
KEYS = Keys(b"a" * 32, b"b" * 32)
PROBE = "-- key: cell\n-- counts: number\n-- audience: public\nselect 1"
ASKED = 20  # times every question


def lines(folder: Path) -> Iterator[Line]:
    """Building, deviating, asking."""
    yield _deviating()
    smaller: tuple[float, int] | None = None
    for cases in CASES:
        store = folder / str(cases)
        seconds, number = _released(store, cases)
        of = f"release of {cases:,} cases and {cases * units.GOALS:,} goals, {number:,} cells"
        ratio = (
            f"{seconds / smaller[0]:.1f} × the time, {cases / CASES[0]:.0f} × the goals" if smaller else ""
        )
        yield Line(of, f"{seconds:.1f} s", "", ratio, "linear")
        smaller = (seconds, number)
    shown = folder / "demonstration"
    command = [sys.executable, "-m", "data", "demo", "--prepare"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"DASHBOARD_STORE": str(shown)})
    small, large = (_asked(store) for store in (shown, folder / str(CASES[-1])))
    for name, one, other, limit in zip(("median", "95th percentile"), small, large, (5, 20), strict=True):
        yield Line(
            f"one question of the larger release, {name}, against the demonstration",
            f"{other:.1f} ms", f"{one:.1f} ms", f"{other / one:.2f}", f"≤ {limit} ms, ≤ 1.2",
        )  # fmt: skip


def _deviating() -> Line:
    """5 million cells with ten records each: counting them with DuckDB, and giving each its deviation."""
    with duckdb.connect() as connection:
        for schema in ("marts", "reference", "perturbed"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            f"create table records as select hash(i) % {CELLS} as cell, hash(i, 1) % 4294967296 as key "
            f"from range({CELLS * 10}) as records(i)"
        )

        def count() -> None:
            connection.execute(
                "create or replace table marts.probe as select cell, "
                "(count(*) << 32 | (sum(key) % 4294967296)::bigint) as number from records group by cell"
            )

        def deviate() -> None:
            connection.execute("drop table if exists reference.released")
            connection.execute("drop table if exists perturbed.probe")
            cells.deviate(connection, [table("probe", PROBE)], KEYS.k2, Parameters())

        counting, deviating = in_turns(count, deviate, rounds=2)
    return compared(f"deviating {CELLS:,} cells / counting them", deviating, counting, "< 3")


def _released(store: Path, cases: int) -> tuple[float, int]:
    store.mkdir(parents=True)
    stored = units.stored(store, cases, REFERENCE / "areas.csv")
    path = shelf.database(store, "bench")
    path.parent.mkdir(parents=True)
    start = time.perf_counter()
    file.write(path, lambda newest: "bench", stored, KEYS, Parameters(), lambda step: None)
    seconds = time.perf_counter() - start
    now = datetime.now(UTC)
    shelf.publish(store, shelf.Entry("bench", now, now))
    counted = [each for each in file.tables().values() if each.counts]
    with duckdb.connect(str(path), read_only=True) as connection:
        number = 0
        for each in counted:
            (rows,) = connection.execute(f"select count(*) from marts.{each.name}").fetchall()[0]
            number += rows * len(each.counts)
    return seconds, number


def _asked(store: Path) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds over every question of every page; no answer is kept."""
    os.environ["DASHBOARD_STORE"] = str(store)
    chance = random.Random(1)
    codes = tuple(areas.register())
    periods = publish.ask("frame/periods", Filters(), Audience.PUBLIC).column("period")
    found = []
    for _ in range(ASKED):
        for name in catalogue.names():
            chosen = Filters(chance.choice(codes), None, str(chance.choice(periods)))
            asked._answer.cache_clear()
            start = time.perf_counter()
            publish.ask(name, chosen, Audience.PUBLIC)
            found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]
