"""By what a file or folder is known again without reading it."""

from contextlib import suppress
from pathlib import Path

Print = tuple[tuple[str, int, int], ...]


def fileprint(path: Path) -> Print:
    """Name, size and time of change of a file, or of all files of a folder; empty if there are none."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    found = []
    for file in files:
        with suppress(OSError):  # moved away while we look
            stat = file.stat()
            found.append((file.relative_to(path.parent).as_posix(), stat.st_size, stat.st_mtime_ns))
    return tuple(found)
