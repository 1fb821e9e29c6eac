"""What of a stored delivery is not as it was when it was accepted, and the error that names such a file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from data.deliveries.store import incoming, register
from data.deliveries.store.deliveries import Stored, folder
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

GONE = "no file"


@dataclass(frozen=True)
class DamagedFile:
    """A file of the store that is not what it should be."""

    file: str
    expected: str
    found: str


class DamagedDeliveryError(DashboardError):
    """A stored file is gone, or not as it was when its delivery was accepted."""

    exit_code = 6

    def __str__(self) -> str:
        return (
            f"{self.args[0]} is damaged, so nothing was made; the figures before stay in use. "
            "`python -m data verify` says what is wrong: put the file back from a backup and do it again."
        )


def of_delivery(store: Path, row: dict[str, Any], files: dict[str, str]) -> Iterator[DamagedFile]:
    """What is damaged of a delivery of the register. `files`: the hashes recorded at its acceptance."""
    kept = folder(store, row["folder"])
    yield from of_files(store, kept, files)
    named = f"deliveries/{row['folder']}"
    for table in row["rows"]:
        if f"{table}.parquet" not in files:
            yield DamagedFile(f"{named}/{table}.parquet", "recorded at acceptance", "never recorded")
    originals = {
        name.removeprefix("original/"): sha256
        for name, sha256 in files.items()
        if name.startswith("original/")
    }
    if incoming.LEFT_OUT not in files and row["sha256"] not in incoming.addresses(
        originals, kept / incoming.PROFILE
    ):
        yield DamagedFile(f"{named}/original", row["sha256"], "files of another hash, or not all of them")


def of_files(store: Path, kept: Path, files: dict[str, str]) -> Iterator[DamagedFile]:
    """What of these files of the folder `kept` is gone or has another hash."""
    for name, expected in files.items():
        path = kept / name
        found = incoming.hash_of_file(path) if path.is_file() else GONE
        if found != expected:
            yield DamagedFile(path.relative_to(store).as_posix(), expected, found)


@contextmanager
def naming_damage(settings: Settings, stored: Mapping[str, Sequence[Stored]]) -> Iterator[None]:
    """Where reading these deliveries fails, look for the file to blame. Raises DamagedDeliveryError.

    An error that no damaged file explains is raised as it is.
    """
    try:
        yield
    except (duckdb.Error, OSError):
        if file := _damaged(settings, {one.id: one for tables in stored.values() for one in tables}):
            raise DamagedDeliveryError(file) from None
        raise


def _damaged(settings: Settings, deliveries: Mapping[int, Stored]) -> str | None:
    with register.open_for_reading(settings.store) as opened:
        for number, one in deliveries.items():
            for damage in of_files(settings.store, one.folder, register.files(opened, number)):
                return damage.file
    return None
