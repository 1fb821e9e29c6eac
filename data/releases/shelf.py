"""Which releases there are: a list beside their folders, replaced as a whole. A release is never changed."""

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.editions import sync_folder
from data.errors import DashboardError

FOLDER, LIST, DATABASE, MANIFEST = "releases", "published.json", "release.duckdb", "manifest.json"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class BadName(DashboardError):
    """A name that no release can have, or that one has already."""

    exit_code = 2


@dataclass(frozen=True)
class Entry:
    """One release: its name, when it was made, and from when on it serves (UTC)."""

    name: str
    created_at: datetime
    serves_from: datetime


def entries(store: Path) -> tuple[Entry, ...]:
    """Every release, oldest first, also those under an embargo."""
    try:
        listed = json.loads((store / FOLDER / LIST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(
        Entry(
            each["name"],
            datetime.fromisoformat(each["created_at"]),
            datetime.fromisoformat(each["serves_from"]),
        )
        for each in listed
    )


def open_to_readers(store: Path, now: datetime | None = None) -> tuple[Entry, ...]:
    """The releases whose embargo is over, oldest first; the last one is what readers see."""
    moment = now or datetime.now(UTC)
    return tuple(entry for entry in entries(store) if entry.serves_from <= moment)


def database(store: Path, name: str) -> Path:
    """Where the figures of a release lie."""
    return store / FOLDER / name / DATABASE


def manifest(store: Path, name: str) -> Path:
    """Where the manifest of a release lies."""
    return store / FOLDER / name / MANIFEST


def free_name(store: Path, wanted: str) -> str:
    """The wanted name, or with the next number behind it if there is such a release already."""
    taken = {entry.name for entry in entries(store)}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def check_name(store: Path, name: str) -> None:
    """Raises BadName."""
    if not NAME.fullmatch(name):
        raise BadName(f"{name!r} can't name a release. Use letters, digits, dots and dashes, like 2026-Q3.")
    if name in {entry.name for entry in entries(store)} or (store / FOLDER / name).exists():
        raise BadName(
            f"There is a release {name} already, and a release is never changed. Give another name."
        )


def publish(store: Path, entry: Entry) -> None:
    """Add a release to the list: written beside, synced, renamed. A crash leaves the old list."""
    listed = [
        {
            "name": each.name,
            "created_at": each.created_at.isoformat(),
            "serves_from": each.serves_from.isoformat(),
        }
        for each in (*entries(store), entry)
    ]
    beside = store / FOLDER / f"{LIST}.{os.getpid()}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(listed, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(store / FOLDER / LIST)
    sync_folder(store / FOLDER)
