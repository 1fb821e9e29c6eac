"""Where pictures and papers are ordered: of processes of this server, or of a service that is set."""

import socket
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.foundation import settings
from pages.drawing import wire
from pages.drawing.helpers import SECONDS, Helpers
from pages.files import patience
from pages.files.kept import BusyError

LEAST_SECONDS = 0.1  # in less nothing is drawn
_lock = threading.Lock()
_own: Helpers | None = None


def drawn(kind: str, order: Mapping[str, Any]) -> bytes:
    """What is ordered (`pages/drawing/made.py`), from a process of its own. Nobody waits longer than
    `SECONDS`, and less where the whole answer has to be there sooner (`pages/files/patience.py`).

    Raises BusyError, UndrawnError, NotDrawnError, FailedError.
    """
    left = patience.left(SECONDS)
    if left < LEAST_SECONDS:
        raise BusyError
    if at := settings.drawing():
        return _of_service(at, kind, order, left)
    return own().drawn(kind, order, waits=left)


def own() -> Helpers:
    """The processes of this one. None is started before something is ordered."""
    global _own
    with _lock:
        _own = _own or Helpers()
        return _own


def close() -> None:
    """End them."""
    own().close()


def _of_service(at: Path, kind: str, order: Mapping[str, Any], left: float) -> bytes:
    until = time.monotonic() + left
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(left)
            connection.connect(str(at))
            wire.send(connection, wire.ordered(kind, order), until)
            answer = wire.received(connection, until)
    except OSError as error:  # nobody there, or nobody who answers
        if left < SECONDS and isinstance(error, TimeoutError):
            raise BusyError from error  # it may be drawn yet
        raise wire.UndrawnError from error
    return wire.told(kind, answer)
