"""Kills pulls at random moments, and looks at the copy each time.

    python -m tests.support.killing_pulls BEFORE AFTER FOLDER KILLS

At the address AFTER a release is withdrawn and another one has come out since BEFORE; both are signed with
one key. It forks from a process in which everything is loaded. Prints how the rounds ended, as JSON.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards.copies import pulled
from data.upkeep.integrity import damages_and_leftovers


def forked(settings: Settings, url: str, kill_after: float | None) -> str:
    """Pull in a process of its own: `killed`, or `done`."""
    pid = os.fork()
    if pid == 0:
        try:
            pulled.pull(settings, url)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status) or status == 0, "the pull failed by itself"
    return "killed" if os.WIFSIGNALED(status) else "done"


def state(settings: Settings) -> tuple[tuple[str, bool], ...]:
    """Which releases there are and which are withdrawn; every file of all of them is whole."""
    found = damages_and_leftovers(settings)
    assert not found.damages, found
    return tuple((each.name, each.withdrawn is not None) for each in shelf.entries(settings.store))


def main(before: str, after: str, folder: Path, kills: int) -> Counter[str]:
    """As many rounds as it takes."""
    first = Settings(folder / "first", "localhost", 0)
    forked(first, before, None)
    then = state(first)
    last = Settings(folder / "last", "localhost", 0)
    shutil.copytree(first.store, last.store)
    began = time.monotonic()
    forked(last, after, None)
    whole, now = time.monotonic() - began, state(last)
    assert (then, len(now)) != (now, len(then))
    at_once = tuple((name, dict(now)[name]) for name, _ in then)
    chance, ends = random.Random(1), Counter[str]()
    while ends["killed"] < kills:
        copy = Settings(folder / "copy", "localhost", 0)
        shutil.rmtree(copy.store, ignore_errors=True)
        if chance.random() < 0.7:
            shutil.copytree(first.store, copy.store)
        # A first pull shows nothing until all of it is here.
        for _ in range(chance.randint(1, 3)):
            ends[forked(copy, after, chance.uniform(0, whole * 1.1))] += 1
            found = state(copy)
            assert found in ((), then, at_once, now), found
            ends[f"with {sum(not gone for _, gone in found)} releases"] += 1
        forked(copy, after, None)
        assert state(copy) == now
        assert not damages_and_leftovers(copy).leftovers
    return ends


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))))
