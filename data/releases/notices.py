"""What readers are told of a release: its date, its note, what it changed."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from data.releases import manifest, shelf

Value = str | int | float | None


@dataclass(frozen=True)
class Revision:
    """One released number of a closed period that a release changed.

    `cell` says which (area_code, period, …). `before` and `after` are as released: a count of 0 is withheld,
    None is unknown, a float is an exact amount.
    """

    table: str
    count: str
    cell: tuple[tuple[str, Value], ...]
    before: Value
    after: Value


@dataclass(frozen=True)
class Notice:
    """One release: its name, since when it may be read (UTC), and the note of whoever published it.

    `revised` holds the number of changed cells of closed periods per table, against the release `before`;
    `revisions` the first of them. `starts_series`: its deviations are not those of the release before, so
    the two can't be compared cell by cell. `withdrawn`: when and why readers see it no more.
    """

    name: str
    since: datetime
    note: str = ""
    before: str | None = None
    starts_series: bool = False
    revised: tuple[tuple[str, int], ...] = ()
    revisions: tuple[Revision, ...] = ()
    withdrawn: shelf.Withdrawn | None = None


def open_to_readers(store: Path) -> tuple[Notice, ...]:
    """The releases whose embargo is over, oldest first. Only the folder of releases is read.

    What a release changed against one that is still under its embargo is told when that one opens; against
    one that is withdrawn, how much it was, and no figure of that one.
    """
    entries = shelf.open_to_readers(store)
    names = {entry.name for entry in entries}
    standing = shelf.standing(store)
    told = (_notice(store, entry, standing) for entry in entries)
    return tuple(each if each.before in names else replace(each, revisions=()) for each in told)


def withdrawn(store: Path) -> tuple[Notice, ...]:
    """The releases that readers could see once, oldest first: why no more, nothing else."""
    return tuple(
        Notice(entry.name, entry.serves_from, withdrawn=entry.withdrawn) for entry in shelf.withdrawn(store)
    )


@lru_cache(maxsize=64)
def _notice(store: Path, entry: shelf.Entry, _: tuple[object, ...]) -> Notice:
    # A copy is told again what a release corrected when what it corrected serves again.
    written = manifest.read(shelf.manifest(store, entry.name))
    return Notice(
        name=entry.name,
        since=entry.serves_from,
        note=written.note,
        before=written.before,
        starts_series=written.starts_series,
        revised=tuple(written.revised.items()),
        revisions=tuple(_revision(dict(row)) for row in written.revisions),
    )


def _revision(row: dict[str, Value]) -> Revision:
    table, count, before, after = (row.pop(name) for name in ("table", "count", "before", "after"))
    return Revision(str(table), str(count), tuple(row.items()), before, after)
