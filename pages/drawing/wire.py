"""Messages over a unix socket: how long one is, then what it says. Nothing in it is ever run.

What is to be drawn is JSON, what was drawn a sign that says how it went, and bytes.
"""

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

from pages.charts.svg.picture import NotDrawnError
from pages.files.kept import BusyError

# How it went; a process that draws says the first four, one that hands orders on the others as well.
READY, DONE, UNDRAWABLE, FAILED, BUSY, UNDRAWN = (bytes([sign]) for sign in b"rdufbx")
LENGTH = struct.Struct("!I")
MOST_BYTES = 64 * 2**20
AT_ONCE = 2**18


class GoneError(ConnectionError):
    """Nobody is at the other end any more, or it says what no message is."""


class UndrawnError(RuntimeError):
    """The process that drew it ended or hung, or nobody is there who draws."""


class FailedError(RuntimeError):
    """A fault of ours: what was ordered can't be drawn."""


def ordered(kind: str, order: Mapping[str, Any]) -> bytes:
    """An order as a message."""
    return json.dumps({"kind": kind, "order": order}, ensure_ascii=False, default=_plain).encode()


def told(kind: str, answer: bytes) -> bytes:
    """What an answer brings. Raises what it says: NotDrawnError, BusyError, UndrawnError, FailedError."""
    sign, said = answer[:1], answer[1:]
    if sign == DONE:
        return said
    if sign == UNDRAWABLE:
        raise NotDrawnError(kind)
    if sign == BUSY:
        raise BusyError
    if sign == UNDRAWN:
        raise UndrawnError
    raise FailedError(said.decode(errors="replace"))


def send(to: socket.socket, message: bytes, until: float | None = None) -> None:
    """Send a message, until this moment of the monotonic clock. Raises TimeoutError, GoneError."""
    try:
        to.settimeout(_left(until))
        to.sendall(LENGTH.pack(len(message)) + message)
    except TimeoutError:
        raise
    except OSError as error:
        raise GoneError from error


def begun(of: socket.socket, until: float | None = None) -> None:
    """Wait until a message begins, and read nothing of it. Raises TimeoutError, GoneError."""
    try:
        of.settimeout(_left(until))
        if not of.recv(1, socket.MSG_PEEK):
            raise GoneError
    except (TimeoutError, GoneError):
        raise
    except OSError as error:
        raise GoneError from error


def received(of: socket.socket, until: float | None = None) -> bytes:
    """The next message. Raises TimeoutError, GoneError."""
    (length,) = LENGTH.unpack(_read(of, LENGTH.size, until))
    if length > MOST_BYTES:
        raise GoneError
    return _read(of, length, until)


def _read(of: socket.socket, length: int, until: float | None) -> bytes:
    parts, missing = [], length
    while missing:
        try:
            of.settimeout(_left(until))
            part = of.recv(min(missing, AT_ONCE))
        except TimeoutError:
            raise
        except OSError as error:
            raise GoneError from error
        if not part:
            raise GoneError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _left(until: float | None) -> float | None:
    """Seconds until then. Raises TimeoutError where there are none: 0 would mean not to wait at all."""
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _plain(value: Any) -> Any:
    """What JSON does not know: numbers and lists of numpy."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} can't be ordered")
