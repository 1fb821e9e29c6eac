"""What the page Veröffentlichen may do. Nobody can be told apart yet, so only with demonstration data."""

from dataclasses import replace
from datetime import datetime

from data import settings
from data.deliveries import store
from data.disclosure.published import Published
from data.errors import DashboardError
from data.filters import Filters
from data.redteam import quick
from data.releases import make, manifest, preview, shelf
from data.releases.manifest import Manifest
from data.releases.preview import Preview
from data.steps import Progress
from pages.parts import actions, jobs
from pages.parts.jobs import Job

# One after the other anyway; who opens the page sees the work of whoever began it.
BY = "publishing"


class Closed(DashboardError):
    """There is no sign-in yet, and the store holds more than demonstration data."""


def allowed() -> bool:
    """Whether the page is open: by the setting, and with nothing but demonstration data in the store."""
    stored = store.all_deliveries(settings.from_environment())
    return actions.allowed() and all(one.synthetic for one in stored)


def prepare() -> Job:
    """Build what would be published, in the background."""
    chosen = settings.from_environment()

    def work(tell: Progress) -> Preview:
        return preview.prepare(
            chosen,
            lambda step: tell(replace(step, stage="prepare")),
            attacks=quick.attacks(chosen.protection),
        )

    return jobs.start(BY, work)


def publish(name: str, note: str, embargo: datetime | None) -> Job:
    """Publish, in the background: the preview as it is, if nothing has changed since."""
    chosen = settings.from_environment()

    def work(tell: Progress) -> Manifest:
        if not allowed():
            raise Closed  # something else was handed in since the page was drawn
        return make.make(
            chosen,
            lambda step: tell(replace(step, stage="publish")),
            name=name,
            note=note,
            embargo=embargo,
            attacks=quick.attacks(chosen.protection),
        )

    return jobs.start(BY, work)


def running() -> Job | None:
    """The newest work on a release, done or not."""
    return jobs.latest(BY)


def previewed() -> Preview | None:
    """What would be published, if that has been worked out."""
    return preview.waiting(settings.from_environment())


def answer(query: str, filters: Filters) -> Published:
    """The answer to one question from what would be published."""
    return preview.answer(settings.from_environment(), query, filters)


def name_is_free(name: str) -> bool:
    """Whether a release may have this name."""
    try:
        shelf.check_name(settings.from_environment().store, name)
    except shelf.BadName:
        return False
    return True


def releases() -> tuple[Manifest, ...]:
    """Every release, newest first."""
    chosen = settings.from_environment().store
    return tuple(manifest.read(shelf.manifest(chosen, each.name)) for each in reversed(shelf.entries(chosen)))


def serving() -> str | None:
    """The name of the release that readers see."""
    every = shelf.open_to_readers(settings.from_environment().store)
    return every[-1].name if every else None
