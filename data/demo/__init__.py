"""Demonstration deliveries: synthetic case exports of all 44 Kreise, in the ways that offices write them."""

from collections.abc import Iterator
from pathlib import Path

from data.demo import export, land, municipalities, senders, writing
from data.foundation.steps import Progress, Step, silent

# Planning regions, and constituencies that are invented; handed in as an office hands in its own.
GROUPINGS = Path(__file__).parent / "lists" / "groupings.csv"


def write(folder: Path, cases: int, seed: int, progress: Progress = silent) -> list[Path]:
    """Write one delivery per sender into the folder and return the paths to import.

    The same seed gives the same bytes. Cases scale with `cases`; posts, funds and context do not, they belong
    to institutions. `progress` is told after each delivery.
    """
    return list(written(folder, cases, seed, progress))


def written(folder: Path, cases: int, seed: int, progress: Progress = silent) -> Iterator[Path]:
    """The same one after the other: each path as soon as its delivery is written."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = land.planned(cases, seed)
    offices = senders.of(whole.places)
    for done, sender in enumerate(offices, 1):
        path = writing.delivery(folder, sender, export.tables_of(sender, whole, seed))
        progress(Step("write", sender.name, done, len(offices)))
        yield path


def write_lists(folder: Path, seed: int) -> list[Path]:
    """Write the synthetic official lists of municipalities into the folder and return the paths to import.

    The same seed gives the same bytes, and the sizes that the deliveries of this seed have.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return municipalities.write(folder, land.planned(0, seed).places, seed)
