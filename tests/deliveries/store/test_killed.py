"""`kill -9` at any moment: the store is as before or has the delivery, and the next command works.

`make test` does 6 of each, `make test-slow` 200.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import effort

ROOT = Path(__file__).parents[3]
KILLS = effort.of(6, 200)

pytestmark = pytest.mark.long


@pytest.mark.parametrize("kind", ["import", "accept", "build"])
def test_the_store_is_sound_after_a_kill_at_any_moment(tmp_path, kind):
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killing", kind, str(tmp_path), str(KILLS), "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120 + 60 * KILLS,
    )

    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    print(kind, ends)
    assert ends["killed"] + ends["killed in the last stage"] >= KILLS
    assert ends["killed"]
    assert ends["killed in the last stage"]
