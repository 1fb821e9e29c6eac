"""What the page Veröffentlichen may do; all of it, and its work in the background, asks `publish.inside`."""

from dataclasses import replace
from datetime import datetime

from data import publish as door
from data import redteam
from data.access.rights import Right
from data.disclosure.published import Published
from data.foundation.settings import Settings
from data.foundation.steps import Progress
from data.questions.filters import Filters
from data.releases import again, approval, make, manifest, preview, shelf
from data.releases.approval import Proposal
from data.releases.manifest import Manifest
from data.releases.preview import Preview
from pages.reading import reader
from pages.work import jobs
from pages.work.actions import noted
from pages.work.jobs import Job

# One after the other anyway; who opens the page sees the work of whoever began it.
BY = "publishing"
MEASURES = preview.MEASURES


def prepare() -> Job:
    """Build what would be published, in the background."""
    who = reader.person()
    door.inside(who, Right.PUBLISH)

    def work(tell: Progress) -> Preview:
        chosen = door.inside(who, Right.PUBLISH)
        return preview.prepare(
            chosen,
            lambda step: tell(replace(step, stage="prepare")),
            attacks=redteam.for_release(chosen.protection),
        )

    return jobs.start(BY, work)


def publish(name: str, note: str, embargo: datetime | None) -> Job:
    """Publish, in the background: the preview as it is, if nothing has changed since."""
    who = reader.person()
    door.inside(who, Right.PUBLISH)

    def work(tell: Progress) -> Manifest:
        chosen = door.inside(who, Right.PUBLISH)
        with noted(who, "publish", name):
            return make.make(
                chosen,
                lambda step: tell(replace(step, stage="publish")),
                make.Terms(name, note, embargo),
                attacks=redteam.for_release(chosen.protection),
            )

    return jobs.start(BY, work)


def two_people() -> bool:
    """Whether one proposes a release here and another confirms it."""
    return _inside().two_people


def propose(note: str, embargo: datetime | None) -> Proposal:
    """Propose the preview that waits, for somebody else to confirm. Raises as `approval.propose`."""
    who, chosen = reader.person(), _inside()
    waits = preview.waiting(chosen)
    with noted(who, "propose", f"{waits.draft.name} {waits.draft.sha256[:12]}" if waits else ""):
        return approval.propose(chosen, who.name, note, embargo)


def proposed() -> Proposal | None:
    """What is proposed, while it is what would be published."""
    return approval.waiting(_inside())


def withdraw() -> None:
    """Take a proposal back, one's own or another's."""
    who, chosen = reader.person(), _inside()
    found = approval.waiting(chosen)
    with noted(who, "withdraw", f"{found.name} {found.sha256[:12]}, proposed by {found.by}" if found else ""):
        approval.withdraw(chosen)


def is_own(proposal: Proposal) -> bool:
    """Whether whoever looks proposed it, and so can't confirm it."""
    return proposal.by == reader.person().name


def confirm(seen: Proposal) -> Job:
    """Publish what somebody else proposed, as it was seen, in the background."""
    who = reader.person()
    door.inside(who, Right.PUBLISH)

    def work(tell: Progress) -> Manifest:
        chosen = door.inside(who, Right.PUBLISH)
        what = f"{seen.name} {seen.sha256[:12]}, proposed by {seen.by}"
        with noted(who, "publish", what):
            return approval.confirm(
                chosen,
                who.name,
                seen,
                lambda step: tell(replace(step, stage="publish")),
                attacks=redteam.for_release(chosen.protection),
            )

    return jobs.start(BY, work)


def _inside() -> Settings:
    return door.inside(reader.person(), Right.PUBLISH)


def running() -> Job | None:
    """The newest work on a release, done or not."""
    _inside()
    return jobs.latest(BY)


def previewed() -> Preview | None:
    """What would be published, if that has been worked out."""
    return preview.waiting(_inside())


def answer(query: str, filters: Filters) -> Published:
    """The answer to one question from what would be published."""
    return preview.answer(_inside(), query, filters)


def name_is_free(name: str) -> bool:
    """Whether a release may have this name."""
    try:
        shelf.check_name(_inside().store, name)
    except shelf.BadReleaseNameError:
        return False
    return True


def releases() -> tuple[Manifest, ...]:
    """Every release, newest first."""
    chosen = _inside().store
    return tuple(manifest.read(shelf.manifest(chosen, each.name)) for each in reversed(shelf.entries(chosen)))


def forgotten(made: Manifest) -> int:
    """How many of the deliveries behind a release were let go of: then it can't be made again."""
    return again.lost(_inside(), made)


def withdrawn() -> dict[str, str]:
    """Why releases are withdrawn, by name; those too that readers never saw."""
    every = shelf.entries(_inside().store)
    return {each.name: each.withdrawn.reason for each in every if each.withdrawn}


def serving() -> str | None:
    """The name of the release that readers see."""
    every = shelf.open_to_readers(_inside().store)
    return every[-1].name if every else None
