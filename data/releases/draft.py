"""A release that nobody reads yet: built into a folder of its own, compared, verified, attacked.

That of a preview waits in the store, and is published as it is if nothing has changed since.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from data.deliveries.format import schema
from data.deliveries.store.deliveries import Stored
from data.foundation import durable, storedjson
from data.foundation.settings import Settings
from data.foundation.steps import Progress
from data.releases import database, manifest, revisions, secrets, shelf, verify
from data.releases.manifest import Manifest
from data.warehouse import models
from data.warehouse.build import REFERENCE

Attacks = Callable[[Path, Path], dict[str, Any]]  # release, truth -> report with `passed`
TRUTH, WAREHOUSE = "truth.duckdb", "warehouse.new"
FOLDER, FILE = shelf.PREVIEW, "preview.json"  # where a draft waits, and what is written of it there
EXACT = "warehouse-preview.new"
# Whatever can change a published figure, or what is withheld. A test follows the imports of `data.releases`
# and `data.disclosure` and fails if one of them is neither here nor among those that it names with a reason.
PROTECTING = (
    "data.deliveries.format.schema",
    "data.deliveries.format.sender",
    "data.deliveries.store.deliveries",
    "data.disclosure.bands",
    "data.disclosure.bounds",
    "data.disclosure.cells",
    "data.disclosure.display",
    "data.disclosure.holding",
    "data.disclosure.keys",
    "data.disclosure.perturbation",
    "data.disclosure.published",
    "data.disclosure.rests",
    "data.disclosure.rules",
    "data.disclosure.sums",
    "data.disclosure.table_list",
    "data.disclosure.usefulness",
    "data.engines",
    "data.engines.connect",
    "data.engines.dialect",
    "data.foundation.areas",
    "data.foundation.goal_areas",
    "data.foundation.land",
    "data.foundation.parameters",
    "data.foundation.periods",
    "data.foundation.sql",
    "data.questions.catalogue",
    "data.questions.sql_header",
    "data.releases.database",
    "data.releases.draft",
    "data.releases.make",
    "data.releases.manifest",
    "data.releases.notices",
    "data.releases.preview",
    "data.releases.protect",
    "data.releases.revisions",
    "data.releases.secrets",
    "data.releases.shelf",
    "data.releases.state",
    "data.releases.verify",
    "data.warehouse.build",
    "data.warehouse.models",
)


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


@dataclass(frozen=True)
class Material:
    """What a release is made from: what is stored, per table, the release before, the keys of the series."""

    stored: Mapping[str, Sequence[Stored]]
    before: Manifest | None
    keys: secrets.Keys
    basis: Basis

    @property
    def starts_series(self) -> bool:
        """Whether every figure deviates anew, so that none can be compared with the release before."""
        before = self.before
        return before is None or self.basis.new_series or before.parameters != self.basis.parameters


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
        program=program(lists=(settings.responsible, settings.groupings)),
        deliveries=[
            {"sender": one.sender, "reporting_date": one.reporting_date.isoformat(), "sha256": one.sha256}
            for _, one in sorted(serving.items())
        ],
    )


def assemble(
    settings: Settings,
    folder: Path,
    material: Material,
    name: str | None,
    progress: Progress,
    *,
    truth: bool,
) -> Draft:
    """Write the database into `folder` and compare it with the release before.

    Without a name it gets that of the newest complete quarter. `truth`: for attacks, see `database.Exact`.
    """
    path = folder / shelf.DATABASE
    before, anew = material.before, material.starts_series
    published = shelf.database(settings.store, before.name) if before and not anew else None
    useful = database.write(
        path,
        lambda newest: name or shelf.free_name(settings.store, newest),
        material.stored,
        database.Series(
            material.keys,
            settings.protection,
            published,
            settings.responsible,
            settings.groupings,
            settings.spark,
        ),
        progress,
        database.Exact(folder / TRUTH if truth else None, folder / WAREHOUSE),
    )
    about = database.about(path)
    every = folder / shelf.REVISIONS
    revised, rows = (
        revisions.compare(published, path, database.listed_tables(), every) if published else ({}, [])
    )
    return Draft(
        name=about["release"],
        basis=material.basis,
        starts_series=anew,
        about={
            key: value if isinstance(value, (bool, int, list)) else str(value) for key, value in about.items()
        },
        sha256=manifest.sha256(path),
        useful=useful,
        revised=revised,
        revisions=rows,
    )


def verify_and_attack(draft: Draft, settings: Settings, folder: Path, attacks: Attacks | None) -> Draft:
    """Verify the database in `folder` and attack it; one that is not sound counts as not attacked, whatever
    the attacks say of it. The exact counts are gone afterwards.
    """
    path, truth = folder / shelf.DATABASE, folder / TRUTH
    red_team: dict[str, Any] = {}
    # Beside each other, because nearly every release is sound.
    with ThreadPoolExecutor(1) as pool:
        verified = pool.submit(verify.broken_rules, path, database.listed_tables(), settings.protection.limit)
        try:
            red_team = attacks(path, truth) if attacks else {}
        except Exception:
            if not verified.result():
                raise
    truth.unlink(missing_ok=True)
    broken = tuple(map(str, verified.result()))
    return replace(draft, broken=broken, red_team={} if broken else red_team)


def program(protecting: Sequence[str] = PROTECTING, lists: Sequence[Path | None] = ()) -> str:
    """Changes with any file that protects figures: an older program's preview is not what this one makes.

    These modules and the SQL beside them, the export format, areas and published funds (the layers have their
    own fingerprint), and the `lists` of this installation (who answers for which area, groupings); not where
    they lie or what they are called.
    Raises ModuleNotFoundError for a wrong name.
    """
    code = {_source(name) for name in protecting}
    sql = {path for module in code for path in module.parent.glob("*.sql")}
    files = {
        *code,
        *sql,
        schema.FILE,
        *REFERENCE.glob("*.csv"),
        REFERENCE / "land.toml",
        *(each for each in lists if each and each.is_file()),
    }
    content = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return hashlib.sha256("".join(content).encode()).hexdigest()[:16]


def set_waiting(store: Path, folder: Path, draft: Draft) -> None:
    """Let the draft in `folder` wait; one that waited before is gone."""
    (folder / FILE).write_text(storedjson.text(draft), encoding="utf-8")
    # Named by its hash: DuckDB takes a file at the place of another for that other one.
    durable.rename(folder / shelf.DATABASE, folder / _named(draft.sha256))
    drop_waiting(store)
    # Beside the other warehouses: whoever copies the folder of releases takes no exact figures along.
    durable.place(folder / WAREHOUSE, store / EXACT)
    durable.place(folder, store / shelf.FOLDER / FOLDER)


def waiting_draft(store: Path) -> Draft | None:
    """The draft that waits, whatever has been handed in since."""
    try:
        written = (store / shelf.FOLDER / FOLDER / FILE).read_text(encoding="utf-8")
        return storedjson.read(Draft, written)
    except (FileNotFoundError, ValueError):
        return None


def waiting_database(store: Path, sha256: str) -> Path:
    """Where the figures of the draft lie."""
    return store / shelf.FOLDER / FOLDER / _named(sha256)


def copy_waiting(
    store: Path, folder: Path, basis: Basis, name: str | None, *, attacked: bool
) -> Draft | None:
    """Copy the draft that waits into `folder`, if a release of this basis and name would be the same."""
    draft = waiting_draft(store)
    if draft is None or draft.basis != basis or (name or draft.name) != draft.name:
        return None
    if attacked and not draft.red_team:
        return None
    try:
        shutil.copyfile(waiting_database(store, draft.sha256), folder / shelf.DATABASE)
        if draft.revised:
            shutil.copyfile(store / shelf.FOLDER / FOLDER / shelf.REVISIONS, folder / shelf.REVISIONS)
    except FileNotFoundError:
        _empty(folder)
        return None
    if manifest.sha256(folder / shelf.DATABASE) != draft.sha256:
        _empty(folder)
        return None
    # Not copied, and still there if nothing is published after all; a build since has swept it away.
    with suppress(FileNotFoundError):
        (folder / WAREHOUSE).hardlink_to(store / EXACT)
    return draft


def drop_waiting(store: Path) -> None:
    """The draft that waits is gone."""
    shutil.rmtree(store / shelf.FOLDER / FOLDER, ignore_errors=True)
    (store / EXACT).unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _named(sha256: str) -> str:
    return f"{sha256[:16]}.duckdb"


def _source(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{name} is named as protecting figures, and there is no such module")
    return Path(found.origin)
