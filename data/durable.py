"""Files that survive a power cut: written beside, synced, renamed. A crash leaves what was there before."""

import os
from pathlib import Path


def replace(path: Path, text: str) -> None:
    """Let `path` hold this text, as a whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Bring a file or a folder to the disk: a rename is only safe once its folder is."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
