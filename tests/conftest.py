"""What all tests share: a store filled once by the real demonstration, import and build."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit import config

from tests import fixed

ROOT = Path(__file__).parent.parent
CASES = 3000

# The settings of whoever runs the tests are none of theirs; nothing has read them yet.
for name in [each for each in os.environ if each.startswith("DASHBOARD_")]:
    del os.environ[name]

# Pages that a test opens without a server are reached from here alone, like those of `make run`.
config.set_option("server.address", "127.0.0.1")

# The same examples at each run, however slow the machine is; what one finds goes into a test of its own.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest leaves a page as the main module, and a spawned process would begin with running that page."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """A folder built once, whatever the number of test processes."""
    workers = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp().parent if workers else tmp_path_factory.getbasetemp()
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / f"{name}.built").exists():
            build(base / name)
            (base / f"{name}.built").touch()
    return base / name


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store with figures of every page."""

    def demonstration(folder: Path) -> None:
        fixed.keys(folder / "keys" / "release-keys.json")
        done = subprocess.run(
            [sys.executable, "-m", "data", "demo", "--prepare", "--cases", str(CASES)],
            cwd=ROOT,
            env=os.environ | {"DASHBOARD_STORE": str(folder)},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"the demonstration could not be prepared:\n{done.stderr[-3000:]}")

    return _once(tmp_path_factory, "store", demonstration)


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn store with three releases, as `tests.published` says."""
    from tests import published

    return _once(tmp_path_factory, "several", published.releases) / "store"


@pytest.fixture(scope="session")
def ulm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn store with many people in Ulm and few in Langenau, as `tests.ulm` says."""
    from tests import ulm

    return _once(tmp_path_factory, "ulm", ulm.released) / "store"


@pytest.fixture
def in_ulm(ulm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same store, as the store of this process."""
    monkeypatch.setenv("DASHBOARD_STORE", str(ulm))


@pytest.fixture
def figures(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same store, as the store of this process."""
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store
