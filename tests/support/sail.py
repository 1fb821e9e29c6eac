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

    def limit() -> None:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    port = free_port()
    settings = {
        "SAIL_MODE": "local-cluster",
        # All tasks of a region have to find a place at once.
        "SAIL_CLUSTER__WORKER_TASK_SLOTS": "16",
        "SAIL_EXECUTION__DEFAULT_PARALLELISM": "2",
        "RUST_LOG": "off",
    }
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("sail")), "spark", "server", "--port", str(port)],
        env={**os.environ, **settings, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limit,
    )
    running = Server(process, port)
    try:
        began = time.monotonic()
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, "Sail ended at once"
            assert time.monotonic() - began < STARTS_WITHIN, "Sail does not listen"
            time.sleep(0.05)
        yield running
    finally:
        running.kill()
