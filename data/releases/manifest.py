"""The manifest of a release: what it is, what it rests on, what it shows, and how it was tested."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.foundation import durable, storedjson


@dataclass(frozen=True)
class Manifest:
    """Everything about a release that is not a figure. Times are ISO 8601 in UTC.

    `sha256` is that of the database; `deliveries` those it rests on; `tables` the usefulness per table (see
    `data.disclosure.usefulness`); `revised` the changed cells of closed periods per table against `before`,
    `revisions` the first of them, and `revisions_sha256` the hash of the file with all; `red_team` the result
    of the attacks. `starts_series`: its deviations are not those of the release before. `keys` is a
    fingerprint, never a key.
    """

    name: str
    series: int
    created_at: str
    serves_from: str
    note: str
    program: str
    layers: str
    synthetic: bool
    as_of: str
    before: str | None
    sha256: str
    keys: str
    parameters: dict[str, Any]
    deliveries: list[dict[str, Any]]
    tables: dict[str, list[dict[str, Any]]]
    revised: dict[str, int]
    revisions: list[dict[str, Any]] = field(default_factory=list)
    red_team: dict[str, Any] = field(default_factory=dict)
    starts_series: bool = False
    revisions_sha256: str = ""


def read(path: Path) -> Manifest:
    """The manifest in a file. Raises FileNotFoundError, DamagedFileError."""
    return storedjson.read_file(Manifest, path)


def write(path: Path, manifest: Manifest) -> None:
    """Write and sync it."""
    durable.replace(path, storedjson.text(manifest, indent=1))


def sha256(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
