"""Hash everything that is stored once more, and say what is not as it was when it was accepted."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from data import editions
from data.deliveries import audit, leftovers, reading, register, waiting
from data.deliveries.altered import GONE, Damage, of_delivery, of_files
from data.deliveries.locks import store_lock
from data.deliveries.unusable import clearly
from data.releases import shelf, sound
from data.settings import Settings
from data.steps import Progress, Step, silent

DUCKDB_AT = 8, b"DUCK"  # where and how a DuckDB database says what it is


@dataclass(frozen=True)
class Verified:
    """What was looked at, what is damaged, and what lies there that nothing refers to."""

    deliveries: int
    files: int
    damages: tuple[Damage, ...]
    leftovers: tuple[str, ...]
    releases: int = 0


def verify(settings: Settings, progress: Progress | None = None) -> Verified:
    """Look at everything in the store; changes nothing. Raises `StoreError` if it can't be read."""
    with clearly(settings.store):
        found = _verify(settings.store, progress or silent)
        published = sound.damages(settings)
        return replace(found, damages=(*found.damages, *published), releases=shelf.count(settings.store))


def clean(settings: Settings, verified: Verified, by: str = "") -> tuple[str, ...]:
    """Remove the leftovers of a store without damages; a damaged one is left as it is, to be looked at."""
    if verified.damages or not verified.leftovers:
        return ()
    with clearly(settings.store), store_lock(settings.store), register.opened(settings.store) as opened:
        found = leftovers.found(settings.store, _folders(opened))
        names = tuple(name for name in found if name in verified.leftovers)
        leftovers.remove(settings.store, names)
        audit.note(opened, "cleaned", by, None, None, ", ".join(names))
    return names


def _verify(store: Path, progress: Progress) -> Verified:
    file = store / register.FILE
    if not file.exists():
        if (store / "deliveries").is_dir() and any((store / "deliveries").iterdir()):
            return Verified(0, 0, (Damage(register.FILE, "a register of the deliveries", GONE),), ())
        return Verified(0, 0, tuple(_warehouse(store)), ())
    try:
        with reading.lock(store), reading.opened(store) as opened:
            sound = opened.execute("pragma integrity_check").fetchone()[0]
            rows = register.deliveries(opened)
            files = {row["id"]: register.files(opened, row["id"]) for row in rows}
            left = leftovers.found(store, _folders(opened))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return Verified(0, 0, (Damage(register.FILE, "a sound register", str(error)),), ())
    damages = [] if sound == "ok" else [Damage(register.FILE, "a sound register", sound)]
    for done, row in enumerate(rows, start=1):
        progress(Step("verify", row["sender"], done, len(rows)))
        damages += of_delivery(store, row, files[row["id"]])
    damages += [*_waiting(store), *_warehouse(store)]
    return Verified(len(rows), sum(map(len, files.values())), tuple(damages), left)


def _folders(opened: sqlite3.Connection) -> set[str]:
    return {row["folder"] for row in opened.execute("select folder from deliveries")}


def _waiting(store: Path) -> Iterator[Damage]:
    for examined in waiting.every(store):
        try:
            found, kept = waiting.one(store, examined.token or "")
        except waiting.NotWaitingError:  # taken over or discarded meanwhile
            continue
        if found.parcel:
            yield from of_files(store, kept, found.parcel.files)


def _warehouse(store: Path) -> Iterator[Damage]:
    """The pointer leads to a database; what is in it can be built anew at any time."""
    try:
        pointer = editions.current(store)
    except ValueError as error:
        yield Damage(editions.POINTER, "a version", f"{error}; `python -m data build` makes a new one")
        return
    if pointer is None:
        return
    path = editions.warehouse(store, pointer.version)
    if not path.is_file():
        yield Damage(path.name, "a DuckDB database", f"{GONE}; `python -m data build` makes a new one")
        return
    start, mark = DUCKDB_AT
    with path.open("rb") as file:
        if file.read(start + len(mark))[start:] != mark:
            yield Damage(path.name, "a DuckDB database", "something else; `python -m data build` makes one")
