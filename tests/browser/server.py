"""The real server in a process of its own, on a port that it has for itself."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.foundation.settings import Settings
from tests.support import signed

ROOT = Path(__file__).parents[2]
AUDITED = ROOT / "tests" / "support" / "audited"
COMMAND = ("-m", "streamlit", "run", "dashboard.py", "--server.port")
HERE = ("--server.address", "127.0.0.1")
TRIES = 3
SESSIONS: dict[str, str] = {}  # the address of a server -> the session of who looks at it in a test


@contextmanager
def served(
    store: Path,
    *,
    internal: bool = False,
    role: str = "public",
    options: Sequence[str] = HERE,
    further: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[str]:
    """A dashboard of its own on a free port of this machine. Gives its address.

    The `role` internal lets in who signs in; `internal` is the same, and whoever comes holds the session of
    an account that may do everything (`SESSIONS`). `options` say where it listens, `further` are settings of
    its process, in which `{port}` is its own, `log` is where what it writes on stderr goes. To no other
    machine did it open a connection, nor ask for the name of one: AssertionError otherwise, with where to.
    """
    token = signed.session(Settings(store, "127.0.0.1", 0)) if internal else ""
    with tempfile.NamedTemporaryFile(prefix="connections", suffix=".txt") as asked:
        setting = {
            "DASHBOARD_STORE": str(store),
            "DASHBOARD_ROLE": "internal" if internal else role,
            "CONNECTIONS": asked.name,
            "PYTHONPATH": str(AUDITED),
        }
        server, address = _started(setting | (further or {}), options, log)
        if token:
            SESSIONS[address] = token
        try:
            yield address
        finally:
            _ended(server)
        away = Path(asked.name).read_text(encoding="utf-8").splitlines()
    assert not away, f"the server asked elsewhere: {away}"


def _started(
    setting: dict[str, str], options: Sequence[str], log: Path | None
) -> tuple["subprocess.Popen[bytes]", str]:
    for _ in range(TRIES):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # Another process may take the port before the server does, which then ends by itself.
        with (log or Path(os.devnull)).open("wb") as written:
            server = subprocess.Popen(
                [sys.executable, *COMMAND, str(port), *options],
                cwd=ROOT,
                env=os.environ
                | {name: value.replace("{port}", str(port)) for name, value in setting.items()},
                stdout=subprocess.DEVNULL,
                stderr=written,
            )
        if _answers(port, server):
            return server, f"http://127.0.0.1:{port}"
        _ended(server)
    raise RuntimeError(f"the dashboard did not start, {TRIES} times")


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Whether this process listens and is healthy within two minutes; no other one on its port counts."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
            if _listens(port, server.pid):
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def _listens(port: int, pid: int) -> bool:
    """Whether a socket that listens on the port is one of this process, as Linux lists them."""
    lists = [Path("/proc/net", name) for name in ("tcp", "tcp6")]
    lines = [
        line.split()
        for each in lists
        if each.exists()
        for line in each.read_text(encoding="ascii").splitlines()[1:]
    ]
    listening = {
        f"socket:[{each[9]}]" for each in lines if each[3] == "0A" and each[1].endswith(f":{port:04X}")
    }
    return any(str(each.readlink()) in listening for each in Path(f"/proc/{pid}/fd").iterdir())


def _ended(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
