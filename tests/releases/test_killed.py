"""`kill -9` at any moment of a release: the one before it serves, and the next release works.

`make test` does 2, `make test-slow` 200.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import effort

ROOT = Path(__file__).parents[2]
KILLS = effort.of(2, 200)
SEED = 6  # of the first two kills one is at any moment and one in the last stage

pytestmark = pytest.mark.long


def test_a_release_that_is_killed_leaves_the_one_before_it_serving(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killing_releases", str(tmp_path), str(KILLS), str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120 + 60 * KILLS,
    )

    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    print(ends)
    assert ends["killed"] + ends["killed in the last stage"] >= KILLS
