"""SHA-256 of files: the address of a delivery, and the proof that what is stored was not altered."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

LEFT_OUT = "left-out.txt"  # the file beside the originals that says what of them is not kept
PROFILE = "profile.toml"  # the file with the mapping profile they were read with
Print = tuple[tuple[str, int, int], ...]


def of_file(path: Path) -> str:
    """The hash of one file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_folder(folder: Path) -> dict[str, str]:
    """Name inside the folder -> hash, of every file below it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): of_file(path) for path in files}


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
