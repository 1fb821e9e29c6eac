"""Files that survive a power cut: written beside, synced, renamed, and then the folder is synced.

The order is the point. A rename before the file is on the disk can leave an empty file of the new name; one
whose folder was not synced afterwards can be undone. Everything that is kept is replaced or placed by this.

One writer at a time: the locks are those that the operating system gives back when their process dies.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

NO_SUCH_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)  # network shares, folders one may only write to
LOCK = "lock"


def replace(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Let `path` hold this, text as UTF-8, as a whole or not at all. `mode` is that of `os.open`."""
    with replacing(path) as beside:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Where to write what becomes `path` at the end; if it can't be written, `path` is what it was before.

    For what writes files by itself: a workbook, a copy of a database. It has to close the file.
    """
    beside = path.with_name(f"{path.name}.{uuid4().hex[:12]}.new")
    try:
        yield beside
        place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def place(made: Path, target: Path) -> None:
    """Give a finished file, or a folder with all that is in it, its place in the same file system.

    A file there is replaced; a folder there has to be empty.
    """
    _sync_content(made)
    rename(made, target)


def rename(path: Path, target: Path) -> None:
    """Another name for what is on the disk already."""
    path.replace(target)
    for folder in dict.fromkeys((target.parent, path.parent)):
        _sync_one(folder)


def sync(path: Path) -> None:
    """Bring a file, or a folder with all that is in it, to the disk where it lies, its name included."""
    _sync_content(path)
    _sync_one(path.parent)


def mkdir(path: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it, that are still there after a power cut."""
    if path.is_dir():
        return
    mkdir(path.parent)
    path.mkdir(mode, exist_ok=True)
    _sync_one(path.parent)


def _sync_content(path: Path) -> None:
    for each in path.rglob("*") if path.is_dir() else ():
        _sync_one(each)
    _sync_one(path)


def _sync_one(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in NO_SUCH_SYNC or not path.is_dir():
            raise


@contextmanager
def store_lock(store: Path) -> Iterator[None]:
    """Hold the store's lock; waits for whoever has it."""
    with _locked(store, LOCK):
        yield


@contextmanager
def build_lock(store: Path) -> Iterator[None]:
    """Hold the lock of builds, which take longer; hand-ins go on beside it."""
    with _locked(store, "build.lock"):
        yield


@contextmanager
def release_lock(store: Path) -> Iterator[None]:
    """Hold the lock of releases: two made at once take their turns."""
    with _locked(store, "release.lock"):
        yield


@contextmanager
def sign_lock(store: Path) -> Iterator[None]:
    """Hold the lock of the signed list of releases, also while a release is being made."""
    with _locked(store, "sign.lock"):
        yield


@contextmanager
def copy_lock(store: Path) -> Iterator[bool]:
    """Whether this process alone follows a publisher; with the lock of releases, and without waiting."""
    mkdir(store)
    with (store / "release.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def audit_lock(store: Path) -> Iterator[None]:
    """Hold the lock of the audit log: its newest entry stands in two files."""
    with _locked(store, "audit.lock"):
        yield


def builds(store: Path) -> bool:
    """Whether a build is running now."""
    return (store / "build.lock").exists() and held(store / "build.lock")


def releases(store: Path) -> bool:
    """Whether a release is being made now."""
    return (store / "release.lock").exists() and held(store / "release.lock")


def held(path: Path) -> bool:
    """Whether a process that lives has the lock of this file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def _locked(store: Path, name: str) -> Iterator[None]:
    mkdir(store)
    with (store / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
