"""Kills releases at random moments, over and over, and looks at what serves each time.

    python -m tests.support.killing_releases FOLDER KILLS SEED

Works like `tests.support.killing`; the last stage begins when the folder of the release gets its name.
"""

import sys
from pathlib import Path

from data.deliveries.handin.work import import_delivery
from data.releases import database, make, manifest, shelf, verify
from tests.support import drawn
from tests.support.killing import Rounds, main


class Releases(Rounds):
    """Each round publishes the same figures once more, now and then as a new series with new keys."""

    def work(self, last):
        """From the first file or folder that gets its name on."""
        sys.addaudithook(lambda event, _: event == "os.rename" and last())
        terms = make.Terms(self.name, "Noch einmal", new_series=not self.number % 3)
        make.make(self.settings, silent, terms)

    def round(self, kill):
        if not self.number:
            people = "\n".join(f"F{n} | 05.01.2018" for n in range(1000, 1040))
            path = drawn.delivery(
                self.folder / "delivery",
                reporting_date="31.03.2018",
                faelle=f"fall_id | aufnahme_am\n{people}",
            )
            assert import_delivery(path, self.settings).accepted
        self.number += 1
        self.name = f"release-{self.number}"
        before = shelf.open_to_readers(self.settings.store)
        done = self.forked(kill)
        self.look()
        self.serves(before, done)
        if kill and not done and self.name != shelf.open_to_readers(self.settings.store)[-1].name:
            self.forked(False)
            self.serves(before, True)

    def serves(self, before, done):
        """The new one if it is done, else the old one; its file is the one that was published."""
        after = shelf.open_to_readers(self.settings.store)
        assert after[: len(before)] == before
        assert len(after) - len(before) in ((1,) if done else (0, 1))
        self.ends["served all the same"] += len(after) > len(before) and not done
        store = self.settings.store
        for entry in after[-2:]:
            path = shelf.database(store, entry.name)
            assert manifest.read(shelf.manifest(store, entry.name)).sha256 == manifest.sha256(path)
            assert not verify.broken_rules(path, database.listed_tables(), self.settings.protection.limit)
        if done:
            folders = {path.name for path in (store / shelf.FOLDER).iterdir() if path.is_dir()}
            aside = {name for name in folders if name.startswith(shelf.UNLISTED)}
            assert folders - aside == {entry.name for entry in after}
            # Killed when it was whole, but before the list named it: put aside, never thrown away.
            assert all((store / shelf.FOLDER / name / shelf.MANIFEST).is_file() for name in aside)
            self.ends["put aside"] = len(aside)
            assert not list((store / shelf.FOLDER).glob("*.new"))


def silent(step):
    """No progress."""


if __name__ == "__main__":
    main(Releases(Path(sys.argv[1]), int(sys.argv[3])), sys.argv[2])
