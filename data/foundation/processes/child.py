"""The other side of `apart`: takes calls, each within its limits, until nobody has one for a minute.

It says nothing on stdout or stderr: what a library prints when it fails may be a value of the file.
"""

import os
import pickle
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from data.foundation.errors import DashboardError
from data.foundation.steps import Step

BEGUN, STEP, DONE, RAISED, FAILED = "begun", "step", "done", "raised", "failed"
OUT_OF_MEMORY = 99  # exit code: Python could not get memory that it asked for
IDLE_SECONDS = 60.0
SECONDS_TO_NOTICE = 0.5
LARGE_MB = 500  # of memory after a call: from there on the next one gets a new process
STACKS_MB = 16  # for each processor, whose threads have stacks: they are no memory of the work
MB, MINUTE = 2**20, 60
KILLED_FIRST = "900"  # where the machine's memory is short, by Linux: the server stays


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
