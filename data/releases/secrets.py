"""K1 and K2: made at the first release, kept beside the databases with mode 0600, never inside one.

Keys of a new series wait under another name until its first release is published, so that a release that
fails or is killed leaves the keys of the series before in use.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from data.disclosure import keys
from data.foundation import durable
from data.foundation.errors import DashboardError

BYTES = 32
MODE = 0o600
NEXT = ".next"


class MissingKeysError(DashboardError):
    """The keys of the series are gone."""

    exit_code = 4

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The keys of this series of releases are missing: {path}. Put the file back from your backup. "
            "If it is lost for good, `python -m data release --new-series` makes new keys: every figure then "
            "gets another deviation, and readers have to be told."
        )


class WrongKeysError(DashboardError):
    """These are not the keys of the series, or others could read them."""

    exit_code = 4


@dataclass(frozen=True)
class Keys:
    """Both keys. They are never printed."""

    k1: bytes = field(repr=False)
    k2: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Tells whether two pairs of keys are the same, and nothing else about them."""
        return f"{keys.fingerprint(self.k1)}-{keys.fingerprint(self.k2)}"


def make() -> Keys:
    """New keys, in memory only."""
    return Keys(secrets.token_bytes(BYTES), secrets.token_bytes(BYTES))


def load(path: Path, expected: str | None) -> Keys:
    """The keys with this fingerprint, or whichever there are. Raises MissingKeysError, WrongKeysError."""
    if expected:
        settle(path, expected)
    found = _read(path)
    if expected and found.fingerprint != expected:
        raise WrongKeysError(
            f"{path} holds other keys than those of this series ({found.fingerprint} instead of {expected}). "
            "Put the right file back, or start a new series with `python -m data release --new-series`."
        )
    return found


def settle(path: Path, expected: str) -> None:
    """Promote keys that wait although they are those of the series: the process died before it did."""
    if _waits(path, expected):
        promote(path)


def store(path: Path, made: Keys) -> None:
    """Put new keys on the disk, to wait there until `promote`."""
    durable.mkdir(path.parent, mode=0o700)
    durable.replace(_next(path), json.dumps({"k1": made.k1.hex(), "k2": made.k2.hex()}), MODE)


def waiting(path: Path) -> Keys | None:
    """The keys that wait for the first release of a new series; None where none do."""
    try:
        return _read(_next(path))
    except (MissingKeysError, WrongKeysError):
        return None


def forget_waiting(path: Path) -> None:
    """Nothing was published with the keys that wait, and nothing will be."""
    _next(path).unlink(missing_ok=True)


def promote(path: Path) -> None:
    """The keys that wait are those of the series. An older file gets another name and is never deleted."""
    put_aside(path)
    durable.rename(_next(path), path)


def put_aside(path: Path) -> None:
    """Give keys another name, so that the next release gets others. They are never deleted."""
    if path.exists():
        old = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        durable.rename(path, path.with_name(f"{path.name}.until-{old}"))


def _next(path: Path) -> Path:
    return path.with_name(path.name + NEXT)


def _waits(path: Path, expected: str) -> bool:
    found = waiting(path)
    return found is not None and found.fingerprint == expected


def _read(path: Path) -> Keys:
    try:
        mode = path.stat().st_mode & 0o777
        entry = json.loads(path.read_text(encoding="ascii"))
        found = Keys(bytes.fromhex(entry["k1"]), bytes.fromhex(entry["k2"]))
    except FileNotFoundError:
        raise MissingKeysError(path) from None
    except (ValueError, KeyError, TypeError):
        raise WrongKeysError(f"{path} holds no keys. Put the file back from your backup.") from None
    if mode & 0o077:
        raise WrongKeysError(
            f"{path} can be read by others (mode {mode:04o}). Run `chmod 600 {path}`; find out who read it."
        )
    return found
