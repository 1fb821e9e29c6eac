"""Two at once, and killed at any moment: the store is as before, or it has the delivery."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from data.deliveries.store import deliveries as store
from tests.support import drawn

ROOT = Path(__file__).parents[3]
IMPORT = """
import sys
from pathlib import Path
from data.deliveries.handin.isolated import import_deliveries
from data.deliveries.handin.work import HandIn
from data.foundation.settings import Settings
if __name__ == "__main__":
    settings = Settings(Path(sys.argv[1]), "localhost", 0)
    paths = [Path(path) for path in sys.argv[2:]]
    results = import_deliveries(paths, settings, HandIn(confirm="drawn like this in a test"))
    sys.exit(0 if all(result.accepted for result in results) else 3)
"""


def importing(office, *paths):
    script = office.folder / "importing.py"
    script.write_text(IMPORT, encoding="utf-8")
    command = [sys.executable, str(script), str(office.settings.store), *map(str, paths)]
    return subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def drawn_for(office, sender, cases=3):
    rows = "\n".join(f"F-{number:05}" for number in range(cases))
    return drawn.delivery(office.folder / sender, sender=sender, faelle=f"fall_id\n{rows}")


def assert_sound(office, senders):
    """Every delivery of the register is whole, nothing else is there, and a new import works."""
    deliveries = store.all_deliveries(office.settings)
    assert {each.sender for each in deliveries} <= set(senders)
    for each in deliveries:
        for table, path in each.tables.items():
            assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(each.rows[table],)]
    for sender in senders:
        assert office.hands_in(office.folder / sender).accepted
    folders = {path.name for path in (office.settings.store / "deliveries").iterdir()}
    assert folders == {each.sha256 for each in store.all_deliveries(office.settings)}
    assert list((office.settings.store / "incoming").iterdir()) == []


def test_two_processes_may_import_at_once_even_the_same_files(office):
    senders = [f"amt-{letter}" for letter in "abcdef"]
    paths = [drawn_for(office, sender) for sender in senders]

    both = [importing(office, *paths[:4]), importing(office, *paths[2:])]
    ends = [(process.wait(60), process.stderr.read()) for process in both]

    assert [code for code, _ in ends] == [0, 0], ends
    assert len(store.all_deliveries(office.settings)) == len(senders)
    assert_sound(office, senders)


def test_many_threads_may_hand_in_the_same_files(office):
    path = drawn_for(office, "amt-a")
    office.connection = None

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: office.hands_in(path), range(4)))

    assert all(result.accepted for result in results)
    assert len(store.all_deliveries(office.settings)) == 1


def test_an_import_killed_at_any_moment_leaves_a_sound_store(office):
    chance = random.Random(3)
    senders = [f"amt-{letter}" for letter in "abcd"]
    paths = [drawn_for(office, sender, cases=20_000) for sender in senders]
    for _ in range(5):
        process = importing(office, *paths)
        time.sleep(chance.uniform(0.3, 1.6))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert {each.sender for each in store.all_deliveries(office.settings)} <= set(senders)

    assert_sound(office, senders)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="on one core there are no worker processes")
def test_worker_processes_end_when_their_import_is_killed(office):
    paths = [drawn_for(office, f"amt-{number:02}", cases=5_000) for number in range(20)]
    process = importing(office, *paths)
    deadline = time.monotonic() + 60
    while not (children := _children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.communicate()

    deadline = time.monotonic() + 60
    while any(map(_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children
    assert not any(map(_alive, children))


def _children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def _alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
