"""Two people for a release, where `DASHBOARD_TWO_PEOPLE=1` says so: one proposes a preview, another confirms.

What was proposed is a file beside the preview, with its hash: another preview, or a delivery after it, and
the proposal is none any more. `make` publishes nothing that was not confirmed, whoever asks.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.foundation import durable, storedjson
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress
from data.releases import draft, make, preview, shelf
from data.releases.draft import Attacks
from data.releases.manifest import Manifest

FILE = "proposed.json"


class NothingToProposeError(DashboardError):
    """There is no preview, it did not stand its tests, or something was handed in since."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "There is no preview of what is stored now that may be published. Make one: "
            "`python -m data release --propose`, or on the page."
        )


class NothingProposedError(DashboardError):
    """Nobody proposed what waits now."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "Nothing is proposed, or what was is another one by now: a delivery, a preview or another note "
            "came after it. Nothing was published. Propose anew: `python -m data release --propose`, or on "
            "the page."
        )


class SamePersonError(DashboardError):
    """Who proposed confirms."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Who proposed a release can't confirm it. Somebody else has to.")


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to be published: the preview of this hash. `at` and `embargo` are ISO 8601, UTC."""

    sha256: str
    name: str
    note: str
    embargo: str | None
    by: str
    at: str


def propose(settings: Settings, by: str, note: str = "", embargo: datetime | None = None) -> Proposal:
    """Propose the preview that waits.

    Raises NothingToProposeError, MissingNoteError, ServesBeforeLastError.
    """
    found = preview.waiting(settings)
    if found is None or not found.is_current or not found.may_be_published:
        raise NothingToProposeError
    shelf.check_turn(settings.store, embargo)
    make.check_note(found.draft, make.last(settings.store), note)
    proposal = Proposal(
        found.draft.sha256,
        found.draft.name,
        note.strip(),
        embargo.astimezone(UTC).isoformat(timespec="seconds") if embargo else None,
        by,
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    durable.replace(_path(settings), storedjson.text(proposal))
    return proposal


def waiting(settings: Settings) -> Proposal | None:
    """What is proposed, while it is still what would be published."""
    try:
        proposal = storedjson.read(Proposal, _path(settings).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    found = preview.waiting(settings)
    return proposal if found and found.is_current and found.draft.sha256 == proposal.sha256 else None


def withdraw(settings: Settings) -> None:
    """Take a proposal back, or refuse one: the preview waits on."""
    _path(settings).unlink(missing_ok=True)


def confirm(
    settings: Settings, by: str, seen: Proposal, progress: Progress, *, attacks: Attacks | None = None
) -> Manifest:
    """Publish what somebody else proposed, and nothing else: preview, note and embargo as they were `seen`.

    Raises NothingProposedError, SamePersonError, and what `make.make` raises.
    """
    proposal = waiting(settings)
    if proposal is None or proposal != seen:
        raise NothingProposedError
    if not by or proposal.by == by:
        raise SamePersonError
    embargo = datetime.fromisoformat(proposal.embargo) if proposal.embargo else None
    terms = make.Terms(proposal.name, proposal.note, embargo, agreed=proposal.sha256)
    return make.make(settings, progress, terms, attacks=attacks)


def _path(settings: Settings) -> Path:
    """With the preview: who sweeps that away takes it along."""
    return settings.store / shelf.FOLDER / draft.FOLDER / FILE
