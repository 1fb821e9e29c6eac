"""A release that nobody reads yet: built into a folder of its own, compared, verified, attacked."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data import models
from data.deliveries.store import Stored
from data.releases import file, manifest, revisions, secrets, shelf, verify
from data.releases.manifest import Manifest
from data.settings import Settings
from data.steps import Progress

Attacks = Callable[[Path, Path], dict[str, Any]]  # release, truth -> report with `passed`
TRUTH, WAREHOUSE = "truth.duckdb", "warehouse.new"


@dataclass(frozen=True)
class Basis:
    """What the figures of a release follow from: the same basis gives the same figures.

    `deliveries` are those it rests on, `keys` a fingerprint, `layers` that of the SQL, `program` that of the
    code that protects.
    """

    before: str | None
    new_series: bool
    keys: str
    parameters: dict[str, Any]
    layers: str
    program: str
    deliveries: list[dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """What a release would be. `name` is the one its database gives itself, and `about` what it says there.

    `revised` and `revisions` are the changed cells of closed periods, `useful` the usefulness per table,
    `broken` the broken rules, one line each, `red_team` the result of the attacks; empty if there were none.
    """

    name: str
    basis: Basis
    starts_series: bool
    about: dict[str, Any]
    sha256: str
    useful: dict[str, list[dict[str, Any]]]
    revised: dict[str, int] = field(default_factory=dict)
    revisions: list[dict[str, Any]] = field(default_factory=list)
    broken: tuple[str, ...] = ()
    red_team: dict[str, Any] = field(default_factory=dict)


def basis(
    settings: Settings,
    stored: Mapping[str, Sequence[Stored]],
    before: Manifest | None,
    keys: secrets.Keys | str,
    new_series: bool = False,
) -> Basis:
    """What a release of these deliveries follows from; `keys`, or their fingerprint."""
    serving = {one.id: one for tables in stored.values() for one in tables}
    return Basis(
        before=before.name if before else None,
        new_series=new_series,
        keys=keys if isinstance(keys, str) else keys.fingerprint,
        parameters=settings.protection.entry(),
        layers=models.fingerprint(),
        program=_program(),
        deliveries=[
            {"sender": one.sender, "reporting_date": one.reporting_date.isoformat(), "sha256": one.sha256}
            for _, one in sorted(serving.items())
        ],
    )


def build(
    settings: Settings,
    folder: Path,
    name: str | None,
    stored: Mapping[str, Sequence[Stored]],
    before: Manifest | None,
    keys: secrets.Keys,
    rests_on: Basis,
    progress: Progress,
    *,
    truth: bool,
) -> Draft:
    """Write the database into `folder` and compare it with the release before."""
    path = folder / shelf.DATABASE
    anew = before is None or rests_on.new_series or before.parameters != rests_on.parameters
    published = shelf.database(settings.store, before.name) if before and not anew else None
    useful = file.write(
        path,
        lambda newest: name or shelf.free_name(settings.store, newest),
        stored,
        keys,
        settings.protection,
        progress,
        folder / TRUTH if truth else None,
        folder / WAREHOUSE,
        published,
    )
    about = file.about(path)
    revised: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    if published:
        revised, rows = revisions.compare(published, path, file.tables(), folder / shelf.REVISIONS)
    return Draft(
        name=about["release"],
        basis=rests_on,
        starts_series=anew,
        about={
            key: value if isinstance(value, (bool, int, list)) else str(value) for key, value in about.items()
        },
        sha256=manifest.sha256(path),
        useful=useful,
        revised=revised,
        revisions=rows,
    )


def examine(draft: Draft, settings: Settings, folder: Path, attacks: Attacks | None) -> Draft:
    """Verify the database in `folder`; if it is sound, attack it. The exact counts are gone afterwards."""
    path, truth = folder / shelf.DATABASE, folder / TRUTH
    broken = tuple(map(str, verify.verify(path, file.tables(), settings.protection.limit)))
    red_team = attacks(path, truth) if attacks and not broken else {}
    truth.unlink(missing_ok=True)
    return replace(draft, broken=broken, red_team=red_team)


def _program() -> str:
    """Changes with any file that protects figures: an older program's preview is not what this one makes."""
    folder = Path(__file__).parent
    files = sorted([*folder.glob("*.py"), *(folder.parent / "disclosure").glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
