"""What nothing has read is not kept: files and sheets of no table, what stands round one, columns that Art. 9
GDPR is about.

Where a file holds such a thing, a CSV file of each of its tables takes its place among the originals, and a
file beside them says so: their hash is no longer that of what was handed in.
"""

import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.parts import RAW, Part
from data.deliveries.personal.kinds import special_columns
from data.deliveries.reading.archive import DamagedError, damage, named_members
from data.deliveries.store.incoming import LEFT_OUT
from data.foundation.sql import identifier, literal

NOT_READ = frozenset({"unknown-sheet", "table-like"})
NEW = "…"  # the folder of the files that take another's place, until it is gone


@dataclass(frozen=True)
class Before:
    """What was said of files when they were handed in, for when they are examined once more.

    `sha256` is the hash of all of them. `left_out`: the file that says what was not kept, if it is there.
    """

    name: str
    sha256: str
    left_out: Path


def still_left_out(before: Before, original: Path) -> list[Group]:
    """What was left out the first time is not there the second time, and has to be said again."""
    if not before.left_out.is_file():
        return []
    shutil.copyfile(before.left_out, original.parent / LEFT_OUT)
    return [group("not-kept", Place(before.name))]


def leave_out(
    connection: duckdb.DuckDBPyConnection,
    original: Path,
    handed_in: str,
    parts: Sequence[Part],
    said: Iterable[Group],
) -> list[Group]:
    """Take out of the originals what was not read. `parts` as read, `said` what reading them gave rise to."""
    by_file = {part.place.file for part in parts}
    files = {path.relative_to(original).as_posix(): path for path in original.rglob("*") if path.is_file()}
    archive = next(iter(files)) if len(files) == 1 and not files.keys() & by_file else None
    if archive and _members(files[archive]) <= by_file:
        files.clear()
    unread = files.keys() - by_file
    reduced = {each.file for each in said if each.rule in NOT_READ}
    # A profile knows its files by their names, so these stay as they are; the guard has seen all of them.
    outside = (part for part in parts if part.outside and part.table != RAW)
    reduced |= {part.place.file for part in (*filter(special_columns, parts), *outside)}
    if not parts or not (unread or reduced):
        return []
    new, rewritten = original / NEW, [part for part in parts if archive or part.place.file in reduced]
    new.mkdir()
    for part in rewritten:
        with suppress(duckdb.Error):  # rows that are none: such a delivery is refused, and kept by nobody
            _write(connection, part, new / _named(part))
    for file in [file for file in original.rglob("*") if file.is_file() and file.parent != new]:
        if file.relative_to(original).as_posix() in unread | reduced or archive:
            file.unlink()
    for file in list(new.iterdir()):
        file.rename(original / file.name)
    new.rmdir()
    listed = original.parent / LEFT_OUT
    before = listed.read_text(encoding="utf-8").splitlines()[1:] if listed.is_file() else []
    left_out = sorted({*before, *unread, *reduced})
    listed.write_text("\n".join(["Nicht unverändert:", *left_out, ""]), encoding="utf-8")
    return [] if before else [group("not-kept", Place(handed_in))]


def _members(path: Path) -> set[str]:
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            names = {name for _, name in named_members(archive)}
            return {each for each in names if not each.endswith("/")}
    except DamagedError:
        return {path.name}


def _named(part: Part) -> str:
    return f"{part.place.sheet or PurePosixPath(part.place.file).stem}.csv".replace("/", "_")


def _write(connection: duckdb.DuckDBPyConnection, part: Part, target: Path) -> None:
    left_out = special_columns(part)
    headings = dict(zip(part.columns, part.headings, strict=False))
    kept = ", ".join(
        f"{identifier(column)} as {identifier(headings.get(column) or column)}"
        for column in part.columns
        if column not in left_out
    )
    rows = f"select {kept} from {part.relation} where {part.filled}"
    connection.execute(f"copy ({rows}) to {literal(str(target))} (format csv, delimiter ';', header true)")
