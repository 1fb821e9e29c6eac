"""The process that draws: one order after the other from a socket, until nobody is at its other end.

It gives up what it does not need before it takes the first one: the network, files that it could write, and
memory beyond its limit. It says nothing on stdout or stderr.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path

from data.foundation.apart import KILLED_FIRST, MB, end_with_parent, resident_mb, soften
from pages.charts.svg.picture import NotDrawnError
from pages.drawing import made, wire

OUT_OF_MEMORY = 99  # exit code
MEMORY_MB = 700  # that it may write to; a picture takes some 150
LARGE_MB = 400  # of memory after an order: from there on another process takes the next one
CPU_SECONDS = 20  # for one order; who waits for it gives up long before
IDLE_SECONDS = 600
BEHIND_PAGES = 5  # niceness
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def main(number: int) -> None:
    """Take orders over the socket with this number."""
    # Before there is a second thread: only a process with one may have namespaces of its own.
    _leave_network()
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))
    soften(resource.RLIMIT_DATA, MEMORY_MB * MB)
    with socket.socket(fileno=number) as connection, suppress(wire.GoneError, TimeoutError):
        os.nice(BEHIND_PAGES)  # from here on: who waits for the first picture has waited for all of this
        wire.send(connection, wire.READY)
        _serve(connection)


def _serve(connection: socket.socket) -> None:
    while resident_mb() < LARGE_MB:
        connection.settimeout(IDLE_SECONDS)
        # Waits here, and as long as it is allowed to; what comes then comes at once.
        if not connection.recv(1, socket.MSG_PEEK):
            return
        order = json.loads(wire.received(connection))
        used = resource.getrusage(resource.RUSAGE_SELF)
        soften(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + CPU_SECONDS)
        try:
            answer = wire.DONE + made.KINDS[order["kind"]](order["order"])
        except NotDrawnError:
            answer = wire.UNDRAWABLE
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception as error:
            # Its class and where it was raised; the rest is for nobody.
            frames = "".join(traceback.format_tb(error.__traceback__))
            answer = wire.FAILED + f"{type(error).__name__}\n{frames}".encode()
        wire.send(connection, answer)


def _leave_network() -> None:
    """A network of its own, which leads nowhere, where the system lets a process have one."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(KILLED_FIRST, encoding="ascii")
    libc = ctypes.CDLL(None, use_errno=True)
    with suppress(AttributeError):
        if libc.unshare(NEW_NETWORK) != 0:  # what only root may
            libc.unshare(NEW_USER | NEW_NETWORK)


if __name__ == "__main__":
    main(int(sys.argv[1]))
