"""Accepted deliveries -> staging -> marts -> checks -> a new exact database, swapped in at the end."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from data import engines
from data.deliveries.store import deliveries
from data.deliveries.store.damage import naming_damage
from data.deliveries.store.deliveries import Stored
from data.deliveries.store.unusable import DISK, clearly
from data.foundation import durable, land
from data.foundation.durable import build_lock
from data.foundation.errors import DashboardError
from data.foundation.languages import counted
from data.foundation.settings import Settings
from data.foundation.sql import literal
from data.foundation.steps import Progress, Step
from data.warehouse import models, versions

REFERENCE = land.folder()
VERSIONS_KEPT = 3
SCRATCH = "spark-"  # folders of what an engine beside this process works with, until the end of a build


class NothingToBuildError(DashboardError):
    """No delivery is stored."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "No delivery is stored, so there is nothing to build. `python -m data import PATH` first."
        )


class ChecksFailedError(DashboardError):
    """The new figures contradict themselves; the old ones stay in use."""

    exit_code = 4

    def __init__(self, failures: Mapping[str, Sequence[tuple[object, ...]]]) -> None:
        self.failures = dict(failures)
        lines = [
            f"queries/checks/{name}.sql: {counted(len(rows), 'wrong row')}, for example {rows[0]}"
            for name, rows in failures.items()
        ]
        super().__init__(
            "\n".join(lines)
            + "\nNothing was published; the figures before this build stay in use."
            + "\nRun the check's SQL on the deliveries, correct them or the mart, and build again."
        )


def warehouse(settings: Settings, progress: Progress | None = None) -> versions.Pointer:
    """Build a warehouse beside the one that serves, check it and let it serve.

    Raises NothingToBuildError, ChecksFailedError, DamagedDeliveryError, StoreError, EngineError. A crash at
    any moment leaves the old version in use; what it left is swept by the next build. Two builds at once take
    their turns.
    """
    if not settings.store.is_dir():
        raise NothingToBuildError
    with clearly(settings.store, errors=DISK), build_lock(settings.store):
        _sweep(settings.store)
        return _built(settings, progress)


def _built(settings: Settings, progress: Progress | None) -> versions.Pointer:
    stored = deliveries.current_tables(settings)
    if not deliveries.delivered(stored):
        raise NothingToBuildError
    beside = settings.store / f"warehouse-{uuid4().hex}.new"
    try:
        with naming_damage(settings, stored):
            _write(beside, stored, settings, progress)
        return serve(settings.store, beside)
    finally:
        beside.unlink(missing_ok=True)
        beside.with_name(beside.name + ".wal").unlink(missing_ok=True)


def serve(store: Path, written: Path) -> versions.Pointer:
    """Let the warehouse at `written`, in the same file system, serve from now on."""
    now = datetime.now(UTC)
    pointer = versions.Pointer(f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", now, models.fingerprint())
    durable.place(written, versions.warehouse(store, pointer.version))
    versions.serve(store, pointer)
    _forget_old(store, pointer)
    return pointer


def _write(
    path: Path,
    stored: Mapping[str, Sequence[Stored]],
    settings: Settings,
    progress: Progress | None,
) -> None:
    layers = [
        (layer, name, sql) for layer in ("staging", "marts") for name, sql in models.read(layer).items()
    ]
    steps = len(layers) + 1
    scratch = path.with_name(f"{SCRATCH}{uuid4().hex}")
    with (
        duckdb.connect(":memory:") as connection,
        engines.opened(connection, settings.spark, scratch) as engine,
    ):
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        # Only marts reach the file: rows of single cases live in memory and end with the build.
        connection.execute("set preserve_insertion_order = true")
        connection.execute(f"attach {literal(str(path))} as warehouse")
        for schema in ("reference", "deliveries", "staging", "marts", "warehouse.marts"):
            connection.execute(f"create schema {schema}")
        models.load_macros(connection)
        models.load_reference(connection, REFERENCE)
        models.load_responsible(connection, settings.responsible)
        models.load_groupings(connection, settings.groupings)
        models.load_deliveries(connection, stored)
        engine.tables(models.macros(), {})
        for done, (layer, name, sql) in enumerate(layers, start=1):
            if progress:
                progress(Step("build", f"{layer}.{name}", done, steps))
            models.work_out(
                connection, engine, "staging" if layer == "staging" else "warehouse.marts", name, sql
            )
            if layer == "marts":
                connection.execute(f"create view marts.{name} as from warehouse.marts.{name}")
        if progress:
            progress(Step("build", "checks", steps, steps))
        check(connection, models.read("checks"))
        connection.execute("detach warehouse")


def check(connection: duckdb.DuckDBPyConnection, checks: Mapping[str, str]) -> None:
    """Run every check, given as SQL by name. Raises ChecksFailedError."""
    failures = {}
    for name, sql in checks.items():
        if rows := connection.execute(sql).fetchall():
            failures[name] = rows
    if failures:
        raise ChecksFailedError(failures)


def _sweep(store: Path) -> None:
    """Half-written files of killed builds; under the lock of builds nobody else is writing any."""
    for left in [*store.glob("warehouse-*.new*"), *store.glob(f"{versions.POINTER}.*.new")]:
        left.unlink(missing_ok=True)
    for folder in store.glob(f"{SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _forget_old(store: Path, serving: versions.Pointer) -> None:
    """Keep the last few versions: a reader may still be in the middle of a page of one of them."""
    stored = sorted(store.glob("warehouse-*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    for path in stored[:-VERSIONS_KEPT]:
        if path != versions.warehouse(store, serving.version):
            path.unlink(missing_ok=True)
