"""What of a store goes into a backup, and how: each file by its place.

Whatever this program does not know may be a key of a later one, so it is kept like a secret.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from data.access import accessfile, audit
from data.deliveries.store import forgetting, kind, register, slips
from data.foundation.durable import audit_lock
from data.foundation.errors import DamagedFileError
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards.copies import signed_list
from data.upkeep.integrity import RESTORING
from data.warehouse import versions

# Their names in a backup, wherever this installation keeps them.
KEYS, SIGNING, LOG_KEY = "release-keys.json", "publisher-key.pem", "log-key.pem"
HEAD = "audit-head.json"
# What is being received or waits for a yes can be handed in again.
PASSING = ("incoming", "waiting", RESTORING)
NEVER_CHANGED = ("deliveries", slips.ASIDE)
REPLACED = ("profiles", "groupings.csv", kind.FILE, forgetting.LIST)  # each as a whole
PUBLISHED = f"{shelf.FOLDER}/{shelf.LIST}"
TRANSIENT = re.compile(r".*(\.lock|\.sqlite-(wal|shm|journal))|lock")


@dataclass(frozen=True)
class Present:
    """A file of the store as it was found: its place, size, time of change (ns) and mode; `content` if it may
    be another one in a moment.
    """

    name: str
    path: Path
    size: int
    mtime_ns: int
    mode: int
    content: bytes | None = None


def plain(settings: Settings) -> list[Present]:
    """Every file that a backup holds as it is: at one moment, since nobody hands in meanwhile.

    Raises sqlite3.Error, OSError, LostRegisterError (never a backup of a store that has lost its register).
    """
    store = settings.store
    register.refuse_if_lost(store)
    with register.lock_if_writable(store):
        found = []
        if (store / register.FILE).exists():
            found.append(_read(store, store / register.FILE, database(store / register.FILE)))
        for name in (*NEVER_CHANGED, *REPLACED):
            found += [_present(store, path, name in REPLACED) for path in _files(store / name)]
        found += [_present(store, path) for path in sorted(store.glob("register-version-*.sqlite"))]
        return [*found, *_exact(store), *_releases(store)]


def secret(settings: Settings) -> dict[str, bytes]:
    """Name -> content of everything that a backup holds encrypted alone: keys, accounts, the log, its head,
    and whatever else lies in the store. Raises sqlite3.Error, OSError.
    """
    store, found = settings.store, {}
    # The log and its head are two files; who may only look takes them as they are.
    with audit_lock(store) if register.writable(store) else nullcontext():
        for name in (accessfile.FILE, audit.FILE):
            if (store / name).exists():
                found[name] = database(store / name)
        if settings.audit_head.exists():
            found[HEAD] = settings.audit_head.read_bytes()
    for name, key in keys(settings):
        for path in sorted(key.parent.glob(f"{key.name}*")):
            if path.is_file() and ".new" not in path.suffixes:
                found[name + path.name.removeprefix(key.name)] = path.read_bytes()
    known = {*NEVER_CHANGED, *REPLACED, *PASSING, shelf.FOLDER, versions.POINTER, register.FILE, HEAD, *found}
    for top in sorted(store.iterdir()) if store.is_dir() else ():
        if top.name not in known and not TRANSIENT.fullmatch(top.name) and not _made_anew(top.name):
            inside = [each for each in _files(top) if each.parent != settings.keys.parent]
            found |= {each.relative_to(store).as_posix(): each.read_bytes() for each in inside}
    return found


def keys(settings: Settings) -> tuple[tuple[str, Path], ...]:
    """The files with keys as a backup names them, and where they lie here."""
    return (KEYS, settings.keys), (SIGNING, settings.signing_key), (LOG_KEY, settings.log_key)


def database(path: Path) -> bytes:
    """A database of SQLite as its last transaction left it, while others write on."""
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as opened,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        opened.backup(copy)
        return bytes(copy.serialize())


def _exact(store: Path) -> Iterator[Present]:
    """The warehouse that serves; the ones before can't be asked. It is written beside and never again."""
    try:
        serving = versions.current(store)
    except DamagedFileError:
        return  # `python -m data build` makes a new one
    if serving and (database := versions.warehouse(store, serving.version)).exists():
        yield _present(store, store / versions.POINTER, True)
        yield _present(store, database)


def _releases(store: Path) -> Iterator[Present]:
    """The list first: whatever it names is there, and what comes on it later is of the next backup."""
    listed = store / PUBLISHED
    if not listed.exists():
        return
    yield _present(store, listed, True)
    for beside in (signed_list.FILE, shelf.COPY):
        if (listed.parent / beside).exists():
            yield _present(store, listed.parent / beside, True)
    names = {entry.name for entry in shelf.entries(store)}
    for folder in sorted((store / shelf.FOLDER).iterdir()):
        if folder.name in names or folder.name.startswith(shelf.UNLISTED):
            yield from (_present(store, path) for path in _files(folder))


def _made_anew(name: str) -> bool:
    return name.startswith(("warehouse-", "register-version-")) or ".new" in Path(name).suffixes


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    every = [each for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
    return sorted(each for each in every if ".new" not in each.suffixes)


def _present(store: Path, path: Path, read: bool = False) -> Present:
    return _read(store, path, path.read_bytes() if read else None)


def _read(store: Path, path: Path, content: bytes | None) -> Present:
    stat = path.stat()
    size = stat.st_size if content is None else len(content)
    return Present(
        path.relative_to(store).as_posix(), path, size, stat.st_mtime_ns, stat.st_mode & 0o777, content
    )
