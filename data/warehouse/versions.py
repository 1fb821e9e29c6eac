"""Which figures serve: the pointer beside the warehouses, moved only after a build is complete."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.foundation import durable, storedjson

POINTER = "current.json"


@dataclass(frozen=True)
class Pointer:
    """The warehouse that serves: version, when it was built (UTC), fingerprint of the SQL that made it."""

    version: str
    built_at: datetime
    layers: str = ""


def current(store: Path) -> Pointer | None:
    """What serves now; None before the first build. Raises DamagedFileError."""
    try:
        return storedjson.read_file(Pointer, store / POINTER, newer=True)
    except FileNotFoundError:
        return None


def warehouse(store: Path, version: str) -> Path:
    """Where the warehouse of a version lies."""
    return store / f"warehouse-{version}.duckdb"


def serve(store: Path, pointer: Pointer) -> None:
    """Move the pointer. A crash leaves the old one."""
    durable.replace(store / POINTER, storedjson.text(pointer))
