"""How long the first `make run` takes once everything is installed, until the first page shows a figure."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks import asking
from benchmarks.promises import Figure, Promise

SERVER = ("-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port")
PROMISES = (
    Promise(
        "first-start",
        "first start, from installed to the first page: demonstration handed in, released, attacked, served",
        unit="s",
        at_most=60,
    ),
)


def figures(folder: Path) -> Iterator[Figure]:
    """What `make run` does, in its order, and then a reader who opens its address.

    Raises RuntimeError if the server ends, or if the page ends without a figure.
    """
    store = folder / "store"
    start = time.perf_counter()
    parts = asking.fill(store)
    filled = time.perf_counter()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *SERVER, str(port)],
        cwd=asking.ROOT,
        env=os.environ | {"DASHBOARD_STORE": str(store)},
    )
    try:
        _healthy(server, port)
        _page(port)
        seconds = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait(timeout=20)
    yield Figure(
        "first-start", seconds, f"{filled - start:.1f} s of it before the server: {parts or 'nothing to do'}"
    )


def _healthy(server: "subprocess.Popen[bytes]", port: int) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server ended with {server.returncode}")


def _page(port: int) -> None:
    """Open the first page as a browser does, and read until it is whole."""
    asked, shown = BackMsg(), False
    asked.rerun_script.query_string = ""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", proxy=None, max_size=None) as page:
        page.send(asked.SerializeToString())
        for received in page:
            said = ForwardMsg.FromString(received)
            shown = shown or said.delta.new_element.HasField("metric")
            if said.HasField("script_finished"):
                break
    if not shown:
        raise RuntimeError("the first page ended without a figure")
