"""`kill -9` at any moment of a backup, or of making a store of it: no half one is taken for a whole one.

`make test` does 5, `make test-slow` 100.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import effort

ROOT = Path(__file__).parents[2]
KILLS = effort.of(5, 100)

pytestmark = pytest.mark.long


def test_a_killed_backup_leaves_the_store_and_the_backups_before_as_they_were(released_once, tmp_path):
    assert released_once.settings.store == tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killing_backups", str(tmp_path), str(KILLS), "11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120 + 10 * KILLS,
    )
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    print(ends)
    assert ends["killed"] + ends["killed in the last stage"] >= KILLS
