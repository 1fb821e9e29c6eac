"""Call a function in another process, which has limits: what ends that process does not end this one.

It is a new Python and no fork: a server has threads, DuckDB survives no fork, and `multiprocessing` would
begin with running the main module, which is a page under Streamlit. A process is used again for the next
call, since starting one costs more than a second; after a large one it makes way for another.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, TypeVar

from data.foundation.processes.child import BEGUN, DONE, FAILED, OUT_OF_MEMORY, RAISED, STEP, restored
from data.foundation.steps import Progress, Step

Result = TypeVar("Result")
Reason = Literal["memory", "time", "crash", "fault"]
ROOT = Path(__file__).parents[3]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from data.foundation.processes import child; child.main(sys.argv[2:])"
)
# Processes that wait for a call, as many as can work side by side; each takes some 150 MB, for a minute.
WAITING_AT_MOST = os.cpu_count() or 1
_LOG = logging.getLogger("dashboard")


@dataclass(frozen=True)
class Bounds:
    """What one call may take: memory that is written to, and time of a processor."""

    memory_mb: int
    minutes: int


class EndedError(Exception):
    """The process ended before it had a result, or failed in a way that nobody foresaw.

    `memory`: it asked for more than it may have; `time`: it computed for longer; `crash`: a signal ended it,
    `detail` is its name; `fault`: an exception that is no `DashboardError`, `detail` is its class. `step` is
    the last one that it told.
    """

    def __init__(self, reason: Reason, detail: str = "", step: Step | None = None) -> None:
        super().__init__(reason, detail, step)
        self.reason, self.detail, self.step = reason, detail, step


class StoppedError(Exception):
    """`stop` ended the process."""


def call(
    work: Callable[..., Result], arguments: tuple[Any, ...], bounds: Bounds, progress: Progress | None = None
) -> Result:
    """`work(tell, *arguments)` in another process. `work` stands in a module, and all can be pickled.

    What `tell` is told there is told to `progress` here. A `DashboardError` is raised here as it was there;
    `EndedError` for whatever else ended the work.
    """
    while True:
        child = _CHILDREN.taken()
        try:
            if child.begins((work, arguments, bounds.memory_mb, bounds.minutes, Path.cwd())):
                result: Result = child.result(progress)
                return result
            if child.is_new or child.stopped:
                raise child.ended()
            child.end()  # it had waited for too long: nothing was begun, and another one takes it
        except BaseException:
            child.end()
            raise
        finally:
            _CHILDREN.released(child)


def prepare(module: str) -> None:
    """Have a process ready that has imported this module, while the caller does something else."""
    _CHILDREN.prepare(module)


def stop() -> None:
    """End every process that is working: its caller gets a `StoppedError`."""
    _CHILDREN.stop()


def close() -> None:
    """End those that wait for a call, and wait until they are gone."""
    _CHILDREN.close()


class _Child:
    """One process. `alive` until it is ended; `is_new` until it has taken a call."""

    def __init__(self, module: str = "") -> None:
        self.connection, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", START, str(ROOT), str(theirs.fileno()), module],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        self.alive, self.is_new, self.stopped = True, True, False
        self.step: Step | None = None
        # So that none stays behind as a zombie that ends while nobody looks.
        threading.Thread(target=self.process.wait, daemon=True).start()

    def begins(self, job: tuple[Any, ...]) -> bool:
        """Whether it takes the job; it doesn't if it has ended meanwhile."""
        try:
            self.connection.send(job)
            self.is_new = self.connection.recv() != (BEGUN, None)
        except (EOFError, OSError):
            return False
        return True

    def result(self, progress: Progress | None) -> Any:
        """Its result. Raises what it raised, `EndedError`, `StoppedError`."""
        while True:
            try:
                kind, said = _next(self.connection)
            except (EOFError, OSError):
                raise self.ended() from None
            if kind == STEP:
                self.step = said
                if progress:
                    progress(said)
            elif kind == DONE:
                return said
            elif kind == RAISED:
                raise restored(said)
            elif kind == FAILED:
                name, frames = said
                _LOG.error("%s in a process apart:\n%s", name, frames)
                raise EndedError("fault", name, self.step)

    def end(self) -> None:
        """End it, whatever it does."""
        self.alive = False
        self.process.kill()
        self.connection.close()

    def ended(self) -> EndedError | StoppedError:
        """Why it is gone."""
        if self.stopped:
            return StoppedError()
        code = self.process.wait()
        if code == OUT_OF_MEMORY:
            return EndedError("memory", step=self.step)
        if code == -signal.SIGXCPU:
            return EndedError("time", step=self.step)
        with suppress(ValueError):
            return EndedError("crash", signal.Signals(-code).name, self.step)
        return EndedError("crash", str(code), self.step)


def _next(connection: Connection) -> tuple[str, Any]:
    kind, said = connection.recv()
    return str(kind), said


class _Children:
    """Those that work and those that wait for work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Child] = []
        self._working: list[_Child] = []

    def prepare(self, module: str) -> None:
        with self._lock:
            if not self._waiting:
                self._waiting.append(_Child(module))

    def taken(self) -> _Child:
        with self._lock:
            child = self._waiting.pop() if self._waiting else _Child()
            child.step = None
            self._working.append(child)
            return child

    def released(self, child: _Child) -> None:
        with self._lock:
            if child in self._working:
                self._working.remove(child)
            if child.alive and len(self._waiting) < WAITING_AT_MOST:
                self._waiting.append(child)
            elif child.alive:
                child.end()

    def stop(self) -> None:
        with self._lock:
            for child in self._working:
                child.stopped = True
                child.process.kill()

    def close(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for child in waiting:
            child.connection.close()  # it reads the end of it
            child.process.wait()


_CHILDREN = _Children()
