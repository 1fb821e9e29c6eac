"""What of one delivery is not as it was when it was accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.deliveries import hashes
from data.deliveries.guard import leftout
from data.deliveries.profiles import use
from data.deliveries.store import folder

GONE = "no file"


@dataclass(frozen=True)
class Damage:
    """A file of the store that is not what it should be."""

    file: str
    expected: str
    found: str


def of_delivery(store: Path, row: dict[str, Any], files: dict[str, str]) -> Iterator[Damage]:
    """What is damaged of a delivery of the register. `files`: the hashes recorded at its acceptance."""
    kept = folder(store, row["folder"])
    yield from of_files(store, kept, files)
    named = f"deliveries/{row['folder']}"
    for table in row["rows"]:
        if f"{table}.parquet" not in files:
            yield Damage(f"{named}/{table}.parquet", "recorded at acceptance", "never recorded")
    originals = {
        name.removeprefix("original/"): sha256
        for name, sha256 in files.items()
        if name.startswith("original/")
    }
    if leftout.FILE not in files and row["sha256"] not in hashes.addresses(originals, kept / use.FILE):
        yield Damage(f"{named}/original", row["sha256"], "files of another hash, or not all of them")


def of_files(store: Path, kept: Path, files: dict[str, str]) -> Iterator[Damage]:
    """What of these files of the folder `kept` is gone or has another hash."""
    for name, expected in files.items():
        path = kept / name
        found = hashes.of_file(path) if path.is_file() else GONE
        if found != expected:
            yield Damage(path.relative_to(store).as_posix(), expected, found)
