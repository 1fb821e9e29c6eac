"""The profiles that can be used: those saved for a sender, and those that are shipped."""

import re
from dataclasses import dataclass
from pathlib import Path

from data.deliveries.format.profile import Profile
from data.deliveries.format.schema import tables
from data.deliveries.profiles.loading import load, load_file
from data.deliveries.store import profile_files
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

SHIPPED = Path(__file__).parent / "shipped"


class UnknownProfileError(DashboardError):
    """No file, saved or shipped profile of this name."""

    exit_code = 2

    def __str__(self) -> str:
        name, known = self.args
        return f"There is no profile {name!r}: no file, none saved for a sender, none of {', '.join(known)}."


class UnreadableProfileError(DashboardError):
    """A file that is there and can't be read."""

    exit_code = 2

    def __str__(self) -> str:
        return f"The profile {self.args[0]!r} can't be read: {self.args[1]}. Give the right to read it."


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
    mine = tuple(
        SavedProfile(file.stem, file, profile_files.earlier(settings, file.stem))
        for file in profile_files.every(settings)
    )
    return (*mine, *(SavedProfile(None, file) for file in sorted(SHIPPED.glob("*.toml"))))


def saved_for(settings: Settings, sender: str) -> Profile | None:
    """The profile saved for a sender, or None. Raises `WrongProfileError` if it was damaged."""
    path = profile_files.path_of(settings, sender)
    return load_file(path) if _is_sender(sender) and path.is_file() else None


def called(settings: Settings, name: str) -> Profile:
    """A profile by the path of its file, by the sender it was saved for, or by the name of a shipped one.

    Raises `UnknownProfileError`, `UnreadableProfileError`, `WrongProfileError`.
    """
    try:
        return load_file(path_of(settings, name))
    except OSError as error:
        raise UnreadableProfileError(name, error.strerror) from error


def path_of(settings: Settings, name: str) -> Path:
    """The file that `called` reads. Raises `UnknownProfileError`."""
    if Path(name).is_file():
        return Path(name)
    for path in (profile_files.path_of(settings, name), SHIPPED / f"{name}.toml"):
        if path.name == f"{name}.toml" and path.is_file():
            return path
    raise UnknownProfileError(name, sorted(file.stem for file in SHIPPED.glob("*.toml")))


def save(settings: Settings, sender: str, text: str) -> Path:
    """Keep a profile for a sender, whole or not at all; the one before it becomes an earlier version.

    Raises `WrongProfileError` (nothing is saved), `UnknownSenderError`, OSError.
    """
    _check(sender, text)
    return profile_files.put(settings, sender, text)


def lay_ready(settings: Settings, sender: str, text: str, sha256: str) -> None:
    """Keep a profile ready for the moment when this delivery is in the register. Under the store's lock.

    Raises `WrongProfileError`, `UnknownSenderError`, OSError.
    """
    _check(sender, text)
    profile_files.lay_ready(settings, sender, text, sha256)


def _check(sender: str, text: str) -> None:
    if not _is_sender(sender):
        raise UnknownSenderError(sender)
    load(text, f"{sender}.toml")


def _is_sender(sender: str) -> bool:
    return re.fullmatch(tables()["lieferung"].field("absender_id").rules["pattern"], sender) is not None
