"""What the register says of a delivery, once more beside its files, so that the store outlives its register.

`delivery.json` is written before the entry, so a process killed between the two leaves a delivery that was
checked and confirmed and is not registered; `taken-back.json` after a take-back. What a process killed
there, or an older program, did not write, `settle` writes from the register.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.foundation import durable, storedjson

SLIP = "delivery.json"
TAKEN_BACK = "taken-back.json"
ASIDE = "aside"  # the folder of the store for what has no place in it; nothing there is ever deleted
OWN = ("id", "folder", "state")  # what the register gives it, or the folder itself says


@dataclass(frozen=True)
class TakenBack:
    """Who took a delivery back, when (UTC, ISO) and why."""

    at: str
    who: str
    reason: str


@dataclass(frozen=True)
class Slip:
    """One delivery: `row` has the columns of the register but for `OWN`, `findings` their JSON, `files` the
    hash of each file in the folder.
    """

    row: dict[str, Any]
    findings: tuple[dict[str, Any], ...]
    files: dict[str, str]


def write(folder: Path, row: Mapping[str, Any], findings: tuple[Any, ...], files: Mapping[str, str]) -> None:
    """Lay the slip into the folder. `findings` as their JSON says them. Raises OSError."""
    slip = Slip({name: cell for name, cell in row.items() if name not in OWN}, findings, dict(files))
    durable.replace(folder / SLIP, storedjson.text(slip, indent=1))


def read(folder: Path) -> Slip:
    """The slip of a folder. Raises OSError, ValueError."""
    return storedjson.read(Slip, (folder / SLIP).read_text(encoding="utf-8"), newer=True)


def taken_back(folder: Path) -> TakenBack | None:
    """Who took it back, if it was. Raises OSError, ValueError."""
    path = folder / TAKEN_BACK
    if not path.exists():
        return None
    return storedjson.read(TakenBack, path.read_text(encoding="utf-8"), newer=True)


def folders(store: Path, within: str = "deliveries") -> Iterator[Path]:
    """Every folder of a delivery that has a slip, by name; whether it can be read is not asked."""
    yield from sorted(path.parent for path in (store / within).glob(f"*/{SLIP}"))


def settle(store: Path, opened: sqlite3.Connection) -> None:
    """Write what is missing beside the deliveries of the register. Under the store's lock. Raises OSError."""
    for row in opened.execute("select * from deliveries").fetchall():
        folder = store / "deliveries" / row["folder"]
        if not folder.is_dir():
            continue
        if not (folder / SLIP).exists():
            write(folder, _plain(row), _findings(opened, row["id"]), _files(opened, row["id"]))
        if row["state"] == "taken_back" and not (folder / TAKEN_BACK).exists():
            durable.replace(folder / TAKEN_BACK, storedjson.text(_who(opened, row), indent=1))


def put_aside(store: Path, path: Path, name: str = "") -> str:
    """Move a file or folder of the store to `aside/`; its name in the store afterwards. Raises OSError."""
    durable.mkdir(store / ASIDE)
    name = name or path.name
    names = [name, *(f"{name}-{number}" for number in range(2, 10_000))]
    target = next(store / ASIDE / name for name in names if not (store / ASIDE / name).exists())
    durable.rename(path, target)
    return target.relative_to(store).as_posix()


def put_back(store: Path, path: Path) -> Path:
    """Move a delivery from `aside/` to the others; its folder there. Raises OSError."""
    names = [path.name, *(f"{path.name}-{number}" for number in range(2, 10_000))]
    target = next(store / "deliveries" / name for name in names if not (store / "deliveries" / name).exists())
    durable.mkdir(target.parent)
    durable.rename(path, target)
    return target


def says_otherwise(folder: Path, row: Mapping[str, Any], files: Mapping[str, str]) -> bool:
    """Whether the slip of a registered delivery says something else than the register, or can't be read.
    Without one nothing is said: an older program wrote none.
    """
    if not (folder / SLIP).exists():
        return False
    with suppress(OSError, ValueError):
        slip = read(folder)
        expected = {name: cell for name, cell in row.items() if name not in OWN}
        said = json.loads(storedjson.text(expected)), dict(files)
        return (slip.row, slip.files) != said
    return True


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    """A row of the register with what it keeps as JSON read."""
    return {
        name: json.loads(row[name]) if name in ("rows", "present", "recognised", "counts") else row[name]
        for name in row.keys()  # noqa: SIM118
    }


def _findings(opened: sqlite3.Connection, delivery: int) -> tuple[dict[str, Any], ...]:
    rows = opened.execute("select finding from findings where delivery = ? order by rowid", [delivery])
    return tuple(json.loads(row["finding"]) for row in rows)


def _files(opened: sqlite3.Connection, delivery: int) -> dict[str, str]:
    rows = opened.execute("select name, sha256 from files where delivery = ? order by name", [delivery])
    return {row["name"]: row["sha256"] for row in rows}


def _who(opened: sqlite3.Connection, row: sqlite3.Row) -> TakenBack:
    """As the audit log has it; of files that were taken back more than once, the last time."""
    said = opened.execute(
        "select at, who, note from audit where action = 'taken back' and sha256 = ? order by id desc",
        [row["sha256"]],
    ).fetchone()
    return TakenBack(said["at"], said["who"], said["note"]) if said else TakenBack("", "", "")
