"""Take a delivery back: the one before it stands again. Nothing is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.deliveries import register, store
from data.deliveries.locks import store_lock
from data.deliveries.notstored import LeansOnItError, NotStoredError
from data.deliveries.profiles import saved
from data.deliveries.store import Stored
from data.deliveries.unusable import clearly
from data.settings import Settings

SHORTEST = 8  # characters of a hash that may stand for the whole


@dataclass(frozen=True)
class TakenBack:
    """What was taken back, and the deliveries of its sender that stand now."""

    delivery: Stored
    standing: tuple[Stored, ...]


def take_back(settings: Settings, named: str, by: str = "", reason: str = "") -> TakenBack:
    """Take back a delivery by its hash (or the beginning of it), or the newest one of a sender.

    Raises `NotStoredError`, `LeansOnItError`, `StoreError`.
    """
    with clearly(settings.store):
        if not (settings.store / register.FILE).exists():
            raise NotStoredError(named)
        with store_lock(settings.store), register.opened(settings.store) as opened:
            saved.settle(settings, opened)
            standing = [each for each in store.all_deliveries(settings) if each.state != "taken_back"]
            delivery = _named(standing, named)
            if later := _leaning(standing, delivery):
                raise LeansOnItError(later)
            row = {"id": delivery.id, "sha256": delivery.sha256, "sender": delivery.sender}
            register.take_back(opened, row, by, reason)
        now = {each.id: each for each in store.tables_of(settings, delivery.sender).values()}
        return TakenBack(delivery, tuple(now.values()))


def one(settings: Settings, sha256: str) -> Stored:
    """A delivery by its hash (or the beginning of it), also one taken back. Raises `NotStoredError`."""
    with clearly(settings.store):
        matching = [each for each in store.all_deliveries(settings) if _is(each, sha256)]
    if not matching or len({each.sha256 for each in matching}) > 1:
        raise NotStoredError(sha256)
    return next((each for each in matching if each.state != "taken_back"), matching[-1])


def _named(standing: Sequence[Stored], named: str) -> Stored:
    of_sender = [each for each in standing if each.sender == named]
    matching = of_sender or [each for each in standing if _is(each, named)]
    if not matching or (len({each.sha256 for each in matching}) > 1 and not of_sender):
        raise NotStoredError(named)
    return matching[-1]


def _is(delivery: Stored, sha256: str) -> bool:
    return len(sha256) >= SHORTEST and delivery.sha256.startswith(sha256.lower())


def _leaning(standing: Sequence[Stored], delivery: Stored) -> Stored | None:
    """The newest single table between this delivery and the sender's next whole one."""
    same = [each for each in standing if each.sender == delivery.sender]
    found = None
    for later in same[same.index(delivery) + 1 :]:
        if later.complete:
            break
        found = later
    return found
