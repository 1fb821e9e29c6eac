"""Several deliveries in one command: two processes check and store them side by side."""

import atexit
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import duckdb

from data.deliveries.checking.workbench import workbench
from data.deliveries.handin.results import Imported
from data.deliveries.handin.work import HandIn, import_delivery
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
    handin: HandIn = HandIn(),
    progress: Progress | None = None,
) -> Iterator[Imported]:
    """One result per path, in the order of the paths: later ones replace earlier ones of the same date.

    `handin` is the same for all. Tables handed in alone may refer to the delivery before them, so they are
    taken one by one.
    """
    start = time.time_ns()
    in_order = [replace(handin, handed_in_ns=start + number) for number in range(len(paths))]
    workers = min(len(paths), os.cpu_count() or 1)
    if workers < 2 or len(paths) < WORTH_A_PROCESS or handin.sender:
        with closing(workbench()) as connection:
            for path, each in zip(paths, in_order, strict=True):
                yield import_delivery(path, settings, each, progress, connection=connection)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _end_with_parent, (os.getpid(),)) as pool:
        try:
            yield from pool.map(partial(_import, settings), paths, in_order)
        except BrokenProcessPool as error:
            raise ImportStoppedError() from error


def _import(settings: Settings, path: Path, handin: HandIn) -> Imported:
    return import_delivery(path, settings, handin, connection=_connection())


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
