"""Make a release: build, compare, verify, attack, and only then let it serve."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data import VERSION, models
from data.deliveries import store as deliveries
from data.deliveries.locks import release_lock
from data.deliveries.unusable import DISK, clearly
from data.editions import sync_folder
from data.errors import DashboardError
from data.releases import file, manifest, revisions, secrets, shelf, verify
from data.releases.file import Progress
from data.releases.manifest import Manifest
from data.settings import Settings
from data.warehouse import NothingToBuild

Attacks = Callable[[Path, Path], dict[str, Any]]  # release, truth -> report with `passed`


class NoteMissing(DashboardError):
    """Closed periods change, and nobody has said why."""

    exit_code = 5

    def __init__(self, before: str, revised: dict[str, int]) -> None:
        self.revised = revised
        changed = ", ".join(f"{number:,} in {name}" for name, number in revised.items())
        super().__init__(
            f"Figures of periods that {before} has published already would change: {changed} (cells). "
            'Say why with --note "…": readers see it together with the list. Nothing was published.'
        )


class AttackSucceeded(DashboardError):
    """The red team found something."""

    exit_code = 4


def make(
    settings: Settings,
    progress: Progress,
    *,
    name: str | None = None,
    note: str = "",
    embargo: datetime | None = None,
    new_series: bool = False,
    attacks: Attacks | None = None,
) -> Manifest:
    """Make the next release from everything that is stored, and publish it.

    Raises NothingToBuild, BadName, KeysMissing, KeysWrong, NoteMissing, VerificationFailed, AttackSucceeded,
    StoreError. Whatever is raised, the release before stays in use and nothing of this one is left.
    """
    with clearly(settings.store, errors=DISK), release_lock(settings.store):
        return _make(settings, progress, name, note, embargo, new_series, attacks)


def _make(
    settings: Settings,
    progress: Progress,
    name: str | None,
    note: str,
    embargo: datetime | None,
    new_series: bool,
    attacks: Attacks | None,
) -> Manifest:
    stored = deliveries.current_tables(settings)
    if not any(stored.values()):
        raise NothingToBuild
    store = settings.store
    before = last(store)
    parameters = settings.protection
    starts_anew = before is None or new_series or before.parameters != parameters.entry()
    if name:
        shelf.check_name(store, name)
    keys = _keys(settings, before, new_series)
    now = datetime.now(UTC)
    beside = store / shelf.FOLDER / f".{now:%Y%m%dT%H%M%S%f}.new"
    _sweep(store)
    beside.mkdir(parents=True)
    try:
        database = beside / shelf.DATABASE
        truth = beside / "truth.duckdb"
        useful = file.write(
            database,
            lambda newest: name or shelf.free_name(store, newest),
            stored,
            keys,
            parameters,
            progress,
            truth if attacks else None,
        )
        about = file.about(database)
        revised: dict[str, int] = {}
        rows: list[dict[str, Any]] = []
        if before and not starts_anew:
            published = shelf.database(store, before.name)
            revised, rows = revisions.compare(published, database, file.tables())
            if revised and not note:
                raise NoteMissing(before.name, revised)
        if broken := verify.verify(database, file.tables(), parameters.limit):
            raise verify.VerificationFailed(broken)
        red_team = attacks(database, truth) if attacks else {}
        truth.unlink(missing_ok=True)
        if red_team and not red_team["passed"]:
            raise AttackSucceeded(f"An attack on the release succeeded: {red_team}. Nothing was published.")
        made = Manifest(
            name=about["release"],
            series=1 if before is None else before.series + int(starts_anew),
            created_at=now.isoformat(),
            serves_from=max(now, embargo or now).isoformat(),
            note=note,
            program=VERSION,
            layers=models.fingerprint(),
            synthetic=about["synthetic"],
            as_of=str(about["as_of"]),
            before=before.name if before else None,
            sha256=manifest.sha256(database),
            keys=keys.fingerprint,
            parameters=parameters.entry(),
            deliveries=_rests_on(settings),
            tables=useful,
            revised=revised,
            revisions=rows,
            red_team=red_team,
            starts_series=starts_anew,
        )
        manifest.write(beside / shelf.MANIFEST, made)
        _place(beside, store, made)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def last(store: Path) -> Manifest | None:
    """The manifest of the newest release, under an embargo or not; None before the first."""
    every = shelf.entries(store)
    return manifest.read(shelf.manifest(store, every[-1].name)) if every else None


def _keys(settings: Settings, last: Manifest | None, new_series: bool) -> secrets.Keys:
    path = settings.keys
    if new_series or (last is None and not path.exists()):
        return secrets.make(path)
    return secrets.load(path, last.keys if last else None)


def _rests_on(settings: Settings) -> list[dict[str, Any]]:
    return [
        {"sender": one.sender, "reporting_date": one.reporting_date.isoformat(), "sha256": one.sha256}
        for one in deliveries.all_deliveries(settings)
        if one.state == "accepted"
    ]


def _place(beside: Path, store: Path, made: Manifest) -> None:
    """Everything is on the disk before the folder gets its name, and the folder before the list names it."""
    for path in sorted(beside.iterdir()):
        with path.open("rb") as opened:
            os.fsync(opened.fileno())
        path.chmod(0o444)
    sync_folder(beside)
    beside.rename(store / shelf.FOLDER / made.name)
    sync_folder(store / shelf.FOLDER)
    moments = (datetime.fromisoformat(each) for each in (made.created_at, made.serves_from))
    shelf.publish(store, shelf.Entry(made.name, *moments))


def _sweep(store: Path) -> None:
    """What killed releases left: half-made folders, and made ones that no list names yet."""
    named = {entry.name for entry in shelf.entries(store)}
    for left in (store / shelf.FOLDER).glob("*"):
        if left.is_dir() and left.name not in named:
            shutil.rmtree(left)
        elif left.suffix == ".new":
            left.unlink(missing_ok=True)
