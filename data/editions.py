"""Which figures serve: the pointer beside the warehouses, moved only after a build is complete."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

POINTER = "current.json"


@dataclass(frozen=True)
class Pointer:
    """The warehouse that serves: version, when it was built (UTC), fingerprint of the SQL that made it."""

    version: str
    built_at: datetime
    layers: str = ""


def current(store: Path) -> Pointer | None:
    """What serves now; None before the first build."""
    try:
        entry = json.loads((store / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Pointer(entry["version"], datetime.fromisoformat(entry["built_at"]), entry.get("layers", ""))


def warehouse(store: Path, version: str) -> Path:
    """Where the warehouse of a version lies."""
    return store / f"warehouse-{version}.duckdb"


def serve(store: Path, pointer: Pointer) -> None:
    """Move the pointer: written beside, synced, renamed. A crash leaves the old one."""
    beside = store / f"{POINTER}.{os.getpid()}.new"
    entry = {"version": pointer.version, "built_at": pointer.built_at.isoformat(), "layers": pointer.layers}
    text = json.dumps(entry)
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(store / POINTER)
    sync_folder(store)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
