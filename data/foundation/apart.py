"""Call a function in another process, which has limits: what ends that process does not end this one.

It is a new Python and no fork: a server has threads, DuckDB survives no fork, and `multiprocessing` would
begin with running the main module, which is a page under Streamlit. A process is used again for the next
call, since starting one costs more than a second; after a large one it makes way for another.

The other side is `main`: it takes calls, each within its limits, until nobody has one for a minute. It says
nothing on stdout or stderr: what a library prints when it fails may be a value of the file.
"""

import logging
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, TypeVar

from data.foundation.errors import DashboardError
from data.foundation.steps import Progress, Step

Result = TypeVar("Result")
Reason = Literal["memory", "time", "crash", "fault"]
ROOT = Path(__file__).parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from data.foundation import apart; apart.main(sys.argv[2:])"
)
# Processes that wait for a call, as many as can work side by side; each takes some 150 MB, for a minute.
WAITING_AT_MOST = os.cpu_count() or 1
_LOG = logging.getLogger("dashboard")
BEGUN, STEP, DONE, RAISED, FAILED = "begun", "step", "done", "raised", "failed"
OUT_OF_MEMORY = 99  # exit code: Python could not get memory that it asked for
IDLE_SECONDS = 60.0
SECONDS_TO_NOTICE = 0.5
LARGE_MB = 500  # of memory after a call: from there on the next one gets a new process
STACKS_MB = 16  # for each processor, whose threads have stacks: they are no memory of the work
MB, MINUTE = 2**20, 60
KILLED_FIRST = "900"  # where the machine's memory is short, by Linux: the server stays


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


# What runs there.


def main(arguments: Sequence[str]) -> None:
    """Take calls over the pipe with this number. The module is imported before the first one."""
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold what the file holds
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(KILLED_FIRST, encoding="ascii")
    with Connection(int(arguments[0])) as connection:
        if arguments[1]:
            import_module(arguments[1])
        _be_silent()
        _serve(connection)


def portable(error: BaseException) -> tuple[type[BaseException], tuple[Any, ...], dict[str, Any]]:
    """An error as what it is made of: many can't be pickled, because they are made of something else."""
    return type(error), error.args, dict(vars(error))


def restored(parts: tuple[type[BaseException], tuple[Any, ...], dict[str, Any]]) -> BaseException:
    """The error of these parts."""
    kind, args, attributes = parts
    error = kind.__new__(kind, *args)
    error.args = args
    vars(error).update(attributes)
    return error


def _serve(connection: Connection) -> None:
    def tell(step: Step) -> None:
        connection.send((STEP, step))

    while connection.poll(IDLE_SECONDS):
        try:
            work, arguments, memory_mb, minutes, folder = connection.recv()
        except EOFError:
            return
        connection.send((BEGUN, None))
        os.chdir(folder)  # paths are those of the caller, who may be elsewhere than at the start
        _limit(memory_mb, minutes)
        try:
            answer = (DONE, work(tell, *arguments))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except DashboardError as error:
            answer = (RAISED, portable(error))
        except Exception as error:
            answer = _failed(error)
        try:
            connection.send(answer)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            connection.send(_failed(error))
        if resident_mb() > LARGE_MB:
            return


def _failed(error: Exception) -> tuple[str, tuple[str, str]]:
    """Its class and where it was raised; its text may cite the file."""
    return FAILED, (type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))


def _limit(memory_mb: int, minutes: int) -> None:
    """Of memory only what is written to counts (RLIMIT_DATA): libraries reserve far more than they use."""
    memory = (memory_mb + STACKS_MB * (os.cpu_count() or 1)) * MB
    soften(resource.RLIMIT_DATA, memory)
    used = resource.getrusage(resource.RUSAGE_SELF)
    soften(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + minutes * MINUTE)


def soften(what: int, wanted: int) -> None:
    """Set a limit of this process (`resource.RLIMIT_…`), as far as it may be set."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def resident_mb() -> float:
    """How much memory this process takes now; 0 where that can't be known."""
    with suppress(OSError, IndexError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / MB
    return 0.0


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)


def end_with_parent(parent: int) -> None:
    """A killed parent leaves no process behind, not even one that was just starting."""
    while os.getppid() == parent:
        time.sleep(SECONDS_TO_NOTICE)
    os._exit(1)
