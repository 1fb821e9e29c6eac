"""A backup becomes a store again, in an empty place alone.

All of it is written into one folder of the store and checked there. Then each part gets its place, the
register last: a store without it says that it is not whole, and the same command goes on where it was killed.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from data.access import accessfile, audit, sessions
from data.deliveries.store import register
from data.foundation import durable
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress, Step, silent
from data.releases import secrets, shelf
from data.upkeep.contents import HEAD, KEYS, LOG_KEY, SIGNING, TRANSIENT, keys
from data.upkeep.integrity import RESTORING
from data.upkeep.repository import Backup, DamagedBackupError, Repository, free, told
from data.upkeep.sealed import Opener
from data.warehouse import versions

WHOLE = "whole.json"  # in that folder: everything is in it, only places are to be given
STORE, OUTSIDE = "store", "outside"


class NotEmptyError(DashboardError):
    """There is something already where a backup was to be put back."""

    exit_code = 2


@dataclass(frozen=True)
class PutBack:
    """What was put back. `missing`: secrets that the backup never had, or that were left out on purpose.
    `head_aside`: a newest entry of the log that lay outside the store and was another one.
    """

    number: int
    made_at: str
    files: int
    missing: tuple[str, ...]
    head_aside: str = ""


def put_back(
    settings: Settings,
    folder: Path,
    number: int | None = None,
    opener: Opener | None = None,
    progress: Progress = silent,
    by: str = "",
) -> PutBack:
    """Make the store of a backup (the newest, or the one with this number). Without an opener the secrets
    stay out. Raises BackupError, DamagedBackupError, SealError, NotEmptyError, UnusableBackupsError.
    """
    store, kept = settings.store, Repository(folder)
    with told(folder):
        stage = store / RESTORING
        _refuse_if_used(store)
        backup = kept.one(number)
        if not (stage / WHOLE).exists():
            _refuse_if_used(store, stage)
            opened = opener.open(kept.read(backup.secrets)) if opener and backup.secrets else {}
            _stage(stage, kept, backup, opened, progress)
        elif json.loads((stage / WHOLE).read_text(encoding="utf-8"))["number"] != backup.number:
            raise NotEmptyError(f"{store}: another backup is half put back; restore that one first (--of).")
        aside = _place_outside(settings, stage / OUTSIDE)
        _place(settings, stage / STORE)
        done = stage.with_suffix(".new")  # a leftover like others, if this is killed now
        durable.rename(stage, done)
        shutil.rmtree(done)
        audit.note(settings, by, "store: restored", f"number {backup.number} of {backup.made_at}")
    missing = (*backup.left_out, *(() if opener or not backup.secrets else ("keys, accounts and the log",)))
    return PutBack(backup.number, backup.made_at, len(backup.files), missing, aside)


def check(folder: Path, number: int | None = None, progress: Progress = silent) -> Backup:
    """Read all of a backup, its encrypted part too. Raises BackupError, DamagedBackupError."""
    kept = Repository(folder)
    with told(folder):
        backup = kept.one(number)
        named = [*((file.name, file.sha256) for file in backup.files), ("secrets", backup.secrets)]
        for done, (name, sha256) in enumerate(named, start=1):
            progress(Step("check", name, done, len(named)))
            if sha256:
                kept.verify(sha256)
    return backup


def _refuse_if_used(store: Path, stage: Path | None = None) -> None:
    """Without a stage: whatever a killed attempt left may be there."""
    if not store.is_dir() or (stage is None and (store / RESTORING).is_dir()):
        return
    there = [path.name for path in sorted(store.iterdir()) if not TRANSIENT.fullmatch(path.name)]
    # A folder that an installation made for its mounts holds nothing.
    there = [name for name in there if name != RESTORING and not _is_empty(store / name)]
    if there:
        raise NotEmptyError(
            f"{store} is not empty ({', '.join(there[:5])}). A backup is put back into an empty store alone: "
            "move this one away, or let DASHBOARD_STORE name another folder. Nothing was changed."
        )


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _stage(
    stage: Path, kept: Repository, backup: Backup, opened: dict[str, bytes], progress: Progress
) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    durable.mkdir(stage)
    free(stage, sum(file.size for file in backup.files))
    try:
        for done, file in enumerate(backup.files, start=1):
            progress(Step("restore", file.name, done, len(backup.files)))
            target = stage / STORE / _inside(file.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            kept.copy(file.sha256, target, file.mode | 0o200)
            target.chmod(file.mode)
            os.utime(target, ns=(file.mtime_ns, file.mtime_ns))
        for name, content in opened.items():
            target = (
                stage
                / (OUTSIDE if name.startswith((HEAD, KEYS, SIGNING, LOG_KEY)) else STORE)
                / _inside(name)
            )
            durable.mkdir(target.parent, 0o700)
            durable.replace(target, content, 0o600)
        durable.sync(stage)
        durable.replace(stage / WHOLE, json.dumps({"number": backup.number}))
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _place_outside(settings: Settings, staged: Path) -> str:
    """Keys and newest entry of the log, which may lie elsewhere; what is there gets another name."""
    for name, key in keys(settings):
        for path in sorted(staged.glob(f"{name}*")):
            target = key.with_name(key.name + path.name.removeprefix(name))
            if target.exists() and target.read_bytes() != path.read_bytes():
                secrets.put_aside(target)
            durable.mkdir(target.parent, 0o700)
            durable.replace(target, path.read_bytes(), secrets.MODE)
    head, before = staged / HEAD, settings.audit_head
    if not head.exists():
        return ""
    aside = ""
    if before.exists() and before.read_bytes() != head.read_bytes():
        # It knows of entries since the backup: proof that they were, for whoever looks into it.
        named = before.with_name(f"{before.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        durable.rename(before, named)
        aside = str(named)
    durable.mkdir(before.parent)
    durable.replace(before, head.read_bytes(), 0o600)
    return aside


def _place(settings: Settings, staged: Path) -> None:
    """Each part of the store; what leads to others comes after them, the register last of all."""
    store = settings.store
    last = {shelf.FOLDER: 1, versions.POINTER: 1, register.FILE: 2}
    for path in sorted(staged.iterdir(), key=lambda path: (last.get(path.name, 0), path.name)):
        durable.rename(path, store / path.name)
        if path.name == accessfile.FILE:
            sessions.end_every(settings)


def _inside(name: str) -> PurePosixPath:
    """A name out of a backup, which may not lead out of the store. Raises DamagedBackupError."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise DamagedBackupError(f"{name!r} in the backup is no place in a store. Nothing was put back.")
    return path
