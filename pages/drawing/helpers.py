"""Processes that draw: started when they are needed, ended when they hang, replaced when they are gone."""

import hashlib
import logging
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from data.foundation import land
from pages.drawing import wire, worker
from pages.files.kept import BusyError

ROOT = Path(__file__).parents[2]
# Without what `pages` itself begins with: that is for who serves them, and takes longer than all the rest.
START = (
    "import sys, types; root, number = sys.argv[1:]; sys.path.insert(0, root); "
    "pages = types.ModuleType('pages'); pages.__path__ = [root + '/pages']; sys.modules['pages'] = pages; "
    "from pages.drawing import worker; worker.main(int(number))"
)
# All that it is told of this machine. No setting is among it, so neither is a key, a token or a store.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
AT_ONCE = 2
SECONDS = 7.0  # that somebody waits for a drawing, and for a process; who asks has waited for a turn before
LONGEST = 60.0  # for one drawing: on a busy machine it is there when somebody asks again, instead of never
LATE = 8  # so many that came too late are kept for who asks again
# What ends one that did nothing wrong: it had waited long enough, or the system was short of memory.
FROM_OUTSIDE = ("0", "SIGKILL", "SIGTERM")
START_SECONDS = 60.0  # that a process may take until it is ready, though nobody waits for so long
_LOG = logging.getLogger("dashboard")


class Helper:
    """One process. `is_new` until it has answered once."""

    def __init__(self) -> None:
        self.connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", START, str(ROOT), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT | {"DASHBOARD_LAND": str(land.folder())},
                cwd="/",
            )
        self.is_new, self.began = True, time.monotonic()
        # So that none stays behind as a zombie that ends while nobody looks.
        threading.Thread(target=self.process.wait, daemon=True).start()

    def answer(self, order: bytes, until: float, waits: float) -> bytes:
        """What it answers until then. Raises TimeoutError, GoneError; LateError, if it draws still and who
        asks waits no longer than until `waits`.
        """
        if self.is_new:
            wire.received(self.connection, waits)
            self.is_new = False
        wire.send(self.connection, order, waits)
        try:
            wire.begun(self.connection, waits)
        except TimeoutError:
            if time.monotonic() < until:
                raise LateError(self) from None
            raise
        return self.answered(until)

    def answered(self, until: float) -> bytes:
        """What it answers to the order that it has. Raises TimeoutError, GoneError."""
        return wire.received(self.connection, until)

    @property
    def starts(self) -> bool:
        """Whether it has still to begin, and may take its time for that."""
        return self.is_new and time.monotonic() - self.began < START_SECONDS

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self.process.kill()


class LateError(RuntimeError):
    """Who asked waits no longer, and the process draws still."""

    def __init__(self, helper: Helper) -> None:
        super().__init__("late")
        self.helper = helper


class Helpers:
    """At most so many processes. Each draws one thing at a time."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._turns = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[Helper] = []
        self._working: set[Helper] = set()
        self._late: dict[bytes, Future[bytes]] = {}

    def drawn(
        self, kind: str, order: Mapping[str, Any], seconds: float = LONGEST, *, waits: float | None = None
    ) -> bytes:
        """What is ordered, drawn within so many seconds; who asks `waits` as long, or less. What is there
        only after that is for whoever orders the same next.

        Raises BusyError, if no process is free or ready for so long, or what it draws is not there yet;
        UndrawnError, if it hung or ended (one that was ended from outside is replaced, and asked once more);
        NotDrawnError; FailedError.
        """
        began = time.monotonic()
        waits, until = began + (seconds if waits is None else min(seconds, waits)), began + seconds
        message = wire.ordered(kind, order)
        key = hashlib.sha256(message).digest()
        if late := self._late.get(key):
            return wire.told(kind, self._at_last(key, late, waits))
        if not self._turns.acquire(timeout=max(0.0, waits - began)):
            raise BusyError
        try:
            answer = self._answer(message, until, waits)
        except LateError as error:
            # It did nothing wrong: ended, the next one would wait for another to begin. It keeps its turn.
            to = self._awaited(key)
            threading.Thread(target=self._finished, args=(error.helper, until, to), daemon=True).start()
            raise BusyError from None
        except BaseException:
            self._turns.release()
            raise
        self._turns.release()
        return wire.told(kind, answer)

    def close(self) -> None:
        """End all of them, also those that draw."""
        with self._lock:
            every = [*self._idle, *self._working]
            self._idle.clear()
        for helper in every:
            helper.end()
        for helper in every:
            helper.process.wait()

    @property
    def processes(self) -> list[int]:
        """Their numbers."""
        with self._lock:
            return [helper.process.pid for helper in (*self._idle, *self._working)]

    def _awaited(self, key: bytes) -> "Future[bytes]":
        """Where what comes too late will be. Of those that nobody asks for again the oldest is let go of."""
        with self._lock:
            ended = [each for each, late in self._late.items() if late.done()]
            for each in ended[: max(0, len(ended) - LATE + 1)]:
                del self._late[each]
            return self._late.setdefault(key, Future())

    def _at_last(self, key: bytes, late: "Future[bytes]", waits: float) -> bytes:
        """What was ordered before, once it is there. Raises BusyError, UndrawnError."""
        try:
            answer = late.result(max(0.0, waits - time.monotonic()))
        except TimeoutError:
            raise BusyError from None
        finally:
            if late.done():
                self._late.pop(key, None)
        return answer

    def _finished(self, helper: Helper, until: float, to: "Future[bytes]") -> None:
        """Let it draw to the end for who asks again, and take the next order then."""
        try:
            answer = helper.answered(until)
        except (TimeoutError, wire.GoneError):
            self._ended(helper)
            _LOG.error("A picture was not drawn in time. The process that drew it was ended.")
            to.set_exception(wire.UndrawnError())
        else:
            self._released(helper)
            to.set_result(answer)
        finally:
            self._turns.release()

    def _answer(self, message: bytes, until: float, waits: float) -> bytes:
        for again in (False, True):
            helper = self._taken()
            try:
                answer = helper.answer(message, until, waits)
            except TimeoutError:
                if helper.starts:
                    # On a busy machine: the next one who asks finds it ready. Ended, none would ever be.
                    self._released(helper)
                    raise BusyError from None
                self._ended(helper)
                _LOG.error("A picture was not drawn in time. The process that drew it was ended.")
                raise wire.UndrawnError from None
            except wire.GoneError:
                self._ended(helper)
                cause = _cause(helper)
                if again or cause not in FROM_OUTSIDE:
                    _LOG.error("A process that drew a picture ended: %s.", cause)
                    raise wire.UndrawnError from None
            except LateError:
                raise
            except BaseException:
                self._ended(helper)
                raise
            else:
                self._released(helper)
                return answer
        raise AssertionError("unreachable")

    def _taken(self) -> Helper:
        with self._lock:
            while self._idle:
                helper = self._idle.pop()
                if helper.alive:
                    break
                helper.end()
            else:
                helper = Helper()
            self._working.add(helper)
            return helper

    def _released(self, helper: Helper) -> None:
        with self._lock:
            if helper in self._working:
                self._working.remove(helper)
                self._idle.append(helper)

    def _ended(self, helper: Helper) -> None:
        helper.end()
        with self._lock:
            self._working.discard(helper)


def _cause(helper: Helper) -> str:
    code = helper.process.wait()
    if code == worker.OUT_OF_MEMORY:
        return "memory"
    return signal.Signals(-code).name if code < 0 else str(code)
