"""Which releases there are: a list beside their folders, replaced as a whole. A release is never changed."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from data.foundation import durable, storedjson
from data.foundation.errors import DashboardError

FOLDER, LIST = "releases", "published.json"
DATABASE, MANIFEST, REVISIONS = "release.duckdb", "manifest.json", "revisions.csv"
PREVIEW, UNLISTED = ".preview", ".unlisted-"
# Of a store that follows another: whom, and what is on its way.
COPY, PULLING = "copy.json", ".pulling"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class BadReleaseNameError(DashboardError):
    """A name that no release can have, or that one has already."""

    exit_code = 2


class ReleaseListMissingError(DashboardError):
    """There are releases, and no list of them."""

    exit_code = 6

    def __init__(self, path: Path, folders: Sequence[str]) -> None:
        super().__init__(
            f"{path} is missing, although there are releases ({', '.join(folders)}). Put it back from your "
            "backup; docs/releases.md says how to write it anew. Nothing was published."
        )


class ServesBeforeLastError(DashboardError):
    """A release that would serve before the one it is compared with."""

    exit_code = 2

    def __init__(self, last: "Entry") -> None:
        until = f"{last.serves_from:%Y-%m-%dT%H:%M}+00:00"
        super().__init__(
            f"The release {last.name} is under an embargo until {until}, and the next one would serve before "
            "it: readers would be told of changes against figures that they can't see. "
            f"Give --embargo {until} or later."
        )


class CopiedError(DashboardError):
    """A store that follows another installation publishes nothing of its own."""

    exit_code = 2

    def __init__(self, store: Path) -> None:
        super().__init__(
            f"{store} is a copy of another installation's releases (`python -m data pull`): what is "
            "published or withdrawn there comes here by itself. Nothing was changed."
        )


@dataclass(frozen=True)
class Withdrawn:
    """That a release serves nobody any more: since when (UTC), and the reason that readers are told."""

    at: datetime
    reason: str


_STOOD: ContextVar[dict[Path, tuple[object, ...]] | None] = ContextVar("stood", default=None)


@dataclass(frozen=True)
class Entry:
    """One release: its name, when it was made, and from when on it serves (UTC), unless it is withdrawn.
    `shown_from`: of a copy, when all copies begin to show it together; None once that is over.
    """

    name: str
    created_at: datetime
    serves_from: datetime
    withdrawn: Withdrawn | None = field(default=None, metadata={storedjson.LEAN: True})
    shown_from: datetime | None = field(default=None, metadata={storedjson.LEAN: True})


def entries(store: Path) -> tuple[Entry, ...]:
    """Every release, oldest first, also those under an embargo. Raises DamagedFileError."""
    try:
        return _entries(store, standing(store))
    except FileNotFoundError:
        return ()


# The list is replaced as a whole, so another list is another file. A page asks for it at each question.
@lru_cache(maxsize=16)
def _entries(store: Path, _: tuple[object, ...]) -> tuple[Entry, ...]:
    return storedjson.read_file(tuple[Entry, ...], store / FOLDER / LIST, newer=True)


def revisions(store: Path, name: str) -> Path:
    """Where the changed cells of closed periods are listed, if a release has any."""
    return store / FOLDER / name / REVISIONS


def count(store: Path) -> int:
    """How many releases there are; 0 if the list can't be read."""
    try:
        return len(entries(store))
    except ValueError:
        return 0


def open_to_readers(store: Path, now: datetime | None = None) -> tuple[Entry, ...]:
    """The releases whose embargo is over and which are not withdrawn, oldest first; the last one is what
    readers see.

    It is no earlier than the newest release was made, whatever the clock says: one that was set back takes
    no release from readers.
    """
    return tuple(entry for entry in opened(store, now) if entry.withdrawn is None)


def withdrawn(store: Path) -> tuple[Entry, ...]:
    """The releases that readers could see once and are told about now, oldest first. One that was withdrawn
    under its embargo is none: nobody knew of it.
    """
    return tuple(
        entry
        for entry in opened(store)
        if entry.withdrawn is not None and entry.serves_from <= entry.withdrawn.at
    )


def opened(store: Path, now: datetime | None = None) -> list[Entry]:
    """The releases whose embargo is over, oldest first, also those that are withdrawn."""
    listed = entries(store)
    moment = max([now or datetime.now(UTC), *(entry.created_at for entry in listed)])
    return [entry for entry in listed if (entry.shown_from or entry.serves_from) <= moment]


def under_embargo(store: Path) -> tuple[Entry, ...]:
    """The releases that readers will see, and do not yet, oldest first."""
    open_now = {entry.name for entry in opened(store)}
    return tuple(entry for entry in entries(store) if entry.name not in open_now and entry.withdrawn is None)


def standing(store: Path) -> tuple[object, ...]:
    """What is another whenever the list is replaced; also where there is none."""
    if (kept := _STOOD.get()) is None:
        return _standing(store)
    if store not in kept:
        kept[store] = _standing(store)
    return kept[store]


@contextmanager
def looked_up_once() -> Iterator[None]:
    """In here the list is that of the first look: a page that changes no release looks eighty times."""
    before = _STOOD.set({})
    try:
        yield
    finally:
        _STOOD.reset(before)


def _standing(store: Path) -> tuple[object, ...]:
    try:
        found = (store / FOLDER / LIST).stat()
    except OSError:
        return (store,)
    return store, found.st_ino, found.st_mtime_ns, found.st_size


def database(store: Path, name: str) -> Path:
    """Where the figures of a release lie."""
    return store / FOLDER / name / DATABASE


def manifest(store: Path, name: str) -> Path:
    """Where the manifest of a release lies."""
    return store / FOLDER / name / MANIFEST


def begin(store: Path) -> None:
    """An empty list before the first release, so that a lost one is never taken for that.

    Raises ReleaseListMissingError, CopiedError.
    """
    refuse_copy(store)
    if (store / FOLDER / LIST).exists():
        return
    if folders := _complete(store):
        raise ReleaseListMissingError(store / FOLDER / LIST, folders)
    durable.mkdir(store / FOLDER)
    _write(store, [])


def leftovers(store: Path) -> list[Path]:
    """What killed releases left: half-made folders and lists, made folders that the list does not name.

    Without a list nobody knows which of the made ones are left over.
    """
    kept = (PREVIEW, UNLISTED, PULLING)
    hidden = [
        each for each in (store / FOLDER).glob(".*") if each.is_dir() and not each.name.startswith(kept)
    ]
    half_written = [path for path in (store / FOLDER).glob("*.new") if path.is_file()]
    try:
        known = {entry.name for entry in entries(store)}
    except ValueError:
        known = None
    if known is None or not (store / FOLDER / LIST).exists():
        return sorted([*hidden, *half_written])
    made = [path for path in (store / FOLDER).glob("[!.]*") if path.is_dir() and path.name not in known]
    return sorted([*hidden, *half_written, *made])


def free_name(store: Path, wanted: str) -> str:
    """The wanted name, or with the next number behind it if there is such a release already."""
    taken = {entry.name for entry in entries(store)}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def check_name(store: Path, name: str) -> None:
    """Raises BadReleaseNameError."""
    if not NAME.fullmatch(name):
        raise BadReleaseNameError(
            f"{name!r} can't name a release. Use letters, digits, dots and dashes, like 2026-Q3."
        )
    if name in {entry.name for entry in entries(store)} or (store / FOLDER / name).exists():
        raise BadReleaseNameError(
            f"There is a release {name} already, and a release is never changed. Give another name."
        )


def check_turn(store: Path, embargo: datetime | None) -> None:
    """Releases serve in the order they are made in, each compared with the one before.

    Raises ServesBeforeLastError.
    """
    listed = entries(store)
    if listed and (embargo or datetime.now(UTC)) < listed[-1].serves_from:
        raise ServesBeforeLastError(listed[-1])


def publish(store: Path, entry: Entry) -> None:
    """Add a release to the list. A crash leaves the old list."""
    _write(store, [*entries(store), entry])


def replace(store: Path, listed: Sequence[Entry]) -> None:
    """Let these be all the releases; a crash leaves the old list. Of a copy alone."""
    _write(store, listed)


def is_copy(store: Path) -> bool:
    """Whether this store follows another installation."""
    return (store / FOLDER / COPY).exists()


def refuse_copy(store: Path) -> None:
    """Raises CopiedError for a store that follows another installation."""
    if is_copy(store):
        raise CopiedError(store)


def change(store: Path, entry: Entry) -> None:
    """Put a release in the place of that of its name; a crash leaves the old list."""
    _write(store, [entry if each.name == entry.name else each for each in entries(store)])


def _write(store: Path, listed: Sequence[Entry]) -> None:
    durable.replace(store / FOLDER / LIST, storedjson.text(listed, indent=1))


def _complete(store: Path) -> list[str]:
    return sorted(path.parent.name for path in (store / FOLDER).glob(f"[!.]*/{MANIFEST}"))
