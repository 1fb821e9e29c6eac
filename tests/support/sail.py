"""Sail on loopback: a real Spark Connect server, with a local cluster of workers in its own process."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

STARTS_WITHIN = 60  # seconds
TRIES = 3


class Server:
    """A running server; `address` is what `DASHBOARD_SPARK` says."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process = process
        self.address = f"sc://127.0.0.1:{port}"

    def kill(self) -> None:
        """End it in the middle of whatever it does, with all of its workers."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def server(largest_file: int | None = None, **more: str) -> Iterator[Server]:
    """Start it; `more` are further variables of its environment. A file of more than `largest_file` bytes it
    can't write, as where its disk is full.
    """

    settings = {
        "SAIL_MODE": "local-cluster",
        # All tasks of a region have to find a place at once.
        "SAIL_CLUSTER__WORKER_TASK_SLOTS": "16",
        "SAIL_EXECUTION__DEFAULT_PARALLELISM": "2",
        "RUST_LOG": "off",
    }

    def started() -> Server | None:
        port = free_port()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("sail")), "spark", "server", "--port", str(port)],
            env={**os.environ, **settings, **more},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        began = time.monotonic()
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if process.poll() is not None:
                return None
            assert time.monotonic() - began < STARTS_WITHIN, "Sail does not listen"
            time.sleep(0.05)
        if largest_file:  # Once it runs, or Python itself would write half of what it compiles.
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest_file, largest_file))
        return Server(process, port)

    # Until it listens somebody else may have got its port: it ends then, and another one is tried.
    running = next(filter(None, (started() for _ in range(TRIES))), None)
    assert running, "Sail ended at once"
    try:
        yield running
    finally:
        running.kill()
