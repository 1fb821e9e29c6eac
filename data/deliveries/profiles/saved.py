"""The profiles of the senders: `profiles/<sender>.toml` in the store, and the earlier versions of each.

One that comes with a delivery lies ready as `<sender>.<sha256 of the delivery>.ready` until the register
knows that delivery, as new keys wait for their release: before the entry the delivery can still be refused,
and after it a process that is killed would lose the profile. The register tells the next one which it was.
"""

import re
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.deliveries.format.profile import Profile
from data.deliveries.format.schema import tables
from data.deliveries.profiles.loading import load, load_file
from data.deliveries.store import register
from data.foundation import durable
from data.foundation.errors import DashboardError
from data.foundation.locks import store_lock
from data.foundation.settings import Settings

SHIPPED = Path(__file__).parent / "shipped"
READY = ".ready"


class UnknownProfileError(DashboardError):
    """No file, saved or shipped profile of this name."""

    exit_code = 2

    def __str__(self) -> str:
        name, known = self.args
        return f"There is no profile {name!r}: no file, none saved for a sender, none of {', '.join(known)}."


class UnknownSenderError(DashboardError):
    """What should be the id of a sender has another form."""

    exit_code = 2

    def __str__(self) -> str:
        return f"{self.args[0]!r} is no id of a sender (2 to 40 of A-Z a-z 0-9 . _ -)."


@dataclass(frozen=True)
class SavedProfile:
    """One profile that can be used. `sender` is None for those that are shipped."""

    sender: str | None
    path: Path
    earlier: tuple[Path, ...] = ()


def every(settings: Settings) -> tuple[SavedProfile, ...]:
    """The saved profiles by sender, then the shipped ones."""
    files = sorted(folder.glob("*.toml")) if (folder := _folder(settings)).is_dir() else []
    mine = tuple(SavedProfile(file.stem, file, _earlier(settings, file.stem)) for file in files)
    return (*mine, *(SavedProfile(None, file) for file in sorted(SHIPPED.glob("*.toml"))))


def saved_for(settings: Settings, sender: str) -> Profile | None:
    """The profile saved for a sender, or None. Raises `ProfileWrong` if it was damaged."""
    path = _folder(settings) / f"{sender}.toml"
    return load_file(path) if _is_sender(sender) and path.is_file() else None


def called(settings: Settings, name: str) -> Profile:
    """A profile by the path of its file, by the sender it was saved for, or by the name of a shipped one.

    Raises `UnknownProfile`, `ProfileWrong`.
    """
    return load_file(path_of(settings, name))


def path_of(settings: Settings, name: str) -> Path:
    """The file that `called` reads. Raises `UnknownProfile`."""
    if Path(name).is_file():
        return Path(name)
    for path in (_folder(settings) / f"{name}.toml", SHIPPED / f"{name}.toml"):
        if path.name == f"{name}.toml" and path.is_file():
            return path
    raise UnknownProfileError(name, sorted(file.stem for file in SHIPPED.glob("*.toml")))


def save(settings: Settings, sender: str, text: str) -> Path:
    """Keep a profile for a sender, whole or not at all; the one before it becomes an earlier version.

    Raises `ProfileWrong` (nothing is saved), `UnknownSender`, OSError.
    """
    _check(sender, text)
    with store_lock(settings.store):
        _settle_left(settings)
        return _put(settings, sender, text)


def lay_ready(settings: Settings, sender: str, text: str, sha256: str) -> None:
    """Keep a profile ready for the moment when this delivery is in the register. Under the store's lock.

    Raises `ProfileWrong`, `UnknownSender`, OSError.
    """
    _check(sender, text)
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


def _check(sender: str, text: str) -> None:
    if not _is_sender(sender):
        raise UnknownSenderError(sender)
    load(text, f"{sender}.toml")


def _put(settings: Settings, sender: str, text: str) -> Path:
    path = _folder(settings) / f"{sender}.toml"
    before = path.read_text(encoding="utf-8") if path.is_file() else None
    if before == text:
        return path
    earlier = _earlier(settings, sender)
    if before is not None and not (earlier and earlier[-1].read_text(encoding="utf-8") == before):
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


def _earlier(settings: Settings, sender: str) -> tuple[Path, ...]:
    version = re.compile(re.escape(sender) + r"\.\d{8}T\d{12}Z\.toml")
    found = (_folder(settings) / "earlier").glob("*.toml")
    return tuple(sorted(file for file in found if version.fullmatch(file.name)))


def _folder(settings: Settings) -> Path:
    return settings.store / "profiles"


def _is_sender(sender: str) -> bool:
    return re.fullmatch(tables()["lieferung"].field("absender_id").rules["pattern"], sender) is not None


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
