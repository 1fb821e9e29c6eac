"""Kills imports or builds at random moments, over and over, and looks at the store each time.

    python -m tests.support.killing import|accept|build FOLDER KILLS SEED

It forks from a process in which everything is loaded but nothing runs, because starting Python anew would
take longer than the work. Half of the moments lie anywhere, half in the last stage, which writes the store:
right after one of the calls there that Python tells of (files opened, linked, renamed), as that stage is over
too soon to be met by a clock. Each killed round is repeated without a kill. Prints how the rounds ended, as
JSON; exits with 1 and what was wrong otherwise.
"""

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from itertools import count
from pathlib import Path

from data.deliveries.handin import uploads
from data.deliveries.handin.work import import_delivery
from data.deliveries.store import deliveries
from data.deliveries.store.deliveries import take_back
from data.foundation.settings import Settings
from data.upkeep.integrity import damages_and_leftovers, remove_leftovers
from data.warehouse import build, versions
from tests.support import drawn


class Rounds:
    """One kind of work on one store."""

    def __init__(self, folder, seed):
        self.settings = Settings(folder / "store", "localhost", 0)
        self.folder = folder
        self.chance = random.Random(seed)
        self.number = 0
        self.whole, self.calls = 0.0, 1  # seconds of all of it, and calls of the last stage
        self.ends = Counter()

    def forked(self, kill):
        """Do the work in a process of its own; kill it or let it end. True if it ended by itself."""
        reading, writing = os.pipe()
        in_last = kill and self.chance.random() < 0.5
        call = self.chance.randint(1, self.calls) if in_last else 0
        pid = os.fork()
        if pid == 0:
            self._work_and_exit(writing, call)
        os.close(writing)
        start = time.monotonic()
        if kill and not in_last:
            select.select([], [], [], self.chance.uniform(0, self.whole))
        else:
            assert select.select([reading], [], [], 120)[0], "it hangs"
        if kill:
            os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
        told = os.read(reading, 100)
        os.close(reading)
        if os.WIFSIGNALED(status):
            self.ends["killed in the last stage" if in_last else "killed"] += 1
            return False
        assert status == 0, "the work failed by itself"
        if not kill:
            self.whole, self.calls = time.monotonic() - start, int(told)
        self.ends["done before the kill" if kill else "done"] += 1
        return True

    def _work_and_exit(self, writing, call):
        """Tell when a call of the last stage is reached, and at the end how many there were."""
        calls = []

        def heard(event, _):
            if calls:
                calls.append(event)
                if len(calls) == call + 1:
                    os.write(writing, b"!")

        sys.addaudithook(heard)
        try:
            self.work(lambda: calls or calls.append("begun"))
            os.write(writing, str(max(len(calls) - 1, 1)).encode())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def look(self):
        """Nothing is damaged, and what was left over is known as such and can be removed."""
        verified = damages_and_leftovers(self.settings)
        assert not verified.damages, verified
        self.ends["left something over"] += bool(verified.leftovers)
        if self.chance.random() < 0.1:  # otherwise the next round has to cope with it
            assert remove_leftovers(self.settings, verified) == verified.leftovers
            assert not damages_and_leftovers(self.settings).leftovers


class Imports(Rounds):
    """Each round hands in a delivery that the store doesn't have."""

    def work(self, last):
        """The last stage writes the tables and takes them over."""
        done = import_delivery(
            self.path, self.settings, progress=lambda step: step.stage == "store" and last()
        )
        assert done.accepted, done

    def round(self, kill):
        if self.number and not self.number % 10:
            take_back(self.settings, "amt-a")
        self.number += 1
        rows = "\n".join(f"F-{n:04}" for n in range(1, self.number % 7 + 2))
        self.path = drawn.delivery(
            self.folder / "delivery", faelle=f"fall_id\n{rows}", ziele=f"ziel_id\nZ-{self.number:04}"
        )
        before = {each.id for each in deliveries.all_deliveries(self.settings)}
        done = self.forked(kill)
        self.look()
        new = [each for each in deliveries.all_deliveries(self.settings) if each.id not in before]
        assert len(new) <= 1
        assert not done or new
        if kill and not done:
            self.ends["taken over all the same"] += len(new)
            self.forked(False)
            self.look()
            assert len(deliveries.all_deliveries(self.settings)) == len(before) + 1


class Acceptances(Imports):
    """Each round accepts a delivery that was examined before, as the page does in its second step."""

    def work(self, last):
        """The last stage begins with the first file that gets its place in the store."""
        sys.addaudithook(lambda event, _: event == "os.link" and last())
        assert uploads.accept(self.settings, self.token).accepted

    def forked(self, kill):
        """Examine what does not wait yet, then accept it; a kill may not lose what waits."""
        if not uploads.all_waiting(self.settings):
            examined = uploads.examine(self.path, self.settings)
            if examined.already_stored:  # killed after all was done
                return True
            self.token, self.sha256 = examined.token, examined.sha256
        done = super().forked(kill)
        left = [each.token for each in uploads.all_waiting(self.settings)]
        stored = {each.sha256 for each in deliveries.all_deliveries(self.settings)}
        assert left == [] if done else left == [self.token] or self.sha256 in stored
        return done


class Builds(Rounds):
    """Each round builds the same figures anew."""

    def work(self, last):
        """The last stage begins when the new file, complete and checked, gets its name."""
        sys.addaudithook(lambda event, _: event == "os.rename" and last())
        build.warehouse(self.settings)

    def round(self, kill):
        if not self.number:
            cases = "fall_id | aufnahme_am\nF1 | 05.01.2018"
            path = drawn.delivery(self.folder / "delivery", reporting_date="31.03.2018", faelle=cases)
            assert import_delivery(path, self.settings).accepted
        self.number += 1
        before = versions.current(self.settings.store)
        done = self.forked(kill)
        self.look()
        after = versions.current(self.settings.store)
        assert after is None or versions.warehouse(self.settings.store, after.version).is_file()
        assert not before or after
        assert not done or after != before
        if kill and not done:
            self.ends["served all the same"] += after != before
        if not self.number % 5:
            self.forked(False)
            assert not damages_and_leftovers(self.settings).leftovers
            kept = list(self.settings.store.glob("warehouse-*.duckdb"))
            assert len(kept) <= build.VERSIONS_KEPT


def main(of_kind, kills):
    """One round without a kill, then as many as it takes until both kinds occurred; prints how they ended."""
    of_kind.round(kill=False)
    ends = of_kind.ends
    for rounds in count():
        kinds = (ends["killed"], ends["killed in the last stage"])
        if sum(kinds) >= int(kills) and (all(kinds) or rounds >= 10 * int(kills)):
            break
        of_kind.round(kill=True)
    print(json.dumps(ends))


if __name__ == "__main__":
    kind, folder, kills, seed = sys.argv[1:]
    kinds = {"import": Imports, "accept": Acceptances, "build": Builds}
    main(kinds[kind](Path(folder), int(seed)), kills)
