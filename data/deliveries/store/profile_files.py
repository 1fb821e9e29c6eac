"""The files of profiles: `profiles/<sender>.toml` in the store, and earlier versions of each.

One that comes with a delivery lies ready as `<sender>.<sha256 of the delivery>.ready` until the register
knows that delivery, as new keys wait for their release: before the entry the delivery can still be refused,
and after it a process that is killed would lose the profile. The register tells the next one which it was.
What a profile says is no business of these files: `profiles.saved` checks it before it gets here.
"""

import re
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from data.deliveries.store import register
from data.foundation import durable
from data.foundation.durable import store_lock
from data.foundation.settings import Settings

READY = ".ready"


def every(settings: Settings) -> list[Path]:
    """The profile in use of each sender that has one, by sender."""
    return sorted(folder.glob("*.toml")) if (folder := _folder(settings)).is_dir() else []


def path_of(settings: Settings, sender: str) -> Path:
    """The profile in use of a sender, if there is one."""
    return _folder(settings) / f"{sender}.toml"


def earlier(settings: Settings, sender: str) -> tuple[Path, ...]:
    """The versions before it, oldest first."""
    version = re.compile(re.escape(sender) + r"\.\d{8}T\d{12}Z\.toml")
    found = (_folder(settings) / "earlier").glob("*.toml")
    return tuple(sorted(file for file in found if version.fullmatch(file.name)))


def put(settings: Settings, sender: str, text: str) -> Path:
    """Put a profile in its place; the one before it becomes an earlier version. Raises OSError."""
    with store_lock(settings.store):
        _settle_left(settings)
        return _put(settings, sender, text)


def lay_ready(settings: Settings, sender: str, text: str, sha256: str) -> None:
    """Keep a profile ready for the moment when this delivery is in the register. Under the store's lock.

    Raises OSError.
    """
    _write(_ready(settings, sender, sha256), text)


def withdraw(settings: Settings, sender: str, sha256: str) -> None:
    """The delivery was not taken over. What can't be deleted now, `settle` deletes."""
    with suppress(OSError):
        _ready(settings, sender, sha256).unlink(missing_ok=True)


def settle(settings: Settings, opened: sqlite3.Connection) -> None:
    """Put what lies ready in its place if its delivery was accepted, and delete it if not.

    Under the store's lock, before anything that reads or changes profiles or takes a delivery back: then only
    a process that died can have left it. Raises OSError.
    """
    for path in sorted(_folder(settings).glob(f"*{READY}")):
        sender, _, sha256 = path.stem.rpartition(".")
        if register.known(opened, sha256):
            _put(settings, sender, path.read_text(encoding="utf-8"))
        path.unlink()


def finish(settings: Settings) -> None:
    """Put in its place what a killed process left ready, before a hand-in asks for a profile."""
    if any(_folder(settings).glob(f"*{READY}")):
        with store_lock(settings.store):
            _settle_left(settings)


def _settle_left(settings: Settings) -> None:
    if any(_folder(settings).glob(f"*{READY}")):
        with register.open_for_writing(settings.store) as opened:
            settle(settings, opened)


def _put(settings: Settings, sender: str, text: str) -> Path:
    path = path_of(settings, sender)
    before = path.read_text(encoding="utf-8") if path.is_file() else None
    if before == text:
        return path
    versions = earlier(settings, sender)
    if before is not None and not (versions and versions[-1].read_text(encoding="utf-8") == before):
        # It is there already where a process was killed between these two.
        _write(path.parent / "earlier" / f"{sender}.{_now()}.toml", before)
    _write(path, text)
    return path


def _ready(settings: Settings, sender: str, sha256: str) -> Path:
    return _folder(settings) / f"{sender}.{sha256}{READY}"


def _write(path: Path, text: str) -> None:
    """A reader, and a power cut, find the old file or the new one."""
    durable.mkdir(path.parent)
    durable.replace(path, text)


def _folder(settings: Settings) -> Path:
    return settings.store / "profiles"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
