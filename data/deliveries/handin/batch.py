"""Several deliveries in one command: two processes check and store them side by side."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from data.deliveries.handin import isolated
from data.deliveries.handin.results import Imported
from data.deliveries.handin.work import HandIn
from data.foundation.processes import apart
from data.foundation.settings import Settings
from data.foundation.steps import Progress

WORTH_A_PROCESS = 4  # deliveries; below, starting another process takes longer than it saves


def import_deliveries(
    paths: list[Path],
    settings: Settings,
    handin: HandIn = HandIn(),
    progress: Progress | None = None,
) -> Iterator[Imported]:
    """One result per path, in the order of the paths: later ones replace earlier ones of the same date.

    `handin` is the same for all. Tables handed in alone may refer to the delivery before them, so they are
    taken one by one. What ends the process of one delivery is a finding about that one.
    """
    start = time.time_ns()
    in_order = [replace(handin, handed_in_ns=start + number) for number in range(len(paths))]
    workers = min(len(paths), os.cpu_count() or 1)
    if workers < 2 or len(paths) < WORTH_A_PROCESS or handin.sender:
        for path, each in zip(paths, in_order, strict=True):
            yield isolated.import_delivery(path, settings, each, progress)
        return

    def one(path: Path, each: HandIn) -> Imported:
        return isolated.import_delivery(path, settings, each, threads=1)

    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(one, paths, in_order)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            apart.stop()
            raise
