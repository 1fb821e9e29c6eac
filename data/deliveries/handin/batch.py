"""Several deliveries in one command: two processes check and store them side by side."""

import atexit
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path

import duckdb

from data.deliveries.checking.workbench import workbench
from data.deliveries.format.profile import Profile
from data.deliveries.handin.results import Imported
from data.deliveries.handin.work import import_delivery
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress

SECONDS_TO_NOTICE = 0.5
WORTH_A_PROCESS = 4  # deliveries; below, starting a process takes longer than it saves


class ImportStoppedError(DashboardError):
    """A process of an import was ended from outside, for want of memory for example."""

    def __str__(self) -> str:
        return (
            "The import was stopped from outside (out of memory?). Every delivery is in the store as a whole "
            "or not at all: `python -m data status` lists them. Start the same import again."
        )


def import_deliveries(
    paths: list[Path],
    settings: Settings,
    sender: str | None = None,
    reporting_date: str | None = None,
    progress: Progress | None = None,
    *,
    confirm: str | None = None,
    by: str = "",
    with_rows: bool = False,
    profile: Profile | None = None,
) -> Iterator[Imported]:
    """One result per path, in the order of the paths: later ones replace earlier ones of the same date.

    Tables handed in alone may refer to the delivery before them, so they are taken one by one. `confirm`,
    `by`, `with_rows` and `profile` are those of `import_delivery`, the same for all.
    """
    one = partial(import_delivery, confirm=confirm, by=by, with_rows=with_rows, profile=profile)
    start = time.time_ns()
    workers = min(len(paths), os.cpu_count() or 1)
    if workers < 2 or len(paths) < WORTH_A_PROCESS or sender:
        with closing(workbench()) as connection:
            for number, path in enumerate(paths):
                yield one(
                    path, settings, sender, reporting_date, progress,
                    connection=connection, handed_in_ns=start + number,
                )  # fmt: skip
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _end_with_parent, (os.getpid(),)) as pool:
        try:
            work = partial(_import, one, settings)
            yield from pool.map(work, paths, range(start, start + len(paths)))
        except BrokenProcessPool as error:
            raise ImportStoppedError() from error


def _import(one: Callable[..., Imported], settings: Settings, path: Path, handed_in_ns: int) -> Imported:
    return one(path, settings, connection=_connection(), handed_in_ns=handed_in_ns)


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    connection = workbench(threads=1)
    atexit.register(connection.close)  # DuckDB complains of connections that outlive the interpreter
    return connection


def _end_with_parent(parent: int) -> None:
    """A killed import leaves no process behind, not even one that was just starting."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(stop, parent), daemon=True)
    thread.start()
    atexit.register(thread.join)  # what is registered last is done first
    atexit.register(stop.set)


def _watch(stop: threading.Event, parent: int) -> None:
    while not stop.wait(SECONDS_TO_NOTICE):
        if os.getppid() != parent:
            os._exit(1)
