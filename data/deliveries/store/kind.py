"""What a store is for: made-up deliveries or real ones. Decided once, kept in `kind.json`, never changed.

A file that says it is made up (`Sender.synthetic`) is the word of whoever sent it. What opens doors and what
stands on every page asks the store in its place, and the store takes no delivery that says otherwise.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from enum import Enum

from data.deliveries.store import deliveries
from data.foundation import areas, durable
from data.foundation.durable import store_lock
from data.foundation.errors import DamagedFileError, DashboardError
from data.foundation.settings import Settings

FILE = "kind.json"


class Kind(Enum):
    """What a store holds. The value is the word in its file and in commands."""

    DEMONSTRATION = "demonstration"
    REAL = "real"


class KindError(DashboardError):
    """A store that is of the other kind already."""

    exit_code = 2

    def __init__(self, kind: Kind) -> None:
        super().__init__(
            f"This store is for {WORDS[kind]} and stays so. Name a new folder in DASHBOARD_STORE for "
            f"{WORDS[_other(kind)]}."
        )


class WrongKindError(DashboardError):
    """A delivery of the other kind than the store."""

    exit_code = 3

    def __str__(self) -> str:
        path, kind = self.args
        return (
            f"{path}: this store is for {WORDS[kind]}, and the delivery is not of these. Nothing was taken "
            "over. Hand it in to a store of its own (DASHBOARD_STORE)."
        )


class WrongLandError(DashboardError):
    """A store of another Land than this process."""

    exit_code = 2

    def __init__(self, theirs: str) -> None:
        super().__init__(
            f"This store is of the Land with the key {theirs}, and this process of {areas.LAND}. "
            "DASHBOARD_LAND names the folder of a Land, DASHBOARD_STORE the folder of a store."
        )


WORDS = {Kind.DEMONSTRATION: "demonstration data", Kind.REAL: "real deliveries"}
MIXED, UNDECIDED = "mixed", "undecided"
SENTENCES = {
    "demonstration": "This store is a demonstration; it takes demonstration data alone.",
    "real": "This store is for real deliveries; it takes no demonstration data.",
    MIXED: "This store holds real deliveries and demonstration data, from before it was for one of them. "
    "It counts as a real one and takes no more demonstration data; what of it is left makes figures wrong. "
    "Hand the real deliveries in to a new store (DASHBOARD_STORE).",
    UNDECIDED: "This store is empty. Its first real delivery makes it a real one, "
    "`python -m data store demonstration` a demonstration.",
}


def of(settings: Settings) -> Kind | None:
    """The kind of the store; None for one that holds nothing and was never told.

    One that is older than its kind has it by what it holds: made-up deliveries alone make a demonstration,
    anything else, also beside them, a real store: then the doors of a demonstration stay shut. What was
    taken back counts, so that the answer stays the same. Raises DamagedFileError, StoreError, WrongLandError.
    """
    try:
        return _read(settings)
    except FileNotFoundError:
        held = _held(settings)
        return _by(held) if held else None


def check_land(settings: Settings) -> None:
    """Raises WrongLandError for a store of another Land. One that says nothing, or nothing any more, is of
    this one.
    """
    with suppress(DamagedFileError, OSError):
        _read(settings)


def decide(settings: Settings, kind: Kind) -> None:
    """Say what the store is for, at its creation. Raises KindError if it is for the other already."""
    with store_lock(settings.store):
        settle(settings, kind)
        if (found := of(settings)) is not kind:
            raise KindError(found or kind)


def settle(settings: Settings, kind: Kind) -> None:
    """Write the kind down, unless it is: that which the store has by what it holds, else this one. With the
    lock of the store.
    """
    if not (settings.store / FILE).exists():
        said = {
            "kind": (of(settings) or kind).value,
            "land": areas.LAND,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        durable.replace(settings.store / FILE, json.dumps(said) + "\n")


def contradicted(settings: Settings, synthetic: bool) -> str | None:
    """The rule that a delivery breaks which says that it is made up, or does not; None for none.

    A store that was never told becomes a real one by a real delivery, and nothing by a made-up one: what a
    file says of itself must not open the doors of a demonstration.
    """
    found = of(settings)
    if synthetic and found is None:
        return "kind-undecided"
    if synthetic and found is Kind.REAL:
        return "kind-real"
    return "kind-demonstration" if not synthetic and found is Kind.DEMONSTRATION else None


def check(settings: Settings, path: str, *, synthetic: bool) -> None:
    """Before a delivery enters the register: the store is of its kind from now on. With the lock of the
    store. Raises WrongKindError.
    """
    if contradicted(settings, synthetic):
        raise WrongKindError(path, of(settings) or Kind.REAL)
    settle(settings, Kind.REAL)


def is_demonstration(settings: Settings) -> bool:
    """Whether all that the store holds and will ever hold is made up."""
    return of(settings) is Kind.DEMONSTRATION


def described(settings: Settings) -> str:
    """`demonstration`, `real`, `undecided`, or `mixed`: a real one from before there were kinds that holds
    both. Each has a sentence in `SENTENCES`. Raises DamagedFileError, StoreError.
    """
    found = of(settings)
    if found is None:
        return UNDECIDED
    return MIXED if found is Kind.REAL and any(_held(settings)) else found.value


def _read(settings: Settings) -> Kind:
    text = (settings.store / FILE).read_text(encoding="utf-8")
    try:
        said = json.loads(text)
        found, theirs = Kind(said["kind"]), said.get("land", areas.LAND)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedFileError(settings.store / FILE) from None
    if theirs != areas.LAND:
        raise WrongLandError(theirs)
    return found


def _held(settings: Settings) -> list[bool]:
    every = (*deliveries.all_deliveries(settings), *deliveries.official_lists(settings))
    return [each.synthetic for each in every]


def _by(held: list[bool]) -> Kind:
    return Kind.DEMONSTRATION if all(held) else Kind.REAL


def _other(kind: Kind) -> Kind:
    return Kind.REAL if kind is Kind.DEMONSTRATION else Kind.DEMONSTRATION
