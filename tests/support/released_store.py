"""The store that stands for a released version: `tests/upkeep/released/<version>.tar.xz`.

    python -m tests.support.released_store tests/upkeep/released

Makes the one of the program that runs it, by the same steps each time: two deliveries of one office, the
first replaced by the second, a release, an account, an invitation, a profile.
Made when a version is released, and never again: what lies there was written by that program.
"""

import sys
import tarfile
import tempfile
from pathlib import Path

from data import VERSION
from data.access import accounts, audit
from data.access.rights import grants
from data.deliveries.store import profile_files
from tests.releases.conftest import STUTTGART, ULM, cases, faelle
from tests.support.figures import Figures


def make(folder: Path) -> Path:
    """Fill `folder/store`."""
    figures = Figures(folder)
    people = (cases(range(1000, 1080), ULM), cases(range(3000, 3060), STUTTGART, group="27-44"))
    figures.hand_in(reporting_date="30.09.2018", faelle=faelle(people[0]))
    figures.hand_in(reporting_date="31.12.2018", faelle=faelle(*people))
    figures.release(note="Die erste.")
    settings = figures.settings
    profile_files.put(settings, "amt-a", "# none of its own\n")
    accounts.add(settings, "ada", grants([("read", "08"), ("send", "amt-a")]), "chief")
    audit.note(settings, "ada", "sign in")
    return settings.store


def main(target: Path) -> None:
    """Write the archive of this version."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tarfile.open(target / f"{VERSION}.tar.xz", "w:xz", preset=9) as tar,
    ):
        store = make(Path(folder))
        for path in sorted(store.rglob("*")):
            if path.is_file() and not path.name.endswith("lock"):
                tar.add(path, path.relative_to(store).as_posix())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
