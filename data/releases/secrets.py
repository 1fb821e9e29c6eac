"""K1 and K2: made at the first release, kept beside the databases with mode 0600, never inside one.

Keys of a new series wait under another name until its first release is published, so that a release that
fails or is killed leaves the keys of the series before in use.
"""

import hashlib
import json
import secrets
from pathlib import Path

from data import durable
from data.releases.keys import Keys, KeysMissing, KeysWrong

__all__ = ["Keys", "KeysMissing", "KeysWrong", "load", "make", "promote", "settle", "store"]

BYTES = 32
MODE = 0o600
NEXT = ".next"


def make() -> Keys:
    """New keys, in memory only."""
    return Keys(secrets.token_bytes(BYTES), secrets.token_bytes(BYTES))


def load(path: Path, expected: str | None) -> Keys:
    """The keys with this fingerprint, or whichever there are. Raises KeysMissing, KeysWrong."""
    if expected:
        settle(path, expected)
    found = _read(path)
    if expected and found.fingerprint != expected:
        raise KeysWrong(
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
    try:
        return _read(_next(path)).fingerprint == expected
    except (KeysMissing, KeysWrong):
        return False


def _read(path: Path) -> Keys:
    try:
        mode = path.stat().st_mode & 0o777
        entry = json.loads(path.read_text(encoding="ascii"))
        found = Keys(bytes.fromhex(entry["k1"]), bytes.fromhex(entry["k2"]))
    except FileNotFoundError:
        raise KeysMissing(path) from None
    except (ValueError, KeyError, TypeError):
        raise KeysWrong(f"{path} holds no keys. Put the file back from your backup.") from None
    if mode & 0o077:
        raise KeysWrong(
            f"{path} can be read by others (mode {mode:04o}). Run `chmod 600 {path}`; find out who read it."
        )
    return found
