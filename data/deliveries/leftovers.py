"""What killed processes left in the store: nothing refers to it, and it does no harm."""

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from data.deliveries import waiting
from data.deliveries.locks import builds, held, releases
from data.releases import shelf


def found(store: Path, delivered: Collection[str]) -> tuple[str, ...]:
    """Names inside the store. `delivered`: the folders of the register. The caller holds the store's lock."""
    return tuple(sorted(path.relative_to(store).as_posix() for path in _found(store, delivered)))


def remove(store: Path, names: Collection[str]) -> None:
    """Delete leftovers that `found` named."""
    for name in names:
        path = store / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _found(store: Path, delivered: Collection[str]) -> Iterator[Path]:
    yield from (path for path in _inside(store / "deliveries") if path.name not in delivered)
    yield from (path for path in _inside(store / "incoming") if not held(path))
    # What is listed is looked at afterwards: an upload or a build that begins meanwhile is not on the list.
    yield from (path for path in _inside(store / "waiting") if not waiting.readable(path) and path.exists())
    yield from (store / "profiles").rglob("*.new")  # they are written under the store's lock, too
    half_written = [path for path in _inside(store) if ".new" in path.suffixes]
    if not builds(store):
        yield from half_written
    if not releases(store):
        yield from shelf.leftovers(store)


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
