"""A store of an older program becomes one of this program: forwards alone, with a copy first.

Each database is also brought up to date where it is opened; this does it on purpose, before anybody is let
in, and makes figures anew whose SQL is another one now. Deliveries and releases are never changed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from data.access import accessfile, audit
from data.deliveries.store import kind, migrations, register
from data.deliveries.store.unusable import clearly
from data.foundation import durable
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress, silent
from data.upkeep import contents
from data.warehouse import build, models, versions

FIGURES = "figures"


class NewerStoreError(DashboardError):
    """The store was last used by a newer program."""

    def __init__(self, part: "Part") -> None:
        super().__init__(
            f"{part.name} has version {part.version}, this program knows versions up to {part.newest}. "
            "Nothing was changed: there is no way back. Install the newer program again, or put back the "
            "backup from before the upgrade (`python -m data restore`)."
        )


@dataclass(frozen=True)
class Part:
    """A database of the store and its version, and the newest that this program knows; or `FIGURES`, where
    both are 0 or 1: whether the SQL that made them is that of today.
    """

    name: str
    version: int
    newest: int

    @property
    def is_older(self) -> bool:
        """Whether an upgrade changes it."""
        return self.version < self.newest


def parts(settings: Settings) -> tuple[Part, ...]:
    """Whatever there is in the store that has a version. Raises NewerStoreError, StoreError."""
    with clearly(settings.store):
        found = tuple(_parts(settings))
    for part in found:
        if part.version > part.newest:
            raise NewerStoreError(part)
    return found


def upgrade(settings: Settings, by: str, progress: Progress = silent) -> tuple[Part, ...]:
    """Bring what is older up to date; gives what was. Killed, the next call goes on.

    Raises NewerStoreError, StoreError, ChecksFailedError; of a part that fails nothing is changed.
    """
    older = tuple(part for part in parts(settings) if part.is_older)
    for part in older:
        if part.name == FIGURES:
            build.warehouse(settings, progress)
            continue
        with clearly(settings.store):
            _copy(settings.store / part.name, part.version)
            _OPENED[part.name](settings)
    if older:
        told = ", ".join(f"{part.name} {part.version} to {part.newest}" for part in older)
        audit.note(settings, by, "store: upgraded", told)
    return older


def _parts(settings: Settings) -> Iterator[Part]:
    store = settings.store
    newest = {
        register.FILE: len(migrations.MIGRATIONS),
        accessfile.FILE: accessfile.VERSION,
        audit.FILE: audit.VERSION,
    }
    for name, version in newest.items():
        if (store / name).exists():
            yield Part(name, _version(store / name), version)
    if serving := versions.current(store):
        yield Part(FIGURES, int(serving.layers == models.fingerprint()), 1)


def _version(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as opened:
        return int(opened.execute("pragma user_version").fetchone()[0])


def _copy(path: Path, version: int) -> None:
    """As it is now, beside it, for whoever runs the program alone; one that is there stays."""
    copy = migrations.copy_of(path, version)
    if not copy.exists():
        durable.replace(copy, contents.database(path), 0o600)


def _open_register(settings: Settings) -> None:
    with register.open_for_writing(settings.store):
        pass
    with store_lock(settings.store):  # a store that is older than its kind has it by what it holds
        kind.settle(settings, kind.Kind.REAL)


def _open_accounts(settings: Settings) -> None:
    with accessfile.opened(settings):
        pass


_OPENED: dict[str, Callable[[Settings], object]] = {
    register.FILE: _open_register,
    accessfile.FILE: _open_accounts,
    audit.FILE: audit.entries,
}
