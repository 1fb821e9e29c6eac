"""Examined deliveries that wait for somebody to say yes: a folder each, named by an unguessable token."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import TEXTS
from data.deliveries.guard.refusal import hides_from_guard
from data.deliveries.handin.acceptance import Parcel
from data.deliveries.handin.comparison import Comparison
from data.deliveries.handin.results import Checked
from data.deliveries.store.incoming import Incoming
from data.foundation import durable, languages, storedjson
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError

FORGET_AFTER = timedelta(days=7)
FILE = "examined.json"


@dataclass(frozen=True, kw_only=True)
class Examined(Checked):
    """A delivery that was received and checked but not taken over, and what it would change.

    `token` is None for one that is not kept: the anonymity guard refused it or could not read all of it, or
    it is in the store already. `comparison` is None where faults leave nothing to compare. `sender_given`,
    `date_given` and `profile` (its text) are what was said beside the files.
    """

    by: str
    examined_at: datetime
    token: str | None = None
    comparison: Comparison | None = None
    sender_given: str | None = None
    date_given: str | None = None
    profile: str | None = None

    @property
    def needs_confirmation(self) -> bool:
        """It can be accepted, but only with a reason why its warnings are right."""
        return not self.refused and not self.already_stored and self.has_warnings

    @property
    def acceptable(self) -> bool:
        """`accept` takes it over, with a reason where one is needed."""
        return self.token is not None and not self.refused


@dataclass(frozen=True)
class Waiting:
    """What is written into the folder: the examination, and what the register will say (None with faults)."""

    examined: Examined
    parcel: Parcel | None


class NotWaitingError(DashboardError):
    """A token that nothing waits under: accepted, discarded, or older than a week."""

    exit_code = 2

    def __str__(self) -> str:
        return (
            "This upload does not wait any more: it was taken over, discarded, or is older than "
            f"{FORGET_AFTER.days} days. Hand the files in again."
        )


def add(store: Path, new: Incoming, waiting: Waiting) -> None:
    """Move a received delivery to those that wait, whole and on the disk."""
    folder = _folder(store, waiting.examined.token or "")
    shutil.rmtree(new.scratch, ignore_errors=True)
    (new.folder / FILE).write_text(storedjson.text(waiting), encoding="utf-8")
    durable.mkdir(folder.parent)
    durable.place(new.folder, folder)


def one(store: Path, token: str) -> tuple[Waiting, Path]:
    """What waits under a token, and the folder of its files. Raises `NotWaitingError`."""
    if not token.isalnum() or (waiting := _read(_folder(store, token))) is None:
        raise NotWaitingError
    return waiting, _folder(store, token) / "kept"


def every(store: Path) -> list[Examined]:
    """All that wait, the oldest first."""
    read = [waiting for folder in _folders(store) if (waiting := _read(folder))]
    return sorted((each.examined for each in read), key=lambda examined: examined.examined_at)


def drop(store: Path, token: str) -> None:
    """Forget an upload. It leaves the folder of those that wait in one step, then its files go."""
    with store_lock(store):
        gone = store / "incoming" / f"{token}-gone"
        gone.parent.mkdir(parents=True, exist_ok=True)
        if token.isalnum() and _folder(store, token).exists():
            durable.rename(_folder(store, token), gone)
    shutil.rmtree(gone, ignore_errors=True)


def sweep(store: Path) -> None:
    """Forget what has waited for more than a week, what can't be read, and what the guard has not seen."""
    for folder in _folders(store):
        waiting = _read(folder)
        if waiting is None or _is_over(waiting.examined):
            drop(store, folder.name)


def readable(folder: Path) -> bool:
    """Whether an examined delivery lies in this folder."""
    return _read(folder) is not None


def _is_over(examined: Examined) -> bool:
    """Also of an upload that an older program kept although the guard had not seen all of it."""
    return hides_from_guard(examined.groups) or datetime.now(UTC) - examined.examined_at > FORGET_AFTER


def _folder(store: Path, token: str) -> Path:
    return store / "waiting" / token


def _folders(store: Path) -> list[Path]:
    parent = store / "waiting"
    return sorted(parent.iterdir()) if parent.is_dir() else []


def _read(folder: Path) -> Waiting | None:
    try:
        return _parsed(folder / FILE, (folder / FILE).stat().st_mtime_ns)
    except (OSError, ValueError):  # written by another version, or just discarded
        return None


@lru_cache(maxsize=32)
def _parsed(file: Path, _changed_ns: int) -> Waiting:
    """A page asks at every click, and thousands of findings take their time."""
    written = file.read_text(encoding="utf-8")
    return storedjson.read(Waiting, written, newer=True, earlier=_by_language)


def _by_language(table: dict[str, Any]) -> dict[str, Any]:
    """Earlier programs wrote the texts of a finding one by one: `message_de`, `message_en`."""
    return languages.gathered(table, *TEXTS)
