"""The database of a preview is kept until something is handed in, so that it can be published as it is."""

import shutil
from contextlib import suppress
from pathlib import Path

from data import durable, storedjson
from data.releases import manifest, shelf
from data.releases.draft import WAREHOUSE, Basis, Draft

FOLDER, FILE = shelf.PREVIEW, "preview.json"
EXACT = "warehouse-preview.new"


def keep(store: Path, folder: Path, draft: Draft) -> None:
    """Let the draft in `folder` wait; one that waited before is gone."""
    (folder / FILE).write_text(storedjson.text(draft), encoding="utf-8")
    # Named by its hash: DuckDB takes a file at the place of another for that other one.
    durable.rename(folder / shelf.DATABASE, folder / _named(draft.sha256))
    forget(store)
    # Beside the other warehouses: whoever copies the folder of releases takes no exact figures along.
    durable.place(folder / WAREHOUSE, store / EXACT)
    durable.place(folder, store / shelf.FOLDER / FOLDER)


def waiting(store: Path) -> Draft | None:
    """The draft that waits, whatever has been handed in since."""
    try:
        written = (store / shelf.FOLDER / FOLDER / FILE).read_text(encoding="utf-8")
        return storedjson.read(Draft, written)
    except (FileNotFoundError, ValueError):
        return None


def database(store: Path, sha256: str) -> Path:
    """Where the figures of the draft lie."""
    return store / shelf.FOLDER / FOLDER / _named(sha256)


def take(store: Path, folder: Path, basis: Basis, name: str | None, *, attacked: bool) -> Draft | None:
    """Copy the draft that waits into `folder`, if a release of this basis and name would be the same."""
    draft = waiting(store)
    if draft is None or draft.basis != basis or (name or draft.name) != draft.name:
        return None
    if attacked and not draft.red_team:
        return None
    try:
        shutil.copyfile(database(store, draft.sha256), folder / shelf.DATABASE)
        if draft.revised:
            shutil.copyfile(store / shelf.FOLDER / FOLDER / shelf.REVISIONS, folder / shelf.REVISIONS)
    except FileNotFoundError:
        _empty(folder)
        return None
    if manifest.sha256(folder / shelf.DATABASE) != draft.sha256:
        _empty(folder)
        return None
    # Not copied, and still there if nothing is published after all; a build since has swept it away.
    with suppress(FileNotFoundError):
        (folder / WAREHOUSE).hardlink_to(store / EXACT)
    return draft


def forget(store: Path) -> None:
    """The draft that waits is gone."""
    shutil.rmtree(store / shelf.FOLDER / FOLDER, ignore_errors=True)
    (store / EXACT).unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _named(sha256: str) -> str:
    return f"{sha256[:16]}.duckdb"
