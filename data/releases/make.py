"""Make a release: build, compare, verify, attack, and only then let it serve."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data import VERSION
from data.deliveries.store import deliveries
from data.deliveries.store.damage import naming_damage
from data.deliveries.store.deliveries import Stored
from data.deliveries.store.unusable import DISK, clearly
from data.foundation import durable
from data.foundation.durable import release_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress
from data.releases import draft, manifest, secrets, shelf, verify
from data.releases.afterwards.copies import signed_list
from data.releases.draft import Attacks, Draft, Material
from data.releases.manifest import Manifest
from data.warehouse import build
from data.warehouse.build import NothingToBuildError


class MissingNoteError(DashboardError):
    """Closed periods change, and nobody has said why."""

    exit_code = 5

    def __init__(self, before: str, revised: dict[str, int]) -> None:
        self.revised = revised
        changed = ", ".join(f"{number:,} in {name}" for name, number in revised.items())
        super().__init__(
            f"Figures of periods that {before} has published already would change: "
            f"{changed or 'all of them, because a new series begins'} (cells). "
            'Say why with --note "…": readers see it together with the list. Nothing was published.'
        )


class AttackSucceededError(DashboardError):
    """The red team found something."""

    exit_code = 4

    def __init__(self, report: Mapping[str, Any]) -> None:
        found = [each for each in report.get("attacks", ()) if not each["passed"]]
        told = "; ".join(f"{each['number']} {each['name']} {each['figures']}" for each in found)
        super().__init__(
            f"An attack on the release succeeded: {told or report}. Nothing was published. The deviations "
            "depend on the keys: a first release gets other ones when it is made again, a later one with "
            "--new-series. If it fails with those too, tell the maintainers what stands above."
        )


class TwoPeopleError(DashboardError):
    """Somebody alone publishes where two have to."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Here two people publish (DASHBOARD_TWO_PEOPLE): one with `python -m data release --propose`, "
            "then another with `python -m data release --confirm`; both can be done on the page. Nothing was "
            "published."
        )


class LapsedError(DashboardError):
    """What was agreed on is not what would be published any more."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "What was confirmed is not what would be published any more: something was handed in since. "
            "Nothing was published. Propose it anew."
        )


@dataclass(frozen=True)
class Terms:
    """What whoever publishes decides: the name, the note to readers, from when on the release serves.

    Without a name it is that of the newest complete quarter, without an embargo readers see it at once.
    `new_series`: with new keys, so that every figure deviates anew. `agreed`: the hash of the preview that a
    second person confirmed (see `approval`); nothing else is published then.
    """

    name: str | None = None
    note: str = ""
    embargo: datetime | None = None
    new_series: bool = False
    agreed: str | None = None


def make(
    settings: Settings, progress: Progress, terms: Terms | None = None, *, attacks: Attacks | None = None
) -> Manifest:
    """Make the next release from everything that is stored, and publish it.

    What a preview has built already is published as it is, if nothing has changed since. The exact figures
    of the same pass serve within the house from then on. Whatever is raised, the release before stays in use
    and nothing of this one is left.

    Raises NothingToBuildError, ReleaseListMissingError, BadReleaseNameError, ServesBeforeLastError,
    MissingKeysError, WrongKeysError, TwoPeopleError, LapsedError, ChecksFailedError,
    MissingNoteError, VerificationFailedError,
    AttackSucceededError, StoreError.
    """
    terms = terms or Terms()
    if settings.two_people and not terms.agreed:
        raise TwoPeopleError
    with alone(settings) as (stored, before):
        if terms.name:
            shelf.check_name(settings.store, terms.name)
        shelf.check_turn(settings.store, terms.embargo)
        keys, are_new = keys_of(settings, before, terms.new_series)
        rests_on = draft.basis(settings, stored, before, keys, terms.new_series)
        now = datetime.now(UTC)
        with beside(settings.store) as folder:
            made = draft.copy_waiting(
                settings.store, folder, rests_on, terms.name, attacked=attacks is not None
            )
            if terms.agreed and (made is None or made.sha256 != terms.agreed):
                raise LapsedError
            if made is None:
                material = Material(stored, before, keys, rests_on)
                made = draft.assemble(settings, folder, material, terms.name, progress, truth=bool(attacks))
                check_note(made, before, terms.note)
                made = draft.verify_and_attack(made, settings, folder, attacks)
            check_note(made, before, terms.note)
            if made.broken:
                raise verify.VerificationFailedError(made.broken)
            if made.red_team and not made.red_team["passed"]:
                other_keys(settings, before)
                raise AttackSucceededError(made.red_team)
            if (folder / draft.WAREHOUSE).exists():
                build.serve(settings.store, folder / draft.WAREHOUSE)
            written = _manifest(made, before, terms.note.strip(), now, max(now, terms.embargo or now))
            if made.revised:
                written = replace(written, revisions_sha256=manifest.sha256(folder / shelf.REVISIONS))
            manifest.write(folder / shelf.MANIFEST, written)
            if are_new:
                secrets.store(settings.keys, keys)
            _place(folder, settings.store, written)
        if are_new:
            secrets.promote(settings.keys)
        signed_list.renewed(settings)
        draft.drop_waiting(settings.store)
    return written


def last(store: Path) -> Manifest | None:
    """The manifest of the newest release, under an embargo or not; None before the first."""
    every = shelf.entries(store)
    return manifest.read(shelf.manifest(store, every[-1].name)) if every else None


@contextmanager
def alone(settings: Settings) -> Iterator[tuple[Mapping[str, Sequence[Stored]], Manifest | None]]:
    """While no other release is made: what is stored, per table, and the release before."""
    if not settings.store.is_dir():
        raise NothingToBuildError
    with clearly(settings.store, errors=DISK), release_lock(settings.store):
        stored = deliveries.current_tables(settings)
        if not deliveries.delivered(stored):
            raise NothingToBuildError
        _sweep(settings.store)
        shelf.begin(settings.store)
        with naming_damage(settings, stored):
            yield stored, last(settings.store)


@contextmanager
def beside(store: Path) -> Iterator[Path]:
    """A folder beside the releases, which nobody reads and which is gone afterwards."""
    folder = store / shelf.FOLDER / f".{datetime.now(UTC):%Y%m%dT%H%M%S%f}.new"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keys_of(
    settings: Settings, before: Manifest | None, new_series: bool = False
) -> tuple[secrets.Keys, bool]:
    """The keys of the series, and whether they begin a new one and are not those in use yet.

    A new series has new keys, also where it begins because the method has changed: with the old ones the
    same records would get the same draw under two methods, and the two figures together tell more than each.
    What a preview of such a release was made with waits, so that it is published as it was seen.
    """
    path = settings.keys
    changed = before is not None and before.parameters != settings.protection.entry()
    if new_series or changed:
        if before:
            secrets.settle(path, before.keys)
        return (None if new_series else secrets.waiting(path)) or secrets.make(), True
    if before is None and not path.exists():
        secrets.store(path, secrets.make())
        secrets.promote(path)
    return secrets.load(path, before.keys if before else None), False


def other_keys(settings: Settings, before: Manifest | None) -> None:
    """After an attack that succeeded. The same keys would fail again, and nothing was published with them."""
    secrets.forget_waiting(settings.keys)
    if before is None:
        secrets.put_aside(settings.keys)


def check_note(made: Draft, before: Manifest | None, note: str) -> None:
    """Raises MissingNoteError where closed periods change and nobody says why."""
    if before and (made.revised or made.starts_series) and not note.strip():
        raise MissingNoteError(before.name, made.revised)


def _manifest(made: Draft, before: Manifest | None, note: str, now: datetime, serves: datetime) -> Manifest:
    return Manifest(
        name=made.name,
        series=1 if before is None else before.series + int(made.starts_series),
        created_at=now.isoformat(),
        serves_from=serves.isoformat(),
        note=note,
        program=VERSION,
        layers=made.basis.layers,
        synthetic=made.about["synthetic"],
        as_of=made.about["as_of"],
        before=made.basis.before,
        sha256=made.sha256,
        keys=made.basis.keys,
        parameters=made.basis.parameters,
        # Not their hashes: whoever knows all but one value of a small file could try that one out.
        deliveries=[
            {name: one[name] for name in ("sender", "reporting_date")} for one in made.basis.deliveries
        ],
        tables=made.useful,
        revised=made.revised,
        revisions=made.revisions,
        red_team=made.red_team,
        starts_series=made.starts_series,
    )


def _place(folder: Path, store: Path, made: Manifest) -> None:
    """Everything is on the disk before the folder gets its name, and the folder before the list names it."""
    for path in sorted(folder.iterdir()):
        path.chmod(0o444)
    durable.place(folder, store / shelf.FOLDER / made.name)
    created, serves = (datetime.fromisoformat(each) for each in (made.created_at, made.serves_from))
    shelf.publish(store, shelf.Entry(made.name, created, serves))


def _sweep(store: Path) -> None:
    for left in shelf.leftovers(store):
        if (left / shelf.MANIFEST).exists() and not left.name.startswith("."):
            # Whole, but on no list: of a process that died, or the list is an old one. Nobody reads it there.
            unlisted = f".unlisted-{left.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            durable.rename(left, left.with_name(unlisted))
        elif left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
