"""`kill -9` at any moment of a backup, or of making a store of it: no half one is taken for a whole one.

`make test` does 5, `make test-slow` 100.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support import effort

ROOT = Path(__file__).parents[2]
KILLS = effort.of(5, 100)

pytestmark = pytest.mark.long


def test_a_killed_backup_leaves_the_store_and_the_backups_before_as_they_were(released_once, tmp_path):
    # In memory, where there is some for it: what is killed is a process, and a disk takes half of the time.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        shutil.copytree(released_once.settings.store, Path(folder) / "store")
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.killing_backups", folder, str(KILLS), "11"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120 + 10 * KILLS,
        )
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    print(ends)
    assert ends["killed"] + ends["killed in the last stage"] >= KILLS
