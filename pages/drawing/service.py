"""Drawing as a service of its own: orders of several servers over one socket, drawn by the same processes.

Whoever reaches the socket may order; what they get is what they sent, drawn.
"""

import json
import logging
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from pages.charts.svg.picture import NotDrawnError
from pages.drawing import wire
from pages.drawing.helpers import SECONDS, Helpers
from pages.files.kept import BusyError

WAITING = 16  # orders at once, drawn or waiting; more are told to come again
MODE = 0o660
_LOG = logging.getLogger("dashboard")


class Service:
    """Listens at a path until it is closed."""

    def __init__(self, path: Path, helpers: Helpers) -> None:
        self.path, self.helpers = path, helpers
        self._turns = threading.BoundedSemaphore(WAITING)
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path.unlink(missing_ok=True)  # of one that was killed
        self._listening.bind(str(path))
        os.chmod(path, MODE)  # noqa: PTH101  # for the group of the servers
        self._listening.listen(WAITING)

    def run(self) -> None:
        """Take orders, each in a thread."""
        with suppress(OSError):  # closed
            while True:
                connection, _ = self._listening.accept()
                if self._turns.acquire(blocking=False):
                    threading.Thread(target=self._served, args=(connection,), daemon=True).start()
                else:
                    with connection, suppress(OSError):
                        wire.send(connection, wire.BUSY, time.monotonic() + 1)

    def close(self) -> None:
        """Listen no more, and end the processes."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.path.unlink(missing_ok=True)
        self.helpers.close()

    def _served(self, connection: socket.socket) -> None:
        until = time.monotonic() + SECONDS
        try:
            with connection, suppress(OSError):
                order = wire.received(connection, until)
                wire.send(connection, self._answer(order, until), until + 1)
        finally:
            self._turns.release()

    def _answer(self, message: bytes, until: float) -> bytes:
        try:
            asked = json.loads(message)
            left = until - time.monotonic()
            return wire.DONE + self.helpers.drawn(str(asked["kind"]), asked["order"], waits=left)
        except BusyError:
            return wire.BUSY
        except wire.UndrawnError:
            return wire.UNDRAWN
        except NotDrawnError:
            return wire.UNDRAWABLE
        except Exception as error:
            _LOG.error("An order was not drawn", exc_info=error)
            return wire.FAILED
