"""The register made again from the folders of the deliveries, and what nobody registered put aside.

Nothing in `deliveries/` is ever deleted: what has no place is moved to `aside/` in the store, and found there
again.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.deliveries.store import forgetting, register, slips
from data.deliveries.store.damage import of_files
from data.deliveries.store.unusable import clearly
from data.foundation.durable import store_lock
from data.foundation.settings import Settings


@dataclass(frozen=True)
class Restored:
    """Names inside the store: deliveries that are registered again, those that were marked as taken back
    again, those that were put aside because the same files stand already, those that can't be entered (with
    the reason), and where the damaged register lies now, if there was one.
    """

    entered: tuple[str, ...]
    taken_back: tuple[str, ...]
    aside: tuple[str, ...]
    impossible: tuple[tuple[str, str], ...]
    register: str | None


def unregistered(store: Path, known: set[str]) -> tuple[str, ...]:
    """Folders of complete deliveries that are not among these names of the register, and not let go of."""
    missing = [folder for folder in slips.folders(store) if folder.name not in known]
    return tuple(folder.name for folder in missing if not forgetting.is_on_list(store, folder))


def restore(settings: Settings, by: str = "") -> Restored:
    """Register every complete delivery of the store. A damaged register is put aside and made anew.

    Raises StoreError, NewerRegisterError.
    """
    store = settings.store
    with clearly(store), store_lock(store):
        before = None if _is_sound(store / register.FILE) else _register_aside(store)
        with register.open_for_writing(store, anew=True) as opened:
            slips.settle(store, opened)
            rows = {row["folder"]: row for row in register.deliveries(opened)}
            again = tuple(_taken_back(store, opened, by, rows))
            found = _Found(store, opened, by)
            missing = [store / "deliveries" / name for name in unregistered(store, set(rows))]
            aside = slips.folders(store, slips.ASIDE)
            missing += [folder for folder in aside if not forgetting.is_on_list(store, folder)]
            for folder in sorted(missing, key=_order):
                found.enter(folder)
    return Restored(tuple(found.entered), again, tuple(found.aside), tuple(found.impossible), before)


class _Found:
    """What becomes of the folders that are not in the register, one by one."""

    def __init__(self, store: Path, opened: sqlite3.Connection, by: str) -> None:
        self.store, self.opened, self.by = store, opened, by
        self.entered: list[str] = []
        self.aside: list[str] = []
        self.impossible: list[tuple[str, str]] = []

    def enter(self, folder: Path) -> None:
        """Register it as its slip says; as a delivery taken back if it was."""
        name = folder.relative_to(self.store).as_posix()
        try:
            slip, back = slips.read(folder), slips.taken_back(folder)
            damages = list(of_files(self.store, folder, slip.files))
            if damages:
                self.impossible.append((name, f"{damages[0].file} is damaged"))
                return
            is_aside = folder.parent.name == slips.ASIDE
            if (back is None or is_aside) and register.known(self.opened, slip.row["sha256"]):
                self.aside += [] if is_aside else [slips.put_aside(self.store, folder)]
                return
            if is_aside:
                folder = slips.put_back(self.store, folder)
                name = folder.relative_to(self.store).as_posix()
            row = {**slip.row, "folder": folder.name}
            register.enter_again(self.opened, row, slip.findings, slip.files, self.by)
        except (ValueError, KeyError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.OperationalError):  # that is about the disk, not about the slip
                raise
            self.impossible.append((f"{name}/{slips.SLIP}", "it can't be read"))
            return
        if back:
            entered = register.newest(self.opened, folder.name)
            register.take_back(self.opened, entered, back.who, back.reason)
        self.entered.append(name)


def _taken_back(
    store: Path, opened: sqlite3.Connection, by: str, rows: dict[str, dict[str, object]]
) -> list[str]:
    """What stands in the register and was taken back: the register is older than that."""
    found = []
    for name, row in rows.items():
        folder = store / "deliveries" / name
        if row["state"] != "taken_back" and (back := slips.taken_back(folder)):
            register.take_back(opened, row, back.who or by, back.reason)
            found.append(f"deliveries/{name}")
    return found


def _order(folder: Path) -> tuple[str, int, str]:
    """In the order of their acceptance; what can't be read comes last."""
    try:
        row = slips.read(folder).row
        return str(row["accepted_at"]), int(row["handed_in_ns"]), folder.name
    except (OSError, ValueError, KeyError, TypeError):
        return "~", 0, folder.name


def _is_sound(file: Path) -> bool:
    """Whether the register can be read as a whole. One that is gone or empty is no reason to move it."""
    if not file.exists() or not file.stat().st_size:
        return not any(path.exists() for path in register.parts(file)[1:])
    try:
        with closing(sqlite3.connect(file)) as connection:
            return bool(connection.execute("pragma integrity_check").fetchone()[0] == "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _register_aside(store: Path) -> str:
    """The damaged register with its log, each under a name with the time; the name of the first."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    parts = [path for path in register.parts(store / register.FILE) if path.exists()]
    register_first, *_ = [slips.put_aside(store, path, f"{path.name}-{now}") for path in parts]
    return register_first
