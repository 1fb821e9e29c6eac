"""Several deliveries in one command: two processes check and store them side by side."""

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import duckdb

from data.deliveries.handin import Imported, Progress, import_delivery
from data.deliveries.workbench import workbench
from data.settings import Settings

WORTH_A_PROCESS = 4  # deliveries; below, starting a process takes longer than it saves


def import_deliveries(
    paths: list[Path],
    settings: Settings,
    sender: str | None = None,
    reporting_date: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Imported]:
    """One result per path, in the order of the paths, which is also the order in which they replace each other.

    Tables handed in alone may refer to the delivery before them, so they are taken one by one.
    """
    start = time.time_ns()
    workers = min(len(paths), os.cpu_count() or 1)
    if workers < 2 or len(paths) < WORTH_A_PROCESS or sender:
        connection = workbench()
        for number, path in enumerate(paths):
            yield import_delivery(
                path, settings, sender, reporting_date, progress,
                connection=connection, handed_in_ns=start + number,
            )  # fmt: skip
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        yield from pool.map(_import, paths, [settings] * len(paths), range(start, start + len(paths)))


def _import(path: Path, settings: Settings, handed_in_ns: int) -> Imported:
    return import_delivery(path, settings, connection=_connection(), handed_in_ns=handed_in_ns)


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    return workbench(threads=1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
