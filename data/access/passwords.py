"""Passwords: what may be one, as what it is kept, and how many are looked at side by side.

Length is what counts, and that it is none that everybody tries first (NIST SP 800-63B, 5.1.1.2); nothing is
asked of its characters, and nobody has to change it.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from data.foundation.errors import DashboardError

SHORTEST, LONGEST = 12, 200
# What this program is called: the first that somebody tries here, whoever they are.
OURS = ("integrationsmanagement", "dashboard")
# The second recommendation of RFC 9106, for a server with little memory: 64 MiB, three passes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
# Each takes a fifth of a second of a core and 64 MiB. More at once would stop the pages of everybody else.
AT_ONCE, WAITING_SECONDS = 1, 5.0
_LOOKED_AT = threading.BoundedSemaphore(AT_ONCE)
BEHIND = 10  # of 19: how far behind the pages a password stands where there is not processor enough for both


def _behind() -> None:
    """On Linux the thread that asks for it alone, and those that it starts: Argon2 has four lanes."""
    with suppress(OSError):
        os.nice(BEHIND)


_APART = ThreadPoolExecutor(AT_ONCE, "password", initializer=_behind)


class WeakPasswordError(DashboardError):
    """A password that is guessed too soon. `reason` is the key of a sentence."""

    exit_code = 2

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"This password can't be taken: {reason}.")


class BusyError(DashboardError):
    """Too many passwords are being looked at."""

    def __init__(self) -> None:
        super().__init__("Too many sign in at this moment. Try again in a minute.")


def check(password: str, name: str) -> None:
    """Raises WeakPasswordError for one that is too short or long, or made of names or of few letters."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise WeakPasswordError("short")
    if len(plain) > LONGEST:
        raise WeakPasswordError("long")
    rest = plain.casefold()
    for known in (name.casefold(), *OURS):
        rest = rest.replace(known, "")
    if rest != plain.casefold() and len(rest) < SHORTEST // 2:
        raise WeakPasswordError("name")
    if len(set(plain.casefold())) < 5:
        raise WeakPasswordError("same")


def kept(password: str) -> str:
    """The password as Argon2id keeps it. Raises BusyError."""
    with _turn():
        return _APART.submit(_HASHER.hash, _normal(password)).result()


def fits(password: str, hashed: str | None) -> bool:
    """Whether it is this one. Without one to compare with it takes as long, and is not. Raises BusyError."""
    with _turn():
        try:
            looked_at = _normal(password)[: LONGEST * 4]
            return _APART.submit(_HASHER.verify, hashed or _of_nobody(), looked_at).result() and bool(hashed)
        except (Argon2Error, InvalidHashError):
            return False


@contextmanager
def _turn() -> Iterator[None]:
    """One after the other, for as long as somebody would wait."""
    if not _LOOKED_AT.acquire(timeout=WAITING_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _LOOKED_AT.release()


def _normal(password: str) -> str:
    """The same characters, however a keyboard puts them together (NFKC, as NIST asks)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _of_nobody() -> str:
    return _HASHER.hash("the password of nobody")
