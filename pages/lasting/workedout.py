"""What follows from an answer of a release is worked out once and serves all readers, up to so many bytes.

Known by the release, the choices, the language and who asks: a release never changes, so nothing is forgotten
by hand. Exact figures are never kept: who may see them is asked each time.
"""

import logging
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, is_dataclass
from functools import partial, wraps
from threading import Lock
from typing import Any, Protocol, TypeVar

from cachetools import LRUCache

from data import publish
from data.access.rights import Reader
from data.disclosure.published import Published
from data.questions.filters import Filters
from pages.text import claims

BYTES = 96_000_000
CELL, REST = 90, 400  # bytes of a cell of an answer, and of all else, as measured
T = TypeVar("T")


class Wanted(Protocol):
    """Choices and who asks, hashable, with all else that what is made of them follows from."""

    @property
    def chosen(self) -> Filters:
        """The choices; they name the edition."""

    @property
    def audience(self) -> Reader:
        """Who asks."""


W = TypeVar("W", bound=Wanted)

_lock = Lock()


def known(wanted: Wanted) -> Hashable | None:
    """Under what that may be kept which follows from these choices; None if it may not.

    While somebody listens to what sentences claim, each has to be said again.
    """
    if claims.LOG.isEnabledFor(logging.DEBUG):
        return None
    release = publish.lasting(wanted.audience, wanted.chosen.edition)
    return (release, wanted) if release else None


def once(make: Callable[[W], T]) -> Callable[[W], T]:
    """What `make` returns is kept by what it is wanted for; the longest unused goes first. It must be
    immutable, or nobody may change it.
    """

    @wraps(make)
    def found(wanted: W) -> T:
        return under((make.__module__, make.__qualname__), wanted, lambda: make(wanted))

    return found


def under(name: Hashable, wanted: Wanted, make: Callable[[], T]) -> T:
    """The same for what has a name of its own."""
    release = known(wanted)
    return of(None if release is None else (name, release), make)


def of(key: Hashable | None, make: Callable[[], T]) -> T:
    """The same for what has a key of its own, which begins with something that is `known`; None: not kept."""
    if key is None:
        return make()
    with _lock:
        if key in _kept:
            found: T = _kept[key]
            return found
    made = make()
    with _lock:
        _kept[key] = made
    return made


def _bytes(value: Any) -> int:
    """About how much memory a value takes: that of its texts and of the answers in it."""
    inside: Iterable[Any] = ()
    match value:
        case Published():
            return REST + CELL * len(value.names) * (len(value) + 1)
        case str() | bytes():
            return REST + len(value)
        case dict():
            inside = value.values()
        case tuple() | list():
            inside = value
        case partial():
            inside = (*value.args, *value.keywords.values())
        case _ if is_dataclass(value):
            inside = (getattr(value, each.name) for each in fields(value))
    return REST + sum(map(_bytes, inside))


_kept: LRUCache[Hashable, Any] = LRUCache(BYTES, getsizeof=_bytes)
