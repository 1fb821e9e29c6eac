"""Whether a process can do its work now: asked every few seconds by whoever watches it.

It says words of its own alone: no path, no name, no version, since anybody may ask.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import duckdb

from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions import engine
from data.releases import shelf
from data.releases.afterwards.copies import copied

KEPT_SECONDS = 5.0  # asking often costs as much as asking once
LOCKED_SECONDS = 1.0
NEEDED_BYTES = 200 * 2**20  # for handing in; what only reads needs none
REGISTER = "register.sqlite"
OK, NONE, UNREADABLE, LOW, LOCKED, READ_ONLY = "ok", "none", "unreadable", "low", "locked", "read-only"
BEHIND = "behind"


@dataclass(frozen=True)
class Health:
    """What was found. `release`: ok, none, unreadable; `disk`: ok, low, unreadable; `register` (of a process
    that takes deliveries, else ok): ok, locked, read-only, unreadable; `copy`: none (it follows nobody), ok,
    behind (its publisher was not reached for too long), unreadable.

    `free_bytes`: of the disk of the store; `release_age_seconds`: since the newest release serves;
    `copied_at`: when all that the publisher showed was here last (UTC).
    """

    ready: bool
    release: str
    disk: str
    register: str
    free_bytes: int
    release_age_seconds: float | None
    copy: str = NONE
    copied_at: datetime | None = None


class Watched:
    """The health of one process, kept for some seconds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._until = 0.0
        self._kept: Health | None = None

    def now(self) -> Health:
        """As of now, or of a few seconds ago."""
        with self._lock:
            if self._kept is None or time.monotonic() >= self._until:
                self._kept = look(self._settings)
                self._until = time.monotonic() + KEPT_SECONDS
            return self._kept


def look(settings: Settings) -> Health:
    """Look at all of it.

    A disk without room, a register that can't be written, or a publisher that a copy does not reach make no
    difference to who only reads: the public door stays ready. A copy that has nothing yet is not.
    """
    release, age = _release(settings.store)
    disk, free = _disk(settings.store)
    register = _register(settings.store) if settings.signs_in else OK
    copy, copied_at = _copy(settings)
    reads = release == OK or (release == NONE and copy == NONE)
    ready = reads and (not settings.signs_in or (disk == OK and register == OK))
    return Health(ready, release, disk, register, free, age, copy, copied_at)


def _copy(settings: Settings) -> tuple[str, datetime | None]:
    try:
        known = copied.of(settings.store)
    except (OSError, DashboardError):
        return UNREADABLE, None
    if known is None:
        return (BEHIND if settings.copy_of else NONE), None
    return (BEHIND if known.is_behind(settings.copy_minutes) else OK), known.asked_at


def _release(store: Path) -> tuple[str, float | None]:
    try:
        entries = shelf.open_to_readers(store)
        if not entries:
            return NONE, None
        path = shelf.database(store, entries[-1].name)
        # As figures are read: the same file can't be open in two ways at once in one process.
        engine.Database(path).rows("select 1 from marts.edition", {})
        age = (datetime.now(UTC) - entries[-1].serves_from).total_seconds()
    except (OSError, ValueError, duckdb.Error, DashboardError):
        return UNREADABLE, None
    return OK, age


def _disk(store: Path) -> tuple[str, int]:
    try:
        # A public process may see the releases of the store alone, mounted by themselves.
        folders = (store / shelf.FOLDER, store, store.parent)
        free = shutil.disk_usage(next(folder for folder in folders if folder.is_dir())).free
    except (OSError, StopIteration):
        return UNREADABLE, 0
    return (OK if free >= NEEDED_BYTES else LOW), free


def _register(store: Path) -> str:
    """Whether a delivery could be entered; nothing is."""
    path = store / REGISTER
    folder = store if store.is_dir() else store.parent
    try:
        if not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_RDONLY:
            return READ_ONLY
        if not path.exists():
            return OK  # the first delivery makes it
        with closing(sqlite3.connect(path, timeout=LOCKED_SECONDS, isolation_level=None)) as register:
            register.execute("begin immediate")
            register.execute("rollback")
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        return {sqlite3.SQLITE_BUSY: LOCKED, sqlite3.SQLITE_READONLY: READ_ONLY}.get(code, UNREADABLE)
    except (OSError, sqlite3.Error):
        return UNREADABLE
    return OK
