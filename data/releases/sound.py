"""Are the releases as they were published? Hashes, manifests, list and folders, and who can read the keys."""

from collections.abc import Iterator
from pathlib import Path

from data.deliveries.altered import GONE, Damage
from data.releases import manifest, shelf
from data.releases.manifest import Manifest
from data.settings import Settings

AGREES = "as the list of releases has it"


def damages(settings: Settings) -> Iterator[Damage]:
    """Everything that is not as it was published, and keys that others could read; changes nothing."""
    store = settings.store
    listed = f"{shelf.FOLDER}/{shelf.LIST}"
    try:
        entries = shelf.entries(store)
    except ValueError as error:
        yield Damage(listed, "a list of releases", str(error))
        return
    for entry in entries:
        yield from _of_release(store, entry)
    if not (store / listed).exists():
        folders = (store / shelf.FOLDER).glob(f"[!.]*/{shelf.MANIFEST}")
        yield from (Damage(listed, f"a list with {each.parent.name}", GONE) for each in sorted(folders))
    yield from _of_keys(settings.keys)


def _of_release(store: Path, entry: shelf.Entry) -> Iterator[Damage]:
    path, database = shelf.manifest(store, entry.name), shelf.database(store, entry.name)
    name = path.relative_to(store).as_posix()
    try:
        made = manifest.read(path)
    except FileNotFoundError:
        yield Damage(name, "the manifest of a release", GONE)
        return
    except ValueError as error:
        yield Damage(name, "the manifest of a release", str(error))
        return
    if _moments(made) != (entry.name, entry.created_at.isoformat(), entry.serves_from.isoformat()):
        yield Damage(name, AGREES, " ".join(_moments(made)))
    yield from _hashed(store, database, made.sha256)
    if made.revisions_sha256:
        yield from _hashed(store, shelf.revisions(store, entry.name), made.revisions_sha256)


def _hashed(store: Path, path: Path, expected: str) -> Iterator[Damage]:
    found = manifest.sha256(path) if path.is_file() else GONE
    if found != expected:
        yield Damage(path.relative_to(store).as_posix(), expected, found)


def _moments(made: Manifest) -> tuple[str, str, str]:
    return made.name, made.created_at, made.serves_from


def _of_keys(path: Path) -> Iterator[Damage]:
    for each in sorted(path.parent.glob(f"{path.name}*")):
        if each.stat().st_mode & 0o077:
            yield Damage(
                each.name, "mode 0600", f"mode {each.stat().st_mode & 0o777:04o}: others can read it"
            )
