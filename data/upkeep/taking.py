"""A backup of a store while it is used: what is new is copied, the rest is there from the ones before.

Files of deliveries and releases are never changed once they have their name, so they are copied after the
moment to which the list of them and the register belong. Copies and no hard links: what damages the disk
under a file would damage both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from data import VERSION
from data.access import audit
from data.deliveries.store import register
from data.foundation.settings import Settings
from data.foundation.steps import Progress, Step, silent
from data.upkeep import contents
from data.upkeep.contents import Present
from data.upkeep.repository import Added, Backup, BackupError, File, Repository, free, told
from data.upkeep.sealed import Seal

TRIES = 3
ROOM = 16 * 2**20  # for lists and the encrypted part, beside what is copied


@dataclass(frozen=True)
class Taken:
    """A backup that was made: bytes that were new, and how many older ones went."""

    backup: Backup
    new_bytes: int
    removed: int = 0


def take(
    settings: Settings,
    folder: Path,
    seal: Seal | None = None,
    keep: int | None = None,
    progress: Progress = silent,
    by: str = "",
) -> Taken:
    """Back up the store into a folder. Without a seal, keys, accounts and the log are left out, and named.

    `keep`: only so many of the newest stay. Raises BackupError, SealError, DamagedBackupError,
    UnusableBackupsError, LostRegisterError; then the backups before are as they were.
    """
    if not settings.store.is_dir():
        raise BackupError(f"There is no store {settings.store} to back up.")
    if keep is not None and keep < 1:
        raise BackupError("--keep has to leave at least one backup.")
    kept = Repository(folder)
    with told(folder):
        kept.begin(settings.store)
        with kept.locked():
            taken = _taken(settings, kept, seal, progress)
            removed = kept.forget(keep) if keep else 0
        if register.writable(settings.store):
            audit.note(settings, by, "store: backed up", f"number {taken.backup.number}")
    return replace(taken, removed=removed)


def _taken(settings: Settings, kept: Repository, seal: Seal | None, progress: Progress) -> Taken:
    earlier = kept.every()
    before = {file.name: file for file in earlier[-1].files} if earlier else {}
    secrets = contents.secret(settings)
    for attempt in range(TRIES):
        try:
            found = contents.plain(settings)
            files, new = _copied(kept, found, before, progress)
            break
        except FileNotFoundError:  # a build or `forget` let go of it meanwhile
            if attempt == TRIES - 1:
                raise
    closed = seal.close(secrets) if seal and secrets else b""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    backup = Backup(
        earlier[-1].number + 1 if earlier else 1,
        now,
        VERSION,
        files,
        secrets=kept.add(closed).sha256 if closed else "",
        opened_by=seal.opened_by if seal and closed else "",
        left_out=() if seal else tuple(secrets),
    )
    kept.list_it(backup)
    return Taken(backup, new + len(closed))


def _copied(
    kept: Repository, found: list[Present], before: Mapping[str, File], progress: Progress
) -> tuple[tuple[File, ...], int]:
    """The list of files, and how many bytes were not there before."""
    known = {each.name: _known(each, before, kept) for each in found}
    missing = [each for each in found if known[each.name] is None]
    free(kept.folder, sum(each.size for each in missing) + ROOM)
    files, new = [], 0
    for done, each in enumerate(found, start=1):
        added = known[each.name]
        if added is None:
            progress(Step("backup", each.name, done, len(found)))
            added = kept.add_file(each.path) if each.content is None else kept.add(each.content)
        new += added.new
        files.append(File(each.name, added.sha256, added.size, each.mtime_ns, each.mode))
    return tuple(files), new


def _known(found: Present, before: Mapping[str, File], kept: Repository) -> Added | None:
    """A file that is as it was at the backup before; those that may change are always read."""
    file = before.get(found.name)
    if file is None or found.content is not None:
        return None
    same = (file.size, file.mtime_ns) == (found.size, found.mtime_ns) and kept.has(file.sha256, file.size)
    return Added(file.sha256, file.size, 0) if same else None
