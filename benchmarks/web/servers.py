"""Servers in processes of their own on loopback: ours, a minimal Streamlit page, a page of Dash."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STREAMLIT = ("-m", "streamlit", "run")
PATIENCE = 120.0  # seconds


@dataclass(frozen=True)
class Server:
    """A server that answers: the number of its process and its port."""

    pid: int
    port: int

    @property
    def address(self) -> str:
        """What a browser opens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        """The processor seconds that its process has taken so far, ended threads with it."""
        return time.clock_gettime(~self.pid << 3 | 2)  # as clock_getcpuclockid(3) of Linux makes it


@contextmanager
def ours(store: Path) -> Iterator[Server]:
    """The dashboard as `make run` serves it, on a store that holds a release."""
    with _streamlit("dashboard.py", store) as server:
        yield server


@contextmanager
def minimal(store: Path) -> Iterator[Server]:
    """One chart and one table in Streamlit, behind what our pages stand behind."""
    with _streamlit("benchmarks/web/minimal.py", store) as server:
        yield server


@contextmanager
def dash(store: Path) -> Iterator[Server]:
    """The same chart and table of any Kreis in Dash, with a box to choose it."""
    port = free()
    with _running(("-m", "benchmarks.web.dashed", str(port)), port, "/", store) as server:
        yield server


@contextmanager
def _streamlit(script: str, store: Path) -> Iterator[Server]:
    port = free()
    options = ("--server.address", "127.0.0.1", "--server.headless", "true", "--server.port", str(port))
    with _running((*STREAMLIT, script, *options), port, "/_stcore/health", store) as server:
        yield server


@contextmanager
def _running(command: tuple[str, ...], port: int, healthy: str, store: Path) -> Iterator[Server]:
    environment = os.environ | {"DASHBOARD_STORE": str(store), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(process, f"http://127.0.0.1:{port}{healthy}")
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(process: "subprocess.Popen[Any]", address: str) -> None:
    """Until somebody answers at the address. Raises RuntimeError if nobody does, or the process ends."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {address}; the server ended with {process.poll()}")


def free() -> int:
    """A port at which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
