"""Handing in on a page, in two steps: examine a delivery and see what it changes, then accept or discard it.

An examined delivery waits in the store, so leaving the page loses nothing and nobody disturbs anybody.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from data.deliveries.checking.workbench import on_workbench
from data.deliveries.format.sender import Given
from data.deliveries.guard.leftout import Before
from data.deliveries.guard.refusal import refused_by_guard
from data.deliveries.handin import acceptance, waiting
from data.deliveries.handin.acceptance import dated, with_profile
from data.deliveries.handin.comparison import against_last
from data.deliveries.handin.results import Checked, Imported, is_of_other_kind
from data.deliveries.handin.waiting import Examined, Waiting
from data.deliveries.handin.work import Work
from data.deliveries.profiles.loading import load
from data.deliveries.store.incoming import LEFT_OUT, PROFILE, incoming
from data.deliveries.store.unusable import clearly
from data.foundation.settings import Settings
from data.foundation.steps import Progress


def examine(
    path: Path,
    settings: Settings,
    given: Given = Given(),
    progress: Progress | None = None,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    before: Before | None = None,
) -> Examined:
    """Receive, read, check and compare the delivery at `path`; everything but take it over.

    The received files wait under `token`, also with faults, so that they can be examined `again`. Of what the
    anonymity guard refuses or could not read, and of what belongs into a store of the other kind, nothing is
    kept; the caller deletes its own copy at `path` (see `upload_folder`).
    `before`: what was said of the same files the first time. Raises `StoreError`.
    """
    with clearly(settings.store, path.name), incoming(settings.store) as new:
        waiting.sweep(settings.store)
        with on_workbench(connection, path, settings.limits) as bench:
            work = Work(path, settings, given, progress, bench, new, before)
            checked = work.checked(with_rows=True)
            acceptance.note(settings, checked, given)
            examined = Examined(
                **{**vars(checked), "path": work.name},
                by=given.by,
                examined_at=datetime.now(UTC),
                sender_given=given.sender,
                date_given=None if given.reporting_date is None else str(given.reporting_date),
                profile=given.profile.text if given.profile else None,
            )
            not_here = refused_by_guard(checked.groups) or is_of_other_kind(checked.groups)
            if checked.hidden_from_guard or checked.already_stored or not_here:
                return examined
            work.tell("compare", work.name)
            return _kept(bench, settings, work, examined)


def accept(
    settings: Settings,
    token: str,
    confirm: str | None = None,
    by: str = "",
) -> Imported:
    """Take over what waits under `token`. Without a reason (`confirm`) nothing with warnings is taken over.

    Raises `WrongKindError`, `NotWaitingError`, `ChangedMeanwhileError` (examine it `again`), `StoreError`.
    """
    with clearly(settings.store):
        found, folder = waiting.one(settings.store, token)
        examined, reason = found.examined, (confirm or "").strip() or None
        if found.parcel is None or (examined.needs_confirmation and not reason):
            return _imported(examined, False, needs_confirmation=found.parcel is not None)
        parcel = with_profile(dated(found.parcel, time.time_ns()), examined.profile)
        confirmed = reason if examined.has_warnings else None
        new = acceptance.take_over(settings, folder, parcel, by or examined.by, confirmed, strict=True)
        waiting.drop(settings.store, token)
        return _imported(examined, True, already_stored=not new)


def again(
    settings: Settings,
    token: str,
    given: Given = Given(),
    progress: Progress | None = None,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Examined:
    """Examine the files under `token` once more, against the store as it is now; they get a new token.

    Sender, reporting date and profile, if given, replace those of the first time; who handed in stays.
    Raises `NotWaitingError`, `StoreError`.
    """
    with clearly(settings.store):
        found, folder = waiting.one(settings.store, token)
        before = found.examined
        examined = examine(
            _as_handed_in(folder / "original", before.path),
            settings,
            Given(
                given.sender or before.sender_given,
                given.reporting_date or before.date_given,
                given.profile or (load(before.profile, PROFILE) if before.profile else None),
                before.by,
            ),
            progress,
            connection=connection,
            before=Before(before.path, before.received, folder / LEFT_OUT),
        )
        waiting.drop(settings.store, token)
        return examined


@contextmanager
def upload_folder(settings: Settings) -> Iterator[Path]:
    """A folder for an upload until it is examined. It is gone afterwards; if the program is killed, at the
    next hand-in, so that nothing of what the guard would refuse stays.
    """
    with clearly(settings.store), incoming(settings.store) as new:
        yield new.scratch


def files(settings: Settings, token: str) -> Path:
    """The files under `token` as they were handed in: one file, or the folder. Raises `NotWaitingError`."""
    with clearly(settings.store):
        found, folder = waiting.one(settings.store, token)
        return _as_handed_in(folder / "original", found.examined.path)


def all_waiting(settings: Settings, by: str | None = None) -> tuple[Examined, ...]:
    """What waits to be accepted, the oldest first; of one person, or of everybody."""
    with clearly(settings.store):
        return tuple(each for each in waiting.every(settings.store) if by in (None, each.by))


def discard(settings: Settings, token: str) -> None:
    """Forget an upload that waits; nothing happens if it doesn't."""
    with clearly(settings.store):
        waiting.drop(settings.store, token)


def _as_handed_in(original: Path, path: str) -> Path:
    """One file, or the folder that came under this name."""
    return original / path if (original / path).is_file() else original


def _kept(
    connection: duckdb.DuckDBPyConnection, settings: Settings, work: Work, examined: Examined
) -> Examined:
    parcel = comparison = None
    if not examined.refused and examined.head:
        parcel = acceptance.pack(connection, settings, work.new, examined, work.loaded, 0)
        tables = {each.table.name: work.new.copy / f"{each.table.name}.parquet" for each in work.loaded}
        comparison = against_last(
            connection, settings, examined.head, examined.sha256, tables, parcel.present
        )
    kept = Examined(**{**vars(examined), "token": uuid4().hex, "comparison": comparison})
    waiting.add(settings.store, work.new, Waiting(kept, parcel))
    return kept


def _imported(examined: Examined, accepted: bool, **more: bool) -> Imported:
    checked = {name: getattr(examined, name) for name in Checked.__dataclass_fields__}
    return Imported(**{**checked, **more}, accepted=accepted)
