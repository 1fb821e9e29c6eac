"""Where the red team shoots: stores with a release and its exact counts, made by the real import and release.

Nothing of an attack is in here. This is the only room of the red team that makes releases.
"""

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from data import demo
from data.deliveries.checking.workbench import workbench
from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import kind
from data.foundation.errors import DashboardError
from data.foundation.parameters import Parameters
from data.foundation.settings import Settings
from data.foundation.steps import silent
from data.redteam import hard_data
from data.redteam.attacker.opened import Before
from data.releases import database, make, secrets, shelf
from data.releases.draft import Attacks

DAYS = tuple(
    date(*each) for each in ((2022, 12, 31), (2023, 3, 31), (2023, 6, 30), (2023, 9, 30), (2023, 12, 31))
)


class RedTeamDeliveryRefusedError(DashboardError):
    """A delivery of the red team that the import does not take: a fault of this program."""


@dataclass(frozen=True)
class Target:
    """A release, the exact counts of its cells, its store, and the release before if there is one."""

    settings: Settings
    release: Path
    truth: Path
    before: Before | None = None


def demonstration(folder: Path, cases: int, seed: int) -> Target:
    """The demonstration with so many cases."""
    paths = demo.write(folder / "deliveries", cases, seed) + demo.write_lists(folder / "lists", seed)
    return made(folder, paths, seed)


def difficult(folder: Path, people: int, seed: int, kreise: Sequence[str] = hard_data.KREISE) -> Target:
    """The hard synthetic data."""
    return made(folder, hard_data.write(folder / "deliveries", people, seed, kreise=kreise), seed)


def corrected(
    target: Target,
    folder: Path,
    people: int,
    seed: int,
    kreise: Sequence[str] = hard_data.KREISE,
    attacks: Attacks | None = None,
) -> Target:
    """The next release after one delivery with one corrected person came in, if it withstands `attacks`."""
    paths = hard_data.write(folder / "corrected", people, seed, corrected=True, kreise=kreise)
    _import(paths, target.settings)
    return replace(_released(folder, target.settings, attacks), before=Before(target.release, target.truth))


def steps(
    folder: Path, people: int, seed: int, kreise: Sequence[str] = hard_data.KREISE
) -> tuple[list[Target], list[Target]]:
    """Releases of the hard data at five dates, a quarter apart; each but the first has the one before.

    Beside them the same without holding any figure: a negative control.
    """
    settings = _settings(folder, seed)
    held: list[Target] = []
    fresh: list[Target] = []
    for day in DAYS:
        _import(hard_data.write(folder / str(day), people, seed, kreise=kreise, known=day), settings)
        made = _released(folder, settings)
        before = Before(held[-1].release, held[-1].truth) if held else None
        held.append(replace(made, before=before))
        release = folder / f"fresh-{day}.duckdb"
        _write(settings, release, Parameters())
        before = Before(fresh[-1].release, fresh[-1].truth) if fresh else None
        fresh.append(replace(made, release=release, before=before))
    return held, fresh


def without_limit(target: Target, folder: Path) -> Target:
    """The same records and keys, so the same truth, with every deviated count shown: a negative control.

    Written past the verification, which would refuse it.
    """
    release = folder / "without-limit.duckdb"
    _write(target.settings, release, Parameters(people=-Parameters.deviation))
    return replace(target, release=release)


def again(target: Target, folder: Path) -> Path:
    """The same records released once more, with the same keys, in another store."""
    store = folder / "again"
    shutil.copytree(target.settings.store, store, ignore=shutil.ignore_patterns(shelf.FOLDER))
    settings = replace(target.settings, store=store, keys_file=target.settings.keys)
    return shelf.database(store, make.make(settings, silent, make.Terms(note=SYNTHETIC)).name)


def made(folder: Path, paths: Sequence[Path], seed: int, attacks: Attacks | None = None) -> Target:
    """A store with these deliveries and its first release, if it withstands `attacks`."""
    settings = _settings(folder, seed)
    _import(list(paths), settings)
    return _released(folder, settings, attacks)


def _settings(folder: Path, seed: int) -> Settings:
    settings = Settings(store=folder / "store", address="localhost", port=0)
    settings.store.mkdir(parents=True)
    kind.decide(settings, kind.Kind.DEMONSTRATION)
    _keys(settings.keys, seed)
    return settings


def _write(settings: Settings, release: Path, parameters: Parameters) -> None:
    """A release of what is stored, with the same keys, as if it were the first; nobody verifies it."""
    with make.alone(settings) as (stored, before):
        keys, _ = make.keys_of(settings, before)
        series = database.Series(keys, parameters)
        database.write(release, lambda newest: newest, stored, series, silent)


def _keys(path: Path, seed: int) -> None:
    """Keys that follow from the seed, for data that nobody has to protect: a report can be repeated."""
    made = (hashlib.sha256(f"red team {name} {seed}".encode()).digest() for name in ("k1", "k2"))
    secrets.store(path, secrets.Keys(*made))
    secrets.promote(path)


def _import(paths: list[Path], settings: Settings) -> None:
    with closing(workbench()) as connection:
        for path in paths:
            handin = HandIn(confirm="made for the red team")
            imported = import_delivery(path, settings, handin, connection=connection)
            if not imported.accepted:
                raise RedTeamDeliveryRefusedError(f"{imported}")


def _released(folder: Path, settings: Settings, attacks: Attacks | None = None) -> Target:
    truth = folder / f"truth-{_count(settings)}.duckdb"

    def keep(release: Path, exact: Path) -> dict[str, Any]:
        shutil.copyfile(exact, truth)
        return attacks(release, exact) if attacks else {"passed": True, "attacks": []}

    named = make.make(settings, silent, make.Terms(note=SYNTHETIC), attacks=keep)
    return Target(settings, shelf.database(settings.store, named.name), truth)


def _count(settings: Settings) -> int:
    return len(shelf.entries(settings.store))
