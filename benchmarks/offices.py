"""A store with the cases that goals refer to, and goals handed in to it alone."""

import shutil
from pathlib import Path

from benchmarks import exports
from data.deliveries.handin.isolated import import_delivery
from data.deliveries.handin.work import HandIn
from data.foundation.settings import Settings

HEAD = "absender_id;absender_name;absender_art;stichtag;format_version\namt-a;Amt A;Landkreis;31.08.2026;1\n"


def with_cases(folder: Path, goal_rows: int) -> Settings:
    """The settings of a new store in which the cases of these goals are."""
    delivery = folder / "cases"
    delivery.mkdir(parents=True)
    (delivery / "lieferung.csv").write_text(HEAD, encoding="utf-8")
    exports.cases(delivery, goal_rows)
    settings = Settings(folder / "store", "localhost", 0)
    _accepted(delivery, settings)
    return settings


def hand_in_goals(file: Path, settings: Settings) -> None:
    """Receive, read, check, guard and store; a second time as if it were the first."""
    trial = Settings(settings.store.with_name("trial"), "localhost", 0)
    shutil.rmtree(trial.store, ignore_errors=True)
    shutil.copytree(settings.store, trial.store, copy_function=_linked)
    _accepted(file, trial, "amt-a", "30.09.2026")


def hand_in(path: Path, store: Path) -> None:
    """A whole delivery into a new store."""
    shutil.rmtree(store, ignore_errors=True)
    _accepted(path, Settings(store, "localhost", 0))


def _accepted(path: Path, settings: Settings, *given: str) -> None:
    imported = import_delivery(path, settings, HandIn(*given, confirm="benchmark"))
    if not imported.accepted:
        raise RuntimeError(f"{path} was refused: {imported.findings[:1]}")


def _linked(source: str, target: str) -> None:
    if source.endswith(".parquet"):
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)
