"""What a release would change, told before anybody decides; nothing is published.

The database of the preview waits in the store (`kept`), and is published as it is if nothing was handed in
since. Whoever asks here sees figures that readers do not see yet: only internal pages and commands do.
"""

from dataclasses import dataclass
from pathlib import Path

from data import periods
from data.deliveries import store as deliveries
from data.disclosure.published import Published
from data.engines.duckdb import NotThere
from data.filters import Filters
from data.releases import changes, draft, kept, kreise, make, shelf
from data.releases.asked import Asked
from data.releases.changes import Change
from data.releases.draft import Attacks, Draft
from data.releases.kreise import Kreis
from data.settings import Settings
from data.steps import Progress


@dataclass(frozen=True)
class Preview:
    """What would be published, against `before`, the name of the release before.

    `period` is the newest quarter that both have, `new_periods` are those that only the new one has.
    `land` has every main measure, `places` what changes in municipalities, `kreise` all 44, and `behind`
    those that are not complete until the newest month of all. `is_current`: nothing has been handed in or
    set since. What it would show (`useful`), which closed cells it revises, and how it stood the tests, says
    `draft`.
    """

    draft: Draft
    before: str | None
    period: str
    new_periods: tuple[str, ...]
    land: tuple[Change, ...]
    places: tuple[Change, ...]
    kreise: tuple[Kreis, ...]
    behind: tuple[Kreis, ...]
    is_current: bool

    @property
    def may_be_published(self) -> bool:
        """Whether verification and attacks found nothing."""
        return not self.draft.broken and bool(self.draft.red_team.get("passed", True))


def prepare(settings: Settings, progress: Progress, *, attacks: Attacks | None = None) -> Preview:
    """Build what would be published now, and compare it. Takes as long as a release.

    Raises NothingToBuild, KeysMissing, KeysWrong, StoreError; broken rules and attacks that succeed are
    told and not raised.
    """
    with make.alone(settings) as (stored, before):
        keys, _ = make.keys_of(settings, before)
        rests_on = draft.basis(settings, stored, before, keys)
        with make.beside(settings.store) as folder:
            made = draft.build(
                settings, folder, None, stored, before, keys, rests_on, progress, truth=bool(attacks)
            )
            made = draft.examine(made, settings, folder, attacks)
            kept.keep(settings.store, folder, made)
            if not made.red_team.get("passed", True):
                make.other_keys(settings, before)
            return _compared(settings.store, made, is_current=True)


def waiting(settings: Settings) -> Preview | None:
    """The preview that waits, also if something has been handed in since; None if there is none."""
    made = kept.waiting(settings.store)
    if made is None:
        return None
    return _compared(settings.store, made, is_current=_is_current(settings, made))


def answer(settings: Settings, query: str, filters: Filters) -> Published:
    """The answer to one question from the preview that waits. Raises NotThere."""
    made = kept.waiting(settings.store)
    if made is None:
        raise NotThere(settings.store / shelf.FOLDER / kept.FOLDER)
    return Asked(kept.database(settings.store, made.sha256), made.name).answer(query, filters)


def _is_current(settings: Settings, made: Draft) -> bool:
    before = make.last(settings.store)
    now = draft.basis(settings, deliveries.current_tables(settings), before, made.basis.keys)
    return now == made.basis and (before is None or before.keys == made.basis.keys)


def _compared(store: Path, made: Draft, *, is_current: bool) -> Preview:
    before = made.basis.before
    new = Asked(kept.database(store, made.sha256), made.name)
    old = Asked(shelf.database(store, before), before) if before else None
    period = min(new.edition.period, old.edition.period) if old else new.edition.period

    def both(query: str, filters: Filters) -> tuple[Published | None, Published]:
        return old.answer(query, filters) if old else None, new.answer(query, filters)

    known, now = (_periods(each) for each in both("frame/periods", Filters()))
    land, places = (
        changes.between(*both("publishing/areas", Filters(level=level, period=period)))
        for level in ("land", "gemeinde")
    )
    complete = kreise.between(*both("publishing/completeness", Filters()))
    newest = max(each for each in now if periods.grain(each) == "month")
    return Preview(
        draft=made,
        before=before,
        period=period,
        new_periods=tuple(each for each in now if each not in known) if old else (),
        land=land,
        places=tuple(each for each in places if each.differs),
        kreise=complete,
        behind=tuple(each for each in complete if (each.after or "") < newest),
        is_current=is_current,
    )


def _periods(published: Published | None) -> tuple[str, ...]:
    return tuple(map(str, published.column("period"))) if published else ()
