"""Withdraw a release, and take that back: readers are told why, and nothing is deleted.

It stays on the list and in its folder. What came after it stands as it is: a later release was compared with
it, holds what it had published, and belongs to the same series, whether readers may see it or not.

Where `DASHBOARD_TWO_PEOPLE=1` says so, one proposes and another confirms, as with a release.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from data.foundation import durable, storedjson
from data.foundation.durable import release_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards.copies import signed_list
from data.releases.shelf import Entry, Withdrawn

FILE = "withdrawal.json"
LONGEST = 500  # letters of a reason: readers get it in one sentence
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class UnknownReleaseError(DashboardError):
    """There is no release of this name."""

    exit_code = 2

    def __init__(self, name: str, store: Path) -> None:
        known = ", ".join(entry.name for entry in shelf.entries(store)) or "none"
        super().__init__(f"There is no release {name!r}. There are: {known}. Nothing was changed.")


class NothingToChangeError(DashboardError):
    """It is withdrawn already, or was not."""

    exit_code = 2

    def __init__(self, wish: "Wish") -> None:
        state = "not withdrawn" if wish.back else "withdrawn already"
        super().__init__(f"The release {wish.name} is {state}. Nothing was changed.")


class MissingReasonError(DashboardError):
    """Nobody says why, or at too great length."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__(
            f'Say why with --reason "…" (at most {LONGEST} letters): readers are told. Nothing was changed.'
        )


class TwoPeopleWithdrawError(DashboardError):
    """Somebody alone withdraws where two have to."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Here two people withdraw a release (DASHBOARD_TWO_PEOPLE): one with --propose, then another "
            "with --confirm. Nothing was changed."
        )


class NoProposalError(DashboardError):
    """Nobody proposed this, or the release changed since."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "Nothing of this release is proposed, or it was withdrawn or put back since. Propose it (anew) "
            "with --propose. Nothing was changed."
        )


class ProposedItError(DashboardError):
    """Who proposed confirms."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Who proposed this can't confirm it. Somebody else has to. Nothing was changed.")


@dataclass(frozen=True)
class Wish:
    """What somebody wants of a release: that it is withdrawn, or (`back`) that it serves again."""

    name: str
    reason: str
    back: bool = False


@dataclass(frozen=True)
class Proposal:
    """A wish that waits for a second person. `at` is ISO 8601, UTC."""

    wish: Wish
    by: str
    at: str


def carry_out(settings: Settings, wish: Wish) -> Entry:
    """Do what one person wants; gives the release as it is now.

    It waits while a release is being made. Raises TwoPeopleWithdrawError, UnknownReleaseError,
    NothingToChangeError, MissingReasonError.
    """
    if settings.two_people:
        raise TwoPeopleWithdrawError
    return _done(settings, wish)


def propose(settings: Settings, wish: Wish, by: str) -> Proposal:
    """Write down what one person wants; another proposal gives way. Raises as `carry_out` does."""
    _found(settings, wish)
    proposal = Proposal(
        replace(wish, reason=_reason(wish)), by, datetime.now(UTC).isoformat(timespec="seconds")
    )
    durable.replace(_path(settings), storedjson.text(proposal))
    return proposal


def waiting(settings: Settings) -> Proposal | None:
    """What is proposed, while it can be done."""
    try:
        proposal = storedjson.read(Proposal, _path(settings).read_text(encoding="utf-8"))
        _found(settings, proposal.wish)
    except (FileNotFoundError, ValueError, DashboardError):
        return None
    return proposal


def confirm(settings: Settings, by: str, name: str, *, back: bool = False) -> Entry:
    """Do what somebody else proposed. Raises NoProposalError, ProposedItError, and as `carry_out` does."""
    proposal = waiting(settings)
    if proposal is None or (proposal.wish.name, proposal.wish.back) != (name, back):
        raise NoProposalError
    if not by or by == proposal.by:
        raise ProposedItError
    changed = _done(settings, proposal.wish)
    with suppress(FileNotFoundError):
        _path(settings).unlink()
    return changed


def _done(settings: Settings, wish: Wish) -> Entry:
    reason = _reason(wish)
    shelf.refuse_copy(settings.store)
    _found(settings, wish)
    with release_lock(settings.store):
        entry = _found(settings, wish)  # it may have changed while this waited
        now = max(datetime.now(UTC), *(each.created_at for each in shelf.entries(settings.store)))
        changed = replace(entry, withdrawn=None if wish.back else Withdrawn(now, reason))
        shelf.change(settings.store, changed)
        signed_list.renewed(settings)
    return changed


def _found(settings: Settings, wish: Wish) -> Entry:
    listed = shelf.entries(settings.store)
    entry = next((each for each in listed if each.name == wish.name), None)
    if entry is None:
        raise UnknownReleaseError(wish.name, settings.store)
    if (entry.withdrawn is not None) is not wish.back:
        raise NothingToChangeError(wish)
    return entry


def _reason(wish: Wish) -> str:
    reason = _CONTROL.sub(" ", wish.reason).strip()
    if not reason or len(reason) > LONGEST:
        raise MissingReasonError
    return reason


def _path(settings: Settings) -> Path:
    return settings.store / shelf.FOLDER / FILE
