"""The profiles of the senders: `profiles/<sender>.toml` in the store, and the earlier versions of each."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data import durable
from data.deliveries.locks import store_lock
from data.deliveries.profiles.language import Profile
from data.deliveries.profiles.load import load, load_file
from data.deliveries.schema import tables
from data.errors import DashboardError
from data.settings import Settings

SHIPPED = Path(__file__).parent / "shipped"


class UnknownProfile(DashboardError):
    """No file, saved or shipped profile of this name."""

    exit_code = 2

    def __str__(self) -> str:
        name, known = self.args
        return f"There is no profile {name!r}: no file, none saved for a sender, none of {', '.join(known)}."


class UnknownSender(DashboardError):
    """What should be the id of a sender has another form."""

    exit_code = 2

    def __str__(self) -> str:
        return f"{self.args[0]!r} is no id of a sender (2 to 40 of A-Z a-z 0-9 . _ -)."


@dataclass(frozen=True)
class Kept:
    """One profile that can be used. `sender` is None for those that are shipped."""

    sender: str | None
    path: Path
    earlier: tuple[Path, ...] = ()


def every(settings: Settings) -> tuple[Kept, ...]:
    """The saved profiles by sender, then the shipped ones."""
    files = sorted(folder.glob("*.toml")) if (folder := _folder(settings)).is_dir() else []
    mine = tuple(Kept(file.stem, file, _earlier(settings, file.stem)) for file in files)
    return (*mine, *(Kept(None, file) for file in sorted(SHIPPED.glob("*.toml"))))


def of(settings: Settings, sender: str) -> Profile | None:
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
    raise UnknownProfile(name, sorted(file.stem for file in SHIPPED.glob("*.toml")))


def save(settings: Settings, sender: str, text: str) -> Path:
    """Keep a profile for a sender, whole or not at all; the one before it becomes an earlier version.

    Raises `ProfileWrong` (nothing is saved), `UnknownSender`, OSError.
    """
    if not _is_sender(sender):
        raise UnknownSender(sender)
    load(text, f"{sender}.toml")
    path = _folder(settings) / f"{sender}.toml"
    with store_lock(settings.store):
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        if before == text:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        if before is not None:
            _write(path.parent / "earlier" / f"{sender}.{_now()}.toml", before)
        _write(path, text)
    return path


def _write(path: Path, text: str) -> None:
    """A reader, and a power cut, find the old file or the new one."""
    path.parent.mkdir(exist_ok=True)
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
