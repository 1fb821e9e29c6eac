"""The files as handed in, copied into a folder of their own inside the store before anything reads them.

What is checked, hashed and kept is this copy, so a file that changes meanwhile changes nothing. SHA-256 of
files is the address of a delivery, and the proof that what is stored was not altered.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from data.deliveries.format.findings import Group, Place, group, over_limit
from data.deliveries.format.names import is_leftover, readable, table_of
from data.foundation.durable import store_lock
from data.foundation.limits import LIMITS, Limits

CHUNK = 2**18
FILES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".zip")  # no folder is called like that
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

    The hash of a folder is taken over the sorted names and hashes of its files. Raises OSError only of the
    store: what goes wrong with the files handed in is said of them.
    """
    name = readable(path.name if path.name not in ("", "..") else path.resolve().name)
    try:
        of_path = path.stat()
    except OSError as error:
        # An absent name and one that no file can have are the same to whoever gave it.
        rule = "dangling-link" if _is_link(path) else "no-file"
        return (
            "",
            [],
            [_unread(name, error) if isinstance(error, PermissionError) else group(rule, Place(name))],
        )
    if stat.S_ISDIR(of_path.st_mode):
        return _receive_folder(path, name, new, limits)
    if not stat.S_ISREG(of_path.st_mode):
        return "", [], [group("special-file", Place(name))]
    if of_path.st_size > limits.total_mb * 2**20:
        return "", [], [over_limit(Place(name), limits, "total_mb")]
    copy = new.original / name
    try:
        return _copy(path, copy, new.hashed), [copy], []
    except _NotReadError as failed:
        return "", [], [failed.said(name)]


def _receive_folder(
    path: Path, name: str, new: Incoming, limits: Limits
) -> tuple[str, list[Path], list[Group]]:
    files, groups = _look_into(path, limits.members)
    if len(files) > limits.members:
        return "", [], [over_limit(Place(name), limits, "members")]
    if sum(size for _, size in files) > limits.total_mb * 2**20:
        return "", [], [over_limit(Place(name), limits, "total_mb")]
    if not files:
        rule = "folder-for-file" if _is_called_like_a_file(name) else "empty-folder"
        return "", [], groups or [group(rule, Place(name))]
    whole, copies = hashlib.sha256(), []
    for file, _ in sorted(files):
        inside = file.relative_to(path)
        copy = _free(new.original, Path(readable(str(inside))))
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            sha256 = _copy(file, copy, new.hashed)
        except _NotReadError as failed:
            return "", [], [*groups, failed.said(readable(str(inside)))]
        whole.update(f"{inside.as_posix()}\0{sha256}\n".encode("utf-8", "surrogateescape"))
        copies.append(copy)
    return whole.hexdigest(), copies, groups


def _look_into(folder: Path, most: int) -> tuple[list[tuple[Path, int]], list[Group]]:
    """The files below a folder with their sizes, and a finding for each entry that can't be read: nothing of
    a delivery is passed over without a word. Ends early with more files than `most`.
    """
    files: list[tuple[Path, int]] = []
    groups: list[Group] = []
    waiting = [folder]
    while waiting and len(files) <= most:
        at = waiting.pop()
        inside = readable(str(at.relative_to(folder)))
        try:
            entries = sorted(each for each in at.iterdir() if not is_leftover([each.name]))
        except OSError as error:
            groups.append(_unread(folder.name if at == folder else inside, error))
            continue
        if not entries and at != folder and _is_called_like_a_file(at.name):
            groups.append(group("folder-for-file", Place(inside)))
        for entry in entries:
            label = readable(str(entry.relative_to(folder)))
            try:
                found = entry.lstat()
            except OSError as error:
                groups.append(_unread(label, error))
                continue
            if stat.S_ISDIR(found.st_mode):
                waiting.append(entry)
            elif stat.S_ISREG(found.st_mode):
                files.append((entry, found.st_size))
            else:
                groups.append(group("link" if entry.is_symlink() else "special-file", Place(label)))
    return files, groups


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        return False


def _is_called_like_a_file(name: str) -> bool:
    return table_of(name) is not None or Path(name).suffix.lower() in FILES


def _unread(label: str, error: OSError) -> Group:
    if isinstance(error, PermissionError):
        return group("unreadable", Place(label))
    return group("read-error", Place(label), wording={"other": error.strerror or type(error).__name__})


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


class _NotReadError(Exception):
    """A file that could not be read to its end, or that somebody writes to while it is copied: the copy may
    hold half of each writing.
    """

    def __init__(self, error: OSError | None = None) -> None:
        super().__init__(error)
        self.error = error

    def said(self, label: str) -> Group:
        """The finding about the file of this name."""
        return _unread(label, self.error) if self.error else group("changed-meanwhile", Place(label))


def _copy(source: Path, target: Path, hashed: Hashed) -> str:
    """Raises _NotReadError, and OSError of the target."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as writing:
        with _about_the_source():
            before, reading = state(source), source.open("rb")
        with reading:
            while chunk := _chunk(reading):
                digest.update(chunk)
                size += writing.write(chunk)
    with _about_the_source():
        changed = state(source) != before or size != before[0]
    if changed:
        raise _NotReadError
    hashed[target] = state(target), digest.hexdigest()
    return digest.hexdigest()


def _chunk(reading: BinaryIO) -> bytes:
    with _about_the_source():
        return reading.read(CHUNK)


@contextmanager
def _about_the_source() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _NotReadError(error) from error


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
    one = path.is_symlink() or not path.is_dir()
    below = (Path(at) / name for at, _, names in os.walk(path) for name in names)
    found = []
    for file in [path] if one else sorted(below):
        with suppress(OSError):  # moved away while we look
            seen = file.stat(follow_symlinks=file != path)
            if one or stat.S_ISREG(seen.st_mode):
                name = file.relative_to(path.parent).as_posix()
                found.append((name, seen.st_size, seen.st_mtime_ns))
    return tuple(found)
