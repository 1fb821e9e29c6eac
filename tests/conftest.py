"""What all tests share: a store filled once by the real demonstration, import and build."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import app_test
from xdist.scheduler import LoadScopeScheduling

from tests import turned
from tests.support import effort

if TYPE_CHECKING:
    from tests.support.figures import Figures

TESTS = Path(__file__).parent
ROOT = TESTS.parent
CASES = 3000

# The settings of whoever runs the tests are none of theirs; nothing has read them yet.
for name in [each for each in os.environ if each.startswith("DASHBOARD_")]:
    del os.environ[name]

# Pages that a test opens without a server are reached from here alone, like those of `make run`.
config.set_option("server.address", "127.0.0.1")

# Which packages bring components for pages stays as it is during a run. For every page that a test opens,
# Streamlit would read what is written of each that is installed, which took longer than most pages; it would
# compile the page too, which a server keeps.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
app_test.ScriptCache = cache(app_test.ScriptCache)

# The same examples at each run, however slow the machine is; what one finds goes into a test of its own.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=effort.of(100, 2000))
settings.load_profile("repeatable")

# Whatever makes or copies a store is left out of `make check`.
STORES = {
    "store", "several", "ulm", "in_ulm", "figures", "first", "released_once", "office", "command", "machine",
    "in_every_column", "demonstration", "difficult", "reports", "suppressed", "goals", "cases", "previewed",
    "second_waiting",
}  # fmt: skip
MAKERS = {"Figures", "office", "Machine", "command", "subprocess", "import_delivery", "warehouse", "demo"}
# Together in one process, by how the paths begin: a browser has one cache for all its tests. Two browsers
# share the work so that both take about as long: a single one would go on when all else is done.
TOGETHER = (
    (
        "browser/hand_in/",
        "browser/test_accessibility",
        "browser/test_publishing",
        "browser/test_releases",
    ),
    ("browser/",),
    ("red_team/",),
)
# What takes longest comes first, so that no process waits for the last one.
FIRST = (
    *TOGETHER,
    ("releases/",),
    ("warehouse/test_", "publish/test_", "pages/test_another_land", "engines/"),
    ("deliveries/store/",),
)
# Files of few long tests that share nothing are spread over the processes.
SPREAD = (
    "deliveries/store/test_disk.py",
    "releases/test_disk.py",
    "releases/test_keys.py",
    "releases/test_preview.py",
)


# What somebody tries who wants in, or more than is theirs; and what has to hold for years. `make test-slow`
# runs all of it too, with its long forms.
ATTACKS = (
    "access/", "upkeep/", "publish/", "copies/", "pages/internal/", "pages/server/", "browser/hand_in/",
    "browser/test_openid", "browser/test_publishing", "commands/test_account", "commands/test_digest",
    "deliveries/store/test_kind", "deliveries/handin/test_bombs", "house/test_packaging", "house/test_asvs",
    "releases/test_approval",
)  # fmt: skip


def pytest_collection(session: pytest.Session) -> None:
    """Where all is tested by several processes, each imports it from another place on (see `tests`)."""
    whole = [Path(each).absolute() for each in session.config.args] == [TESTS]
    if whole and "PYTEST_XDIST_WORKER" in os.environ:
        for path in turned(sorted(each.relative_to(ROOT).as_posix() for each in TESTS.rglob("test_*.py"))):
            with suppress(Exception):  # it comes again when the file is collected, and is told there
                import_module(path.removesuffix(".py").replace("/", "."))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say what each test needs and which tests belong together; what takes longest comes first."""
    paths = {path: path.relative_to(TESTS).as_posix() for path in {item.path for item in items}}
    for item in items:
        folder = paths[item.path].split("/")[0]
        if folder == "browser":
            item.add_marker("browser")
        if folder == "red_team" or STORES & {*item.fixturenames} or MAKERS & vars(item.module).keys():
            item.add_marker("store")
        if paths[item.path].startswith(ATTACKS):
            item.add_marker("attack")
        if getattr(item.obj, "is_hypothesis_test", False):
            item.add_marker("long")
    if gone := [name for name in (*sum(FIRST, ()), *SPREAD, *ATTACKS) if not [*TESTS.glob(f"{name}*")]]:
        raise FileNotFoundError(f"tests/conftest.py names what is not there: {', '.join(gone)}")
    items.sort(key=lambda item: _turn(paths[item.path]))


def pytest_collection_finish() -> None:
    """What is imported and collected by now stays to the end: nobody looks through it for what may go."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """The end: what is left over goes, and no library tells of it as leaked."""
    gc.unfreeze()
    gc.collect()


def _turn(path: str) -> int:
    return next((at for at, begins in enumerate(FIRST) if path.startswith(begins)), len(FIRST))


class Together(LoadScopeScheduling):
    """A file goes to one process as a whole, but for those to spread; some folders go as a whole too.

    The marks of xdist for this (`--dist loadgroup`) say nothing to pytest 9.2, which keeps its ids elsewhere.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::")[0].removeprefix(f"{TESTS.name}/")
        if path in SPREAD:
            return nodeid
        return next((begins[0] for begins in TOGETHER if path.startswith(begins)), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Who gives the tests to the processes."""
    return Together(config, log)


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest leaves a page as the main module, and a spawned process would begin with running that page."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store with figures of every page."""

    def demonstration(folder: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.demonstration", str(folder), str(CASES)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"the demonstration could not be prepared:\n{done.stderr[-3000:]}")

    from tests.support import stores

    return stores.once(tmp_path_factory, "store", demonstration)


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn store with three releases, as `tests.support.published` says."""
    from tests.support import published, stores

    return stores.once(tmp_path_factory, "several", published.releases) / "store"


@pytest.fixture(scope="session")
def ulm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn store with many people in Ulm and few in Langenau, as `tests.support.ulm` says."""
    from tests.support import stores, ulm

    return stores.once(tmp_path_factory, "ulm", ulm.released) / "store"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> "Figures":
    """The office of the releases' tests with its first release, `2018-Q4`. Nobody changes it."""
    from tests.releases.conftest import office
    from tests.support import stores
    from tests.support.figures import Figures

    return Figures(stores.once(tmp_path_factory, "first", lambda folder: office(folder).release()))


@pytest.fixture
def released_once(first: "Figures", tmp_path: Path) -> "Figures":
    """A copy of it to go on with."""
    from tests.support import stores

    return stores.copied(first.settings.store.parent, tmp_path)


@pytest.fixture
def in_ulm(ulm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same store, as the store of this process."""
    monkeypatch.setenv("DASHBOARD_STORE", str(ulm))


@pytest.fixture
def figures(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same store, as the store of this process."""
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    return store
