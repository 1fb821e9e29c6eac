"""Kills backups, and stores that are being made of them again, at random moments, and looks each time.

    python -m tests.support.killing_backups FOLDER KILLS SEED

Works like `tests.support.killing`; the last stage begins with the first file that gets its name.
"""

import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyrage

from data.access import audit
from data.deliveries.store import deliveries, profile_files
from data.upkeep import putting_back, taking
from data.upkeep.integrity import damages_and_leftovers
from data.upkeep.repository import BackupError, Repository
from data.upkeep.sealed import Opener, Seal
from tests.support.killing import Rounds, main

IDENTITY = pyrage.x25519.Identity.generate()


class Backups(Rounds):
    """Each round changes something, backs it up, and makes a store of what is whole. FOLDER has a store."""

    def __init__(self, folder, seed):
        super().__init__(folder, seed)
        self.backups, self.other = folder / "backups", replace(self.settings, store=folder / "other")

    def work(self, last):
        """The one of both that it is the turn of."""
        sys.addaudithook(lambda event, _: event == "os.rename" and last())
        if self.restores:
            putting_back.put_back(self.other, self.backups, opener=Opener(identity=str(IDENTITY)))
        else:
            taking.take(self.settings, self.backups, Seal(recipient=str(IDENTITY.to_public())), keep=3)

    def round(self, kill):
        self.number += 1
        said = profile_files.put(self.settings, "amt-a", f"# {self.number}\n")
        audit.note(self.settings, "somebody", "round", str(self.number))
        before = self.store()
        self.restores, numbers = False, self.numbers()
        done = self.forked(kill and self.number % 2)
        self.look()
        assert self.store() == before
        assert said.read_text(encoding="utf-8") == f"# {self.number}\n"
        after = self.numbers()
        assert not done or after[-1:] > numbers[-1:]
        self.ends["a whole one all the same"] += after != numbers and not done
        for number in after:
            putting_back.check(self.backups, number)
        if after:
            self.put_back(kill and not self.number % 2, newest=after[-1:] > numbers[-1:])

    def put_back(self, kill, newest):
        """Killed or not, in the end it is the store that was backed up."""
        shutil.rmtree(self.other.store, ignore_errors=True)
        self.restores = True
        if not self.forked(kill):
            found = damages_and_leftovers(self.other)
            half = (self.other.store / "restoring").is_dir()
            assert bool(found.damages) == half, (found, half)  # a half one says so
            self.ends["half a store, which said so"] += half
            if half or not (self.other.store / "register.sqlite").exists():
                putting_back.put_back(self.other, self.backups, opener=Opener(identity=str(IDENTITY)))
        found = damages_and_leftovers(self.other)
        assert not found.damages, found
        assert audit.check(self.other)
        assert len(deliveries.all_deliveries(self.other)) == 1
        text = profile_files.path_of(self.other, "amt-a").read_text(encoding="utf-8")
        assert not newest or text == f"# {self.number}\n"

    def numbers(self):
        """Of the whole backups."""
        with suppress(BackupError):
            return [made.number for made in Repository(self.backups).every()]
        return []

    def store(self):
        """What no backup may change: all but its line in the log."""
        names = [path for path in sorted(self.settings.store.rglob("*")) if path.is_file()]
        return {
            path.name: path.read_bytes()
            for path in names
            if not path.name.startswith(("audit", "register.sqlite-"))
        }


if __name__ == "__main__":
    main(Backups(Path(sys.argv[1]), int(sys.argv[3])), sys.argv[2])
