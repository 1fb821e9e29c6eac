"""Long work beside the page: it goes on when the reader leaves, and the page can ask how far it is."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from data.foundation.errors import DashboardError
from data.foundation.steps import Progress, Step

_LOG = logging.getLogger("dashboard")
# Two at a time: more would only make each of them slower, and the pages with them.
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="job")
_JOBS: dict[str, "Job"] = {}
_LOCK = threading.Lock()
FORGET_AFTER_SECONDS = 3600
KEPT = (
    20  # that have ended: what came of one may be a megabyte, and whoever sees it keeps it in their session
)
QUEUED = Step("queued")


@dataclass
class Job:
    """One piece of work: `step` says how far; when `done`, `result` or `message` is there.

    `error` is the name of the error that `message` tells.
    """

    id: str
    by: str
    step: Step = QUEUED
    done: bool = False
    result: Any = None
    message: str = ""
    error: str = ""
    reference: str = ""
    ended: float = field(default=0.0, repr=False)


def start(by: str, work: Callable[[Progress], Any]) -> Job:
    """Begin a piece of work in the background."""
    job = Job(secrets.token_hex(8), by)
    with _LOCK:
        ended = [each for each in _JOBS.values() if each.done]
        for at, old in enumerate(ended, start=1):
            if at <= len(ended) - KEPT or time.time() - old.ended > FORGET_AFTER_SECONDS:
                del _JOBS[old.id]
        _JOBS[job.id] = job

    def tell(step: Step) -> None:
        job.step = step

    _POOL.submit(work, tell).add_done_callback(lambda future: _end(job, future))
    return job


def find(job_id: str) -> Job | None:
    """A job of this process by its id."""
    return _JOBS.get(job_id)


def latest(by: str) -> Job | None:
    """The newest job begun under this name."""
    with _LOCK:
        return next((job for job in reversed(_JOBS.values()) if job.by == by), None)


def _end(job: Job, future: "Future[Any]") -> None:
    error = future.exception()
    if isinstance(error, DashboardError):
        job.message, job.error = str(error), type(error).__name__
    elif error is not None:
        job.reference = secrets.token_hex(3).upper()
        _LOG.error("reference %s: a job failed", job.reference, exc_info=error)
    else:
        job.result = future.result()
    job.ended = time.time()
    job.done = True
