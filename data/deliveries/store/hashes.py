"""SHA-256 of files: the address of a delivery, and the proof that what is stored was not altered."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

LEFT_OUT = "left-out.txt"  # the file beside the originals that says what of them is not kept
PROFILE = "profile.toml"  # the file with the mapping profile they were read with
Print = tuple[tuple[str, int, int], ...]
State = tuple[int, int, int]  # of a file: its size, when it was changed (ns), and which file it is
Hashed = dict[Path, tuple[State, str]]  # file -> how it was when it had this hash


def of_file(path: Path) -> str:
    """The hash of one file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_folder(folder: Path, hashed: Hashed | None = None) -> dict[str, str]:
    """Name inside the folder -> hash, of every file below it. What was `hashed` and not touched since is
    not read again: of a large delivery that takes as long as storing it.
    """
    found, known = {}, hashed or {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        before, sha256 = known.get(path, (None, ""))
        found[path.relative_to(folder).as_posix()] = sha256 if before == state(path) else of_file(path)
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
    return {with_profile(sha256, text) for sha256 in plain}


def with_profile(sha256: str, profile: str) -> str:
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
