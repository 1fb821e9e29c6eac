"""A folder of backups: contents under their SHA-256, each once, and a list of files for each backup.

A list is written when all that it names is on the disk, under a name that has its own hash: what a killed
backup leaves is on no list, and half a list is none. Nothing in it is ever changed.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from data.foundation import durable, storedjson
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.languages import counted

MARK, FORMAT = "backups.json", 1
OBJECTS, LISTS = "contents", "backups"
CHUNK = 2**20
NAME = re.compile(r"(\d{6})-(\d{8}T\d{6}Z)-([0-9a-f]{16})\.json")


class BackupError(DashboardError):
    """This folder can't hold backups, or has none like that."""

    exit_code = 2


class DamagedBackupError(DashboardError):
    """What lies in the folder of backups is not what was written."""

    exit_code = 6


class UnusableBackupsError(DashboardError):
    """The disk says no, of the store or of the folder of backups."""


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the system says as one error. Raises UnusableBackupsError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise UnusableBackupsError(
            f"The work on the backups in {folder} stopped ({error}). Whole backups, and the store, are as "
            "they were. Make room or give the right to write, and do it again."
        ) from error


@dataclass(frozen=True)
class File:
    """One file of the store as it was backed up. `sha256` is where its content lies."""

    name: str
    sha256: str
    size: int
    mtime_ns: int
    mode: int


@dataclass(frozen=True)
class Backup:
    """One whole backup. `made_at` is ISO 8601 in UTC, `program` which one made it.

    `secrets`: hash of the encrypted part, empty if there is none; `opened_by`: `passphrase` or `recipient`.
    `left_out`: names of what should be in that part and is not.
    """

    number: int
    made_at: str
    program: str
    files: tuple[File, ...]
    secrets: str = ""
    opened_by: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Added:
    """A content in the folder: its hash, its size, and how many bytes of it are new there."""

    sha256: str
    size: int
    new: int


class Repository:
    """The folder. Only one process at a time writes to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, store: Path) -> None:
        """Make the folder, or find that it is one of backups. Raises BackupError."""
        here, there = self.folder.resolve(), store.resolve()
        if here == there or there in here.parents or here in there.parents:
            raise BackupError(f"{here} and the store {there} lie in one another: give another folder.")
        if not here.is_dir() or not any(here.iterdir()):
            durable.mkdir(here, 0o700)
            durable.replace(here / MARK, json.dumps({"format": FORMAT}), 0o600)
        self.check()
        for name in (OBJECTS, LISTS):
            durable.mkdir(here / name, 0o700)

    def check(self) -> None:
        """Raises BackupError unless this is a folder of backups that this program can read."""
        try:
            made = json.loads((self.folder / MARK).read_text(encoding="utf-8"))["format"]
        except (OSError, ValueError, KeyError, TypeError):
            raise BackupError(
                f"{self.folder} is no folder of backups ({MARK} is not there). Give an empty one, or "
                "one that `python -m data backup` made."
            ) from None
        if made != FORMAT:
            raise BackupError(f"{self.folder} was made by a newer program. Install that one again.")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time; what a killed one left half-written goes."""
        with store_lock(self.folder):
            for left in self.folder.rglob("*.new"):
                left.unlink()
            yield

    def every(self) -> tuple[Backup, ...]:
        """Every whole backup, the oldest first. Raises DamagedBackupError."""
        return tuple(self._read(path) for path in self._lists())

    def one(self, number: int | None = None) -> Backup:
        """The backup with this number, or the newest. Raises BackupError, DamagedBackupError."""
        paths = self._lists()
        wanted = [path for path in paths if number is None or int(path.name[:6]) == number]
        if not wanted:
            there = (
                f"there are {', '.join(str(int(path.name[:6])) for path in paths)}" if paths else "none is"
            )
            raise BackupError(f"{self.folder}: no whole backup {number or ''} ({there}).".replace("  ", " "))
        return self._read(wanted[-1])

    def has(self, sha256: str, size: int) -> bool:
        """Whether this content is there, as far as its size tells."""
        path = self.path(sha256)
        return path.is_file() and path.stat().st_size == size

    def add(self, content: bytes) -> Added:
        """Keep a content that is in memory."""
        sha256, size = hashlib.sha256(content).hexdigest(), len(content)
        if self.has(sha256, size):
            return Added(sha256, size, 0)
        durable.mkdir(self.path(sha256).parent, 0o700)
        durable.replace(self.path(sha256), content, 0o400)
        return Added(sha256, size, size)

    def add_file(self, path: Path) -> Added:
        """Keep the content of a file, as it was read."""
        beside = self.folder / OBJECTS / f"{uuid4().hex}.new"
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with path.open("rb") as reading, os.fdopen(handle, "wb") as writing:
                sha256, size = _copied(reading, writing)
            if self.has(sha256, size):
                return Added(sha256, size, 0)
            durable.mkdir(self.path(sha256).parent, 0o700)
            durable.place(beside, self.path(sha256))
            return Added(sha256, size, size)
        finally:
            beside.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a content lies."""
        return self.folder / OBJECTS / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """A content. Raises DamagedBackupError."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise _damaged(self.path(sha256), error.strerror or "gone") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _damaged(self.path(sha256), "other bytes")
        return content

    def verify(self, sha256: str) -> None:
        """Read a content. Raises DamagedBackupError."""
        try:
            with self.path(sha256).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _damaged(self.path(sha256), error.strerror or "gone") from error
        if found != sha256:
            raise _damaged(self.path(sha256), "other bytes")

    def copy(self, sha256: str, target: Path, mode: int = 0o600) -> None:
        """Write a content to a file that is not there yet. Raises DamagedBackupError, OSError."""
        if not self.path(sha256).is_file():
            raise _damaged(self.path(sha256), "gone")
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with self.path(sha256).open("rb") as reading, os.fdopen(handle, "wb") as writing:
            found, _ = _copied(reading, writing)
        if found != sha256:
            raise _damaged(self.path(sha256), "other bytes")

    def list_it(self, backup: Backup) -> None:
        """From now on this is a whole backup."""
        text = storedjson.text(backup, indent=1)
        moment = re.sub(r"\D", "", backup.made_at[:19])
        name = f"{backup.number:06}-{moment[:8]}T{moment[8:]}Z-{_short(text)}.json"
        durable.replace(self.folder / LISTS / name, text, 0o400)

    def forget(self, keep: int) -> int:
        """Remove all but the newest backups, and contents that no other one has; how many backups went."""
        paths = self._lists()
        gone = paths[:-keep]
        if not gone:
            return 0
        used = {sha256 for backup in map(self._read, paths[-keep:]) for sha256 in _contents(backup)}
        for path in gone:  # first: a list never names what is not there
            path.unlink()
        durable.sync(self.folder / LISTS)
        for path in (self.folder / OBJECTS).glob("*/*"):
            if path.name not in used:
                path.unlink()
        return len(gone)

    def _lists(self) -> list[Path]:
        self.check()
        found = [path for path in (self.folder / LISTS).glob("*.json") if NAME.fullmatch(path.name)]
        return sorted(found, key=lambda path: path.name)

    def _read(self, path: Path) -> Backup:
        try:
            text = path.read_text(encoding="utf-8")
            if _short(text) not in path.name:
                raise _damaged(path, "other bytes")
            return storedjson.read(Backup, text)
        except (OSError, ValueError) as error:
            raise _damaged(path, str(error)) from error


def free(folder: Path, needed: int) -> None:
    """Raises BackupError if so many bytes have no room there."""
    left = shutil.disk_usage(folder).free
    if left < needed:
        raise BackupError(
            f"{folder} has room for {counted(left // 2**20, 'MiB', 'MiB')}, and {needed // 2**20 + 1:,} are "
            "needed. Nothing was written."
        )


def _contents(backup: Backup) -> Iterator[str]:
    yield from (file.sha256 for file in backup.files)
    yield backup.secrets


def _copied(reading: BinaryIO, writing: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := reading.read(CHUNK):
        digest.update(chunk)
        size += writing.write(chunk)
    return digest.hexdigest(), size


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _damaged(path: Path, reason: str) -> DamagedBackupError:
    return DamagedBackupError(
        f"{path} is not what was written ({reason}). Nothing was changed in the store. Take another backup: "
        "`python -m data restore DIR --list` names them, `--of NUMBER` takes one."
    )
