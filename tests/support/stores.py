"""Stores made once per run, whatever the number of test processes; whoever changes one has a copy."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.deliveries.store import kind
from data.foundation.settings import Settings
from tests.support.figures import Figures


def once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """The folder `name` of this run, filled by whoever comes first; nobody changes it afterwards."""
    workers = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp().parent if workers else tmp_path_factory.getbasetemp()
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / f"{name}.built").exists():
            folder = base / name
            shutil.rmtree(folder, ignore_errors=True)  # of one who failed
            folder.mkdir()
            (base / f"{name}.built").write_bytes(pickle.dumps(build(folder)))
    return base / name


def told(folder: Path) -> Any:
    """What the making of this folder gave back."""
    return pickle.loads(folder.with_name(f"{folder.name}.built").read_bytes())


def made_up(store: Path) -> Path:
    """A new store for demonstration data."""
    kind.decide(Settings(store, "localhost", 0), kind.Kind.DEMONSTRATION)
    return store


def copied(folder: Path, to: Path) -> Figures:
    """A copy of the store that `Figures` made in `folder`, as if it had been made in `to`."""
    figures = Figures(to)
    # Another process of tests may sign somebody in meanwhile: what SQLite has beside a file comes and goes.
    beside = shutil.ignore_patterns("*-journal", "*-wal", "*-shm")
    shutil.copytree(folder / "store", figures.settings.store, ignore=beside)
    return figures
