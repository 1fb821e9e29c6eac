"""Readers as processes of their own, without pages: what addresses answer, from a store for each.

    python -m tests.support.forked_readers

Reads lines `PORT STORE` and forks a server for each, so that the program is loaded once; writes its number.
They end with the one that forked them.
"""

import ctypes
import os
import signal
import sys

import uvicorn

from pages.server.reached import Below
from tests.support.answered import APP


def main() -> None:
    """One server a line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        port, store = line.split()
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # with its parent
            os.environ["DASHBOARD_STORE"] = store
            os.environ["DASHBOARD_URL"] = "https://daten.im.example/dash"
            uvicorn.run(
                Below(APP, "/dash"), host="127.0.0.1", port=int(port), log_level="error", lifespan="off"
            )
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
