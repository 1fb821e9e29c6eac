"""`make run`: its servers are ready beside what fills the store, serve once it is filled, and end with it."""

import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.web import servers

ROOT = Path(__file__).parents[2]


def started(store: Path) -> tuple["subprocess.Popen[str]", str]:
    """`make run` on this store, and its address."""
    port = servers.free()
    own = {"DASHBOARD_STORE": str(store), "DASHBOARD_ADDRESS": "127.0.0.1", "DASHBOARD_PORT": str(port)}
    command = ["make", "-o", ".venv/run", "run", f"BIN={Path(sys.executable).parent}"]
    running = subprocess.Popen(
        [*command, f"INTERNAL_PORT={servers.free()}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | own,
        text=True,
        start_new_session=True,
    )
    return running, f"http://127.0.0.1:{port}/_stcore/health"


def left(running: "subprocess.Popen[str]") -> bool:
    """Whether any process of it is still there."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_what_fails_to_fill_the_store_says_so_and_leaves_no_server(tmp_path):
    store = tmp_path / "store"
    store.write_text("a file", encoding="utf-8")
    running, _ = started(store)
    said = running.communicate(timeout=60)[1]
    assert not left(running)
    assert running.returncode
    sentences = [line for line in said.splitlines() if "make" not in line]
    assert len(sentences) == 1, said
    assert sentences[0].startswith(f"The store {store} can't be used")


@pytest.mark.long
def test_ctrl_c_ends_everything(store):
    running, address = started(store)
    servers.wait(running, address)
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=60)
    assert not left(running)


def test_a_server_waits_while_the_store_is_filled_and_not_for_somebody_who_is_gone(tmp_path, monkeypatch):
    filling = tmp_path / "filling"
    filling.touch()
    monkeypatch.setenv("DASHBOARD_FILLING", str(filling))
    monkeypatch.setattr(time, "sleep", lambda seconds: filling.unlink())
    filled = runpy.run_path(str(ROOT / "dashboard.py"))["filled"]
    assert not filling.exists()
    filling.touch()
    starters = iter((1, 2))
    monkeypatch.setattr(os, "getppid", lambda: next(starters))
    with pytest.raises(SystemExit):
        filled()
