"""What a release would change, told before anybody decides; nothing is published.

The database of the preview waits in the store (see `draft`). Whoever asks here sees figures that readers do
not see yet: only internal pages and commands do.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached

from data.deliveries.store import deliveries
from data.disclosure import display
from data.disclosure.published import Cell, Edition, Gap, Published
from data.foundation import areas, periods
from data.foundation.parameters import Parameters
from data.foundation.settings import Settings
from data.foundation.steps import Progress
from data.questions import catalogue
from data.questions.engine import Database, DatabaseMissingError
from data.questions.filters import Filters
from data.releases import draft, make, secrets, shelf
from data.releases.draft import Attacks, Draft, Material

CELLS = 1_000_000  # of answers that are kept: about 90 MB
MEASURES = ("active_cases", "opened", "closed", "plan_rate", "attainment_in_12")


@dataclass(frozen=True)
class ValueChange:
    """One released value before and after; `Gap.UNKNOWN` before the first release."""

    area_code: str
    name: str
    before: Cell
    after: Cell

    @property
    def differs(self) -> bool:
        """Whether readers would see something else."""
        return self.before != self.after


@dataclass(frozen=True)
class Kreis:
    """Until which month the deliveries of a Kreis are complete, e.g. 2026-09; None: nobody has delivered."""

    area_code: str
    before: str | None
    after: str | None


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
    land: tuple[ValueChange, ...]
    places: tuple[ValueChange, ...]
    kreise: tuple[Kreis, ...]
    behind: tuple[Kreis, ...]
    is_current: bool

    @property
    def may_be_published(self) -> bool:
        """Whether verification and attacks found nothing."""
        return not self.draft.broken and bool(self.draft.red_team.get("passed", True))


@dataclass(frozen=True)
class Asked:
    """One database that questions go to: of a release, of a preview, or the warehouse (`internal`: exact).

    It is known by its place and version, for a place never gets another content. `data.publish` says which
    one an audience asks, and of which areas alone (`only`). Within the house deliveries are overdue as of
    `today`, so that is part of it too.
    """

    path: Path
    version: str
    internal: bool = False
    today: date | None = None
    only: frozenset[str] | None = None

    @property
    def edition(self) -> Edition:
        """What the database says of itself. Raises DatabaseMissingError."""
        return _edition(self)

    def answer(self, query: str, filters: Filters) -> Published:
        """The answer to one question, as readers would get it.

        Raises UnknownQueryError, DatabaseMissingError.
        """
        return replace(_answer(self, query, filters), asked=filters)


def prepare(settings: Settings, progress: Progress, *, attacks: Attacks | None = None) -> Preview:
    """Build what would be published now, and compare it. Takes as long as a release.

    Raises NothingToBuildError, MissingKeysError, WrongKeysError, StoreError; broken rules and attacks that
    succeed are told and not raised.
    """
    with make.alone(settings) as (stored, before):
        keys, are_new = make.keys_of(settings, before)
        if are_new:
            secrets.store(settings.keys, keys)
        rests_on = draft.basis(settings, stored, before, keys)
        with make.beside(settings.store) as folder:
            material = Material(stored, before, keys, rests_on)
            made = draft.assemble(settings, folder, material, None, progress, truth=bool(attacks))
            made = draft.verify_and_attack(made, settings, folder, attacks)
            draft.set_waiting(settings.store, folder, made)
            if not made.red_team.get("passed", True):
                make.other_keys(settings, before)
            return _compared(settings.store, made, is_current=True)


def waiting(settings: Settings) -> Preview | None:
    """The preview that waits, also if something has been handed in since; None if there is none."""
    made = draft.waiting_draft(settings.store)
    if made is None:
        return None
    return _compared(settings.store, made, is_current=_is_current(settings, made))


def answer(settings: Settings, query: str, filters: Filters) -> Published:
    """The answer to one question from the preview that waits. Raises DatabaseMissingError."""
    made = draft.waiting_draft(settings.store)
    if made is None:
        raise DatabaseMissingError(settings.store / shelf.FOLDER / draft.FOLDER)
    return Asked(draft.waiting_database(settings.store, made.sha256), made.name).answer(query, filters)


def _is_current(settings: Settings, made: Draft) -> bool:
    before = make.last(settings.store)
    now = draft.basis(settings, deliveries.current_tables(settings), before, made.basis.keys)
    waits = secrets.waiting(settings.keys) if made.starts_series and before else None
    keys = waits.fingerprint if waits else before.keys if before else made.basis.keys
    return now == made.basis and keys == made.basis.keys


def _compared(store: Path, made: Draft, *, is_current: bool) -> Preview:
    before = made.basis.before
    new = Asked(draft.waiting_database(store, made.sha256), made.name)
    old = Asked(shelf.database(store, before), before) if before else None
    period = min(new.edition.period, old.edition.period) if old else new.edition.period

    def both(query: str, filters: Filters) -> tuple[Published | None, Published]:
        return old.answer(query, filters) if old else None, new.answer(query, filters)

    known, now = (_periods(each) for each in both("frame/periods", Filters()))
    land, places = (
        _changes_between(*both("publishing/areas", Filters(level=level, period=period)))
        for level in ("land", "gemeinde")
    )
    complete = _kreise_between(*both("publishing/completeness", Filters()))
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


def _changes_between(before: Published | None, after: Published) -> tuple[ValueChange, ...]:
    """Every main measure of every area of `after`, with what `before` shows."""
    earlier = {row["area_code"]: row for row in before or ()}
    return tuple(
        ValueChange(
            str(row["area_code"]), name, earlier.get(row["area_code"], {}).get(name, Gap.UNKNOWN), row[name]
        )
        for row in after
        for name in MEASURES
        if str(row["area_code"]) in areas.register()
    )


def _kreise_between(before: Published | None, after: Published) -> tuple[Kreis, ...]:
    """All 44, in the order of their codes."""
    earlier = _until(before)
    return tuple(Kreis(code, earlier.get(code), until) for code, until in _until(after).items())


def _until(published: Published | None) -> dict[str, str | None]:
    rows = published or ()
    return {
        str(row["area_code"]): str(row["complete_until"]) if row["complete_until"] else None for row in rows
    }


def _periods(published: Published | None) -> tuple[str, ...]:
    return tuple(map(str, published.column("period"))) if published else ()


def _cells(answer: Published) -> int:
    return len(answer.names) * (len(answer) + 1)


def _used(query: str, filters: Filters) -> dict[str, Any]:
    """The choices that a question looks at: whoever chooses another Kreis sees the same map of the Land."""
    params = catalogue.query(query).params
    return {key: value for key, value in filters.values().items() if key in params}


def _key(asked: Asked, query: str, filters: Filters) -> Hashable:
    return asked, query, tuple(sorted(_used(query, filters).items()))


# By cells, because one answer is a number and another one a map of 1,101 places.
@cached(LRUCache[Hashable, Published](CELLS, getsizeof=_cells), _key, Lock())
def _answer(asked: Asked, query: str, filters: Filters) -> Published:
    database = _database(asked.path, asked.only)
    names, rows = database.rows(catalogue.query(query).sql, _used(query, filters))
    return display.published(catalogue.query(query), names, rows, asked.edition)


@lru_cache(maxsize=16)
def _edition(asked: Asked) -> Edition:
    names, rows = _database(asked.path, asked.only).rows("select * from marts.edition", {})
    entry = dict(zip(names, rows[0], strict=True))
    overdue = [
        kreis
        for kreis, due in zip(entry.get("due_kreise", []), entry.get("due_on", []), strict=True)
        if due < str(entry["released_on"] or asked.today or date.today())
    ]
    return Edition(
        version=asked.version,
        built_at=entry["built_at"],
        as_of=entry["as_of"],
        senders=entry["senders"],
        period=entry["latest_quarter"],
        # A release of an older program named them itself.
        behind=_labels(entry.get("behind", overdue)),
        never=_labels(entry["without_delivery"]),
        synthetic=entry["synthetic"],
        only_synthetic=entry["only_synthetic"],
        shown_from=entry.get("shown_from", 0),
        internal=asked.internal,
        parameters=None if asked.internal else _parameters(entry),
    )


def _parameters(entry: Mapping[str, Any]) -> Parameters:
    """Those that a release says it was deviated by; one of before they stood there has those of that time."""
    usual = Parameters()
    if "deviation" not in entry:
        return usual
    deviation, variance, blocked = (entry[name] for name in ("deviation", "variance", "blocked"))
    return replace(usual, deviation=deviation, variance=float(variance), blocked=blocked)


def _labels(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(areas.register()[code].label for code in codes)


@lru_cache(maxsize=24)
def _database(path: Path, only: frozenset[str] | None = None) -> Database:
    return Database(path, only)
