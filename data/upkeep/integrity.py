"""Is everything that is stored as it was when it was accepted or published, and what is left over?

Hashes of deliveries, of uploads that wait and of releases, the list of these, their manifests, the chain of
the log, and who can read the keys. Leftovers are of killed processes: nothing refers to them, and they do no
harm.
"""

import shutil
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.access import audit
from data.deliveries.handin import waiting
from data.deliveries.store import register, restoring, slips
from data.deliveries.store.damage import GONE, DamagedFile, of_delivery, of_files
from data.deliveries.store.register import LostRegisterError
from data.deliveries.store.unusable import clearly
from data.foundation.durable import builds, held, releases, store_lock
from data.foundation.errors import DamagedFileError, tells_of_damage
from data.foundation.settings import Settings
from data.foundation.sql import identifier
from data.foundation.steps import Progress, Step, silent
from data.releases import manifest, shelf
from data.releases.manifest import Manifest
from data.warehouse import versions

RESTORING = "restoring"  # the folder of a store that a backup is being put back into
AGREES = "as the list of releases has it"


@dataclass(frozen=True)
class StoreReport:
    """What was looked at, what is damaged, and what lies there that nothing refers to.

    `unregistered`: folders of complete deliveries that the register does not know; `verify --restore` enters
    them.
    """

    deliveries: int
    files: int
    damages: tuple[DamagedFile, ...]
    leftovers: tuple[str, ...]
    releases: int = 0
    unregistered: tuple[str, ...] = ()


def damages_and_leftovers(settings: Settings, progress: Progress | None = None) -> StoreReport:
    """Look at everything in the store. Where it may be written, what an older program did not write beside
    the deliveries is written; nothing else is changed. Raises `StoreError` if it can't be read.
    """
    with clearly(settings.store):
        found = _verify(settings.store, progress or silent)
        published = [*_of_releases(settings), *_half_restored(settings.store), *_of_log(settings)]
        return replace(found, damages=(*found.damages, *published), releases=shelf.count(settings.store))


def remove_leftovers(settings: Settings, verified: StoreReport, by: str = "") -> tuple[str, ...]:
    """Remove the leftovers of a store without damages; a damaged one is left as it is, to be looked at.

    What lies in `deliveries/`, and a release as a whole, is moved to `aside/`, never deleted.
    """
    if verified.damages or not verified.leftovers:
        return ()
    with (
        clearly(settings.store),
        store_lock(settings.store),
        register.open_for_writing(settings.store) as opened,
    ):
        found = _leftovers(settings.store, _folders(opened))
        names = tuple(name for name in found if name in verified.leftovers)
        _drop(settings.store, names)
        register.note(opened, "cleaned", by, None, None, ", ".join(names))
    return names


def _of_log(settings: Settings) -> Iterator[DamagedFile]:
    """Whoever looks for damage every week does not ask for the log by another command too."""
    try:
        audit.check(settings)
    except audit.DamagedAuditError as error:
        yield DamagedFile(audit.FILE, "the log of who did what, as it was written", str(error))


def _verify(store: Path, progress: Progress) -> StoreReport:
    file = store / register.FILE
    if not file.exists():
        if _inside(store / "deliveries"):
            return _lost(store, GONE)
        return StoreReport(0, 0, tuple(_warehouse(store)), ())
    try:
        with register.lock_if_writable(store), register.open_for_reading(store) as opened:
            sound = opened.execute("pragma integrity_check").fetchone()[0]
            rows = register.deliveries(opened)
            files = {row["id"]: register.files(opened, row["id"]) for row in rows}
            left = _leftovers(store, _folders(opened))
            if register.writable(store):
                slips.settle(store, opened)
            missing = restoring.unregistered(store, _folders(opened))
    except LostRegisterError as error:
        return _lost(store, error.args[1])
    damages = [] if sound == "ok" else [DamagedFile(register.FILE, "a sound register", sound)]
    for done, row in enumerate(rows, start=1):
        progress(Step("verify", row["sender"], done, len(rows)))
        damages += of_delivery(store, row, files[row["id"]])
        if slips.says_otherwise(store / "deliveries" / row["folder"], row, files[row["id"]]):
            name = f"deliveries/{row['folder']}/{slips.SLIP}"
            damages.append(DamagedFile(name, "what the register says of it", "something else"))
    damages += [*_waiting(store), *_warehouse(store)]
    return StoreReport(
        len(rows), sum(map(len, files.values())), tuple(damages), left, unregistered=_named(missing)
    )


def _lost(store: Path, found: str) -> StoreReport:
    """Of a store whose register can't be read: which deliveries it can be made again from."""
    damage = DamagedFile(register.FILE, "a register of the deliveries", found.removeprefix("is "))
    return StoreReport(0, 0, (damage,), (), unregistered=_named(restoring.unregistered(store, set())))


def _named(folders: Collection[str]) -> tuple[str, ...]:
    return tuple(f"deliveries/{name}" for name in folders)


def _folders(opened: sqlite3.Connection) -> set[str]:
    return {row["folder"] for row in opened.execute("select folder from deliveries")}


def _waiting(store: Path) -> Iterator[DamagedFile]:
    for examined in waiting.every(store):
        try:
            found, kept = waiting.one(store, examined.token or "")
        except waiting.NotWaitingError:  # taken over or discarded meanwhile
            continue
        if found.parcel:
            yield from of_files(store, kept, found.parcel.files)


def _warehouse(store: Path) -> Iterator[DamagedFile]:
    """The pointer leads to a database; what is in it can be built anew at any time."""
    try:
        pointer = versions.current(store)
    except ValueError as error:
        how = f"{_reason(error)}; `python -m data build` makes a new one"
        yield DamagedFile(versions.POINTER, "a version", how)
        return
    if pointer is None:
        return
    path = versions.warehouse(store, pointer.version)
    if not path.is_file():
        yield DamagedFile(path.name, "a DuckDB database", f"{GONE}; `python -m data build` makes a new one")
    elif not _can_be_read(path):
        yield DamagedFile(
            path.name, "a whole DuckDB database", "something else; `python -m data build` makes one"
        )


def _can_be_read(path: Path) -> bool:
    """Whether every block of a database is what was written: DuckDB checks that of each that it reads."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("set enable_progress_bar = false")
            tables = connection.execute(
                "select schema_name, table_name from duckdb_tables() where not internal"
            ).fetchall()
            for names in tables:
                table = ".".join(map(identifier, names))
                connection.execute(f"select max(hash(rows)) from {table} as rows").fetchone()
    except duckdb.Error as error:
        if tells_of_damage(error):
            return False
        raise
    return True


def _of_releases(settings: Settings) -> Iterator[DamagedFile]:
    """Everything that is not as it was published, and keys that others could read; changes nothing."""
    store = settings.store
    listed = f"{shelf.FOLDER}/{shelf.LIST}"
    try:
        entries = shelf.entries(store)
    except ValueError as error:
        yield DamagedFile(listed, "a list of releases", _reason(error))
        return
    copied = shelf.is_copy(store)
    for entry in entries:
        # A copy has no files of what was withdrawn before it began.
        if not (copied and entry.withdrawn and not shelf.manifest(store, entry.name).exists()):
            yield from _of_release(store, entry)
    if not (store / listed).exists():
        folders = (store / shelf.FOLDER).glob(f"[!.]*/{shelf.MANIFEST}")
        yield from (DamagedFile(listed, f"a list with {each.parent.name}", GONE) for each in sorted(folders))
    yield from _of_keys(settings.keys)
    yield from _of_keys(settings.signing_key)
    yield from _of_keys(settings.log_key)


def _of_release(store: Path, entry: shelf.Entry) -> Iterator[DamagedFile]:
    path, database = shelf.manifest(store, entry.name), shelf.database(store, entry.name)
    name = path.relative_to(store).as_posix()
    try:
        made = manifest.read(path)
    except FileNotFoundError:
        yield DamagedFile(name, "the manifest of a release", GONE)
        return
    except ValueError as error:
        yield DamagedFile(name, "the manifest of a release", _reason(error))
        return
    if _moments(made) != (entry.name, entry.created_at.isoformat(), entry.serves_from.isoformat()):
        yield DamagedFile(name, AGREES, " ".join(_moments(made)))
    yield from _hashed(store, database, made.sha256)
    if made.revisions_sha256:
        yield from _hashed(store, shelf.revisions(store, entry.name), made.revisions_sha256)


def _reason(error: ValueError) -> str:
    """How the damage shows: the file is named already, and so is the way out."""
    return (error.reason if isinstance(error, DamagedFileError) else "") or str(error)


def _half_restored(store: Path) -> Iterator[DamagedFile]:
    if (store / RESTORING).is_dir():
        goes_on = "the same `python -m data restore` goes on"
        yield DamagedFile(RESTORING, "a backup that was put back to its end", f"half of it; {goes_on}")


def _hashed(store: Path, path: Path, expected: str) -> Iterator[DamagedFile]:
    found = manifest.sha256(path) if path.is_file() else GONE
    if found != expected:
        yield DamagedFile(path.relative_to(store).as_posix(), expected, found)


def _moments(made: Manifest) -> tuple[str, str, str]:
    return made.name, made.created_at, made.serves_from


def _of_keys(path: Path) -> Iterator[DamagedFile]:
    for each in sorted(path.parent.glob(f"{path.name}*")):
        if each.stat().st_mode & 0o077:
            yield DamagedFile(
                each.name, "mode 0600", f"mode {each.stat().st_mode & 0o777:04o}: others can read it"
            )


def _leftovers(store: Path, delivered: Collection[str]) -> tuple[str, ...]:
    """Names inside the store. `delivered`: the folders of the register. The caller holds the store's lock."""
    return tuple(sorted(path.relative_to(store).as_posix() for path in _found(store, delivered)))


def _drop(store: Path, names: Collection[str]) -> None:
    """Delete leftovers that `_leftovers` named; those of deliveries, and whole releases, are put aside."""
    for name in names:
        path = store / name
        if path.parent == store / "deliveries" or _is_whole_release(store, path):
            slips.put_aside(store, path)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _is_whole_release(store: Path, path: Path) -> bool:
    """Whether it is a release that the list does not name: it may be the list that is wrong."""
    return path.parent == store / shelf.FOLDER and path.is_dir() and (path / shelf.MANIFEST).exists()


def _found(store: Path, delivered: Collection[str]) -> Iterator[Path]:
    yield from (path for path in _inside(store / "deliveries") if path.name not in delivered)
    yield from (path for path in _inside(store / "incoming") if not held(path))
    # What is listed is looked at afterwards: an upload or a build that begins meanwhile is not on the list.
    yield from (path for path in _inside(store / "waiting") if not waiting.readable(path) and path.exists())
    yield from (store / "profiles").rglob("*.new")  # they are written under the store's lock, too
    half_written = [path for path in _inside(store) if ".new" in path.suffixes]
    if not builds(store):
        yield from half_written
    if not releases(store):
        yield from shelf.leftovers(store)


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
