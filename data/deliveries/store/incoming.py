"""The files as handed in, copied into a folder of their own inside the store before anything reads them.

What is checked, hashed and kept is this copy, so a file that changes meanwhile changes nothing. SHA-256 of
files is the address of a delivery, and the proof that what is stored was not altered.
"""

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from data.deliveries.format.findings import Group, Place, group, over_limit
from data.deliveries.format.names import is_leftover, readable
from data.foundation.durable import store_lock
from data.foundation.limits import LIMITS, Limits

CHUNK = 2**18
LEFT_OUT = "left-out.txt"  # the file beside the originals that says what of them is not kept
PROFILE = "profile.toml"  # the file with the mapping profile they were read with
Print = tuple[tuple[str, int, int], ...]
State = tuple[int, int, int]  # of a file: its size, when it was changed (ns), and which file it is
Hashed = dict[Path, tuple[State, str]]  # file -> how it was when it had this hash


@dataclass(frozen=True)
class Incoming:
    """A folder that is becoming a delivery: `copy` moves to its place, `scratch` is thrown away.

    `hashed`: the hashes of the copies as they were when they were received.
    """

    folder: Path
    hashed: Hashed = field(default_factory=dict)

    @property
    def copy(self) -> Path:
        """What will be the delivery's folder."""
        return self.folder / "kept"

    @property
    def original(self) -> Path:
        """The files as handed in."""
        return self.copy / "original"

    @property
    def scratch(self) -> Path:
        """Unpacked and decoded copies."""
        return self.folder / "scratch"


@contextmanager
def incoming(store: Path) -> Iterator[Incoming]:
    """A new folder, locked while this process lives, gone afterwards. What killed processes left goes too."""
    parent = store / "incoming"
    with store_lock(store):
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        new = Incoming(parent / uuid.uuid4().hex)
        new.original.mkdir(parents=True)
        new.scratch.mkdir()
        handle = os.open(new.folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield new
    finally:
        shutil.rmtree(new.folder, ignore_errors=True)
        os.close(handle)


def receive(path: Path, new: Incoming, limits: Limits = LIMITS) -> tuple[str, list[Path], list[Group]]:
    """Copy a file or folder. Returns its SHA-256, the copies, and what keeps files from being read.

    The hash of a folder is taken over the sorted names and hashes of its files.
    """
    try:
        if path.is_file():
            if path.stat().st_size > limits.total_mb * 2**20:
                return "", [], [_too_large(path, limits, "total_mb")]
            copy = new.original / readable(path.name)
            return _copy(path, copy, new.hashed), [copy], []
        if path.is_dir():
            return _receive_folder(path, new, limits)
    except _ChangedWhileReadError as changed:
        return "", [], [group("changed-meanwhile", Place(str(changed)))]
    except PermissionError:
        return "", [], [group("unreadable", Place(readable(path.name)))]
    return "", [], [group("no-file", Place(readable(path.name)))]


def _receive_folder(path: Path, new: Incoming, limits: Limits) -> tuple[str, list[Path], list[Group]]:
    found = sorted(file for file in path.rglob("*") if not is_leftover(file.relative_to(path).parts))
    links = [file for file in found if file.is_symlink()]
    files = [file for file in found if file.is_file() and not file.is_symlink()]
    groups = [group("link", Place(readable(str(link.relative_to(path))))) for link in links]
    if len(files) > limits.members:
        return "", [], [_too_large(path, limits, "members")]
    if sum(file.stat().st_size for file in files) > limits.total_mb * 2**20:
        return "", [], [_too_large(path, limits, "total_mb")]
    if not files:
        return "", [], [*groups, group("empty-folder", Place(readable(path.name)))]
    whole, copies = hashlib.sha256(), []
    for file in files:
        inside = file.relative_to(path)
        copy = _free(new.original, Path(readable(str(inside))))
        copy.parent.mkdir(parents=True, exist_ok=True)
        sha256 = _copy(file, copy, new.hashed)
        whole.update(f"{inside.as_posix()}\0{sha256}\n".encode("utf-8", "surrogateescape"))
        copies.append(copy)
    return whole.hexdigest(), copies, groups


def _free(folder: Path, inside: Path) -> Path:
    """The path of a copy that is not there yet: of two names, one may be what the other is read as. So may
    the name of a folder be that of a file.
    """
    for part in inside.parts[:-1]:
        folder = _beside(folder / part, Path.is_file)
    return _beside(folder / inside.name, Path.exists)


def _beside(wanted: Path, taken: Callable[[Path], bool]) -> Path:
    at, number = wanted, 1
    while taken(at):
        number += 1
        at = wanted.with_stem(f"{wanted.stem} ({number})")
    return at


def _too_large(path: Path, limits: Limits, limit: str) -> Group:
    return over_limit(Place(readable(path.name)), limits, limit)


class _ChangedWhileReadError(Exception):
    """Somebody writes to a file while it is copied: the copy may hold half of each writing."""


def _copy(source: Path, target: Path, hashed: Hashed) -> str:
    digest, before, size = hashlib.sha256(), state(source), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            size += writing.write(chunk)
    if state(source) != before or size != before[0]:
        raise _ChangedWhileReadError(readable(source.name))
    hashed[target] = state(target), digest.hexdigest()
    return digest.hexdigest()


def _sweep(parent: Path) -> None:
    for folder in parent.iterdir():
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


def hash_of_file(path: Path) -> str:
    """The hash of one file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes_of_folder(folder: Path, hashed: Hashed | None = None) -> dict[str, str]:
    """Name inside the folder -> hash, of every file below it. What was `hashed` and not touched since is
    not read again: of a large delivery that takes as long as storing it.
    """
    found, known = {}, hashed or {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        before, sha256 = known.get(path, (None, ""))
        found[path.relative_to(folder).as_posix()] = sha256 if before == state(path) else hash_of_file(path)
    return found


def state(path: Path) -> State:
    """How a file is: what is written to it, or put in its place, changes this."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def addresses(originals: Mapping[str, str], profile: Path | None = None) -> set[str]:
    """What a delivery of these files (name -> hash) may be called: the hash of its one file, or that of the
    sorted names and hashes of a folder. A mapping profile, if its file is there, is part of it.
    """
    whole = hashlib.sha256()
    for name in sorted(originals, key=Path):
        whole.update(f"{name}\0{originals[name]}\n".encode("utf-8", "surrogateescape"))
    plain = {whole.hexdigest(), *(originals.values() if len(originals) == 1 else ())}
    if profile is None or not profile.is_file():
        return plain
    text = profile.read_text(encoding="utf-8", errors="replace")
    return {address_with_profile(sha256, text) for sha256 in plain}


def address_with_profile(sha256: str, profile: str) -> str:
    """What files are called that are read with a mapping profile (its text)."""
    return hashlib.sha256(f"{sha256}\0{profile}".encode()).hexdigest()


def fileprint(path: Path) -> Print:
    """Name, size and time of change of a file, or of all files of a folder; empty if there are none.

    A link is looked at itself, whatever it leads to.
    """
    one = path.is_symlink() or path.is_file()
    files = [path] if one else sorted(file for file in path.rglob("*") if file.is_file())
    found = []
    for file in files:
        with suppress(OSError):  # moved away while we look
            stat = file.stat(follow_symlinks=file != path)
            found.append((file.relative_to(path.parent).as_posix(), stat.st_size, stat.st_mtime_ns))
    return tuple(found)
