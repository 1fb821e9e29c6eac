"""The hand-in in a process of its own: whatever a library does with a file becomes one finding.

All of it runs there, receiving, reading, checking, packing: nobody else opens files from outside. What comes
back is what was found out. The work itself is `work.import_delivery` and the like, also for those who hand in
what they wrote themselves. Several are handed in side by side, by two processes where that saves time.
"""

import atexit
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from data.deliveries.checking.workbench import workbench
from data.deliveries.format.findings import Group, Place, group, phrase
from data.deliveries.format.names import readable
from data.deliveries.format.sender import Given
from data.deliveries.handin import acceptance, uploads, work
from data.deliveries.handin.results import Imported
from data.deliveries.handin.waiting import Examined
from data.deliveries.handin.work import HandIn
from data.deliveries.profiles import proposing
from data.deliveries.profiles.proposal import Proposal
from data.deliveries.store.incoming import incoming
from data.deliveries.store.unusable import StoreError, clearly
from data.foundation import apart
from data.foundation.apart import Bounds, EndedError
from data.foundation.languages import Texts
from data.foundation.settings import Settings
from data.foundation.steps import Progress

Result = TypeVar("Result")
ENDED = "reader-ended"
STORES = "store"  # the stage in which a delivery may already be in the store when its process ends
WORTH_A_PROCESS = 4  # deliveries; below, starting another process takes longer than it saves


class NotReadToItsEndError(proposing.NotReceivedError):
    """The process that read files for a proposal ended."""


def import_delivery(
    path: Path,
    settings: Settings,
    handin: HandIn = HandIn(),
    progress: Progress | None = None,
    threads: int | None = None,
) -> Imported:
    """`work.import_delivery` in a process of its own; a fault of the rule `reader-ended` if that ends.

    `threads` of DuckDB, where several are handed in side by side.
    """
    try:
        return attempt(path, settings, handin, progress, threads)
    except EndedError as ended:
        return refused(path, settings, handin, _said(ended, readable(path.name), settings))


def attempt(
    path: Path,
    settings: Settings,
    handin: HandIn = HandIn(),
    progress: Progress | None = None,
    threads: int | None = None,
) -> Imported:
    """The same for who decides what becomes of a file that ended its process. Raises `EndedError`."""
    handin = replace(handin, handed_in_ns=handin.handed_in_ns or time.time_ns())
    try:
        return _apart(_import, (path, settings, handin, threads), settings, progress)
    except EndedError as ended:
        if ended.step is None or ended.step.stage != STORES:
            raise
        # It may be in the store as a whole: the same files once more are then known.
        return _apart(_import, (path, settings, handin, threads), settings, progress)


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
            yield import_delivery(path, settings, each, progress)
        return

    yield from _side_by_side(paths, settings, in_order, workers)


def import_as_written(paths: Iterable[Path], settings: Settings) -> Iterator[Imported]:
    """The same of deliveries that come one after the other: the first are checked and stored while others are
    still being written. The results come when all are there.
    """
    start = time.time_ns()
    in_order = (HandIn(handed_in_ns=start + number) for number in count())
    return _side_by_side(paths, settings, in_order, os.cpu_count() or 1)


def _side_by_side(
    paths: Iterable[Path], settings: Settings, in_order: Iterable[HandIn], workers: int
) -> Iterator[Imported]:
    def one(path: Path, each: HandIn) -> Imported:
        return import_delivery(path, settings, each, threads=1)

    with ThreadPoolExecutor(workers) as pool:
        try:
            handed_in = [pool.submit(one, *each) for each in zip(paths, in_order, strict=False)]
            yield from (each.result() for each in handed_in)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            apart.stop()
            raise


def examine(
    path: Path, settings: Settings, given: Given = Given(), progress: Progress | None = None
) -> Examined:
    """`uploads.examine` in a process of its own; a fault of the rule `reader-ended` if that ends."""
    try:
        return _apart(_examine, (path, settings, given), settings, progress)
    except EndedError as ended:
        return _examined(readable(path.name), settings, given, _said(ended, readable(path.name), settings))


def again(
    token: str, settings: Settings, given: Given = Given(), progress: Progress | None = None
) -> Examined:
    """`uploads.again` in a process of its own. If that ends, what waits goes on waiting as it was."""
    try:
        return _apart(_again, (settings, token, given), settings, progress)
    except EndedError as ended:
        name = uploads.files(settings, token).name
        return _examined(name, settings, given, _said(ended, name, settings))


def propose(path: Path, settings: Settings) -> Proposal:
    """`proposing.propose` in a process of its own. Raises as that; `NotReadToItsEndError` if it ends."""
    try:
        return _apart(_propose, (path, settings), settings, None)
    except EndedError as ended:
        sweep(settings)
        raise NotReadToItsEndError([_said(ended, readable(path.name), settings)]) from None


def refused(path: Path, settings: Settings, given: Given, said: Group) -> Imported:
    """The result for a delivery that nobody could read to its end; of its files nothing is left."""
    imported = Imported(path=str(path), groups=(said,), accepted=False, **_nothing())
    sweep(settings)
    with clearly(settings.store, path):
        acceptance.note(settings, imported, given)
    return imported


def reason(ended: EndedError, settings: Settings) -> Texts:
    """Why the process ended, as a piece of a sentence."""
    limit = settings.limits.wording("reading_minutes" if ended.reason == "time" else "reading_mb")
    return phrase(f"ended-{ended.reason}", reason=ended.detail, **limit)


def sweep(settings: Settings) -> None:
    """Delete what a process that ended had received: the guard has not seen it."""
    with clearly(settings.store), incoming(settings.store):
        pass


def _said(ended: EndedError, name: str, settings: Settings) -> Group:
    """The finding, about the file that was being read, or else about the whole delivery."""
    file = ended.step.file if ended.step else ""
    return group(ENDED, Place(file or name), wording={"other": reason(ended, settings)})


def _apart(
    what: Callable[..., Result], arguments: tuple[Any, ...], settings: Settings, progress: Progress | None
) -> Result:
    bounds = Bounds(settings.limits.reading_mb, settings.limits.reading_minutes)
    return apart.call(what, arguments, bounds, progress)


def _examined(name: str, settings: Settings, given: Given, said: Group) -> Examined:
    examined = Examined(
        path=name, groups=(said,), by=given.by, examined_at=datetime.now(UTC),
        sender_given=given.sender, profile=given.profile.text if given.profile else None,
        date_given=None if given.reporting_date is None else str(given.reporting_date), **_nothing(),
    )  # fmt: skip
    sweep(settings)
    with clearly(settings.store, name):
        acceptance.note(settings, examined, given)
    return examined


def _nothing() -> dict[str, Any]:
    return {"sha256": "", "head": None, "rows": {}, "recognised": (), "hidden_from_guard": True}


# What runs there. A workbench is made once for many small deliveries.


def _import(tell: Progress, path: Path, settings: Settings, handin: HandIn, threads: int | None) -> Imported:
    with _memory():
        bench = _bench(settings.limits.memory_mb, threads)
        return work.import_delivery(path, settings, handin, tell, connection=bench)


def _examine(tell: Progress, path: Path, settings: Settings, given: Given) -> Examined:
    with _memory():
        return uploads.examine(path, settings, given, tell, connection=_bench(settings.limits.memory_mb))


def _again(tell: Progress, settings: Settings, token: str, given: Given) -> Examined:
    with _memory():
        return uploads.again(settings, token, given, tell, connection=_bench(settings.limits.memory_mb))


def _propose(tell: Progress, path: Path, settings: Settings) -> Proposal:
    with _memory():
        return proposing.propose(path, settings, tell)


@contextmanager
def _memory() -> Iterator[None]:
    """DuckDB without memory says so in an error of its own, which would be told as a full disk."""
    try:
        yield
    except StoreError as error:
        if isinstance(error.__cause__, duckdb.OutOfMemoryException):
            raise MemoryError from error
        raise


@lru_cache(maxsize=1)
def _bench(memory_mb: int, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    connection = workbench(threads, memory_mb)
    atexit.register(connection.close)  # DuckDB complains of connections that outlive the interpreter
    return connection
