"""One writer at a time: locks that the operating system gives back when their process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.foundation import durable

LOCK = "lock"


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
    durable.mkdir(store)
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
    durable.mkdir(store)
    with (store / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
