"""How files, sheets and columns are recognised: by the names of the export format, or by a profile's.

The names of files, folders and sheets are said and kept like values, so the guard's kinds are looked for in
them before anything else.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data.deliveries.format.findings import LISTED_PER_RULE, Group, Place, group, phrase, rules
from data.deliveries.format.names import known_cells, table_of
from data.deliveries.personal.headings import RULE
from data.deliveries.personal.kinds import Column, in_text
from data.deliveries.personal.person_names import CAMEL
from data.deliveries.reading import csv_files
from data.deliveries.reading.archive import DamagedError, damage, kind

Columns = tuple[tuple[str, ...], list[Group]]
NO_LETTERS = re.compile(r"[\d_.]+")
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,3}$")
YEAR = re.compile(r"\b20[0-9]{2}\b")  # of an export, and of no house: Hirschberg an der Bergstraße 2026
FILE, FOLDER, SHEET = "title-of-file", "title-of-folder", "title-of-sheet"


@dataclass(frozen=True)
class Naming:
    """Four questions that reading asks.

    `table_of(file, sheet, header)`: which table this holds, by its name, or None; `header` is None while it
    isn't read. `known_cells(cells)`: how many of them are names of columns. `columns(table, cells, place,
    line)`: the name of each column (`#n` for one that is left out), and what the header gives rise to.
    """

    table_of: Callable[[str, str | None, Sequence[str] | None], str | None]
    known_cells: Callable[[Sequence[str]], int]
    columns: Callable[[str, tuple[str, ...], Place, int], Columns]


def of_files(handed_in: Path, original: Path, said: Iterable[Group], place: Place) -> list[Group]:
    """What the names inside a folder or an archive tell; its own name belongs to whoever hands in.

    `original` is the copy, `said` what receiving it gave rise to: links are not copied.
    """
    if handed_in.is_dir():
        inside = [path.relative_to(original).as_posix() for path in original.rglob("*") if path.is_file()]
        return _of_paths(sorted([*inside, *(each.file for each in said if each.rule == "link")]), place)
    copies = [path for path in original.iterdir() if path.is_file()]
    try:
        with damage(), zipfile.ZipFile(copies[0]) as archive:
            return _of_paths(archive.namelist(), place) if kind(copies[0]) == "ZIP" else []
    except (DamagedError, IndexError):
        return []


def of_sheets(names: Iterable[str], place: Place) -> list[Group]:
    """What the names of sheets tell."""
    every = ((SHEET, number, name) for number, name in enumerate(names, start=1))
    return _groups(every, place)


def _columns(table: str, cells: tuple[str, ...], place: Place, line: int) -> Columns:
    columns, unknown, twice = csv_files.columns(table, cells)
    return columns, [
        *(group("unknown-column", place, line=line, column=cell) for cell in unknown),
        *(group("column-twice", place, line=line, column=cell) for cell in twice),
    ]


FORMAT = Naming(lambda file, sheet, header: table_of(sheet or file), known_cells, _columns)


def _of_paths(paths: list[str], place: Place) -> list[Group]:
    every: dict[PurePosixPath, tuple[str, int, str]] = {}
    for number, path in enumerate(paths, start=1):
        whole = PurePosixPath(path.replace("\\", "/"))
        for each in (whole, *whole.parents):
            folder = each != whole or path.endswith("/")
            every.setdefault(each, (FOLDER if folder else FILE, number, ENDING.sub("", each.name)))
    return _groups(every.values(), place)


def _groups(every: Iterable[tuple[str, int, str]], place: Place) -> list[Group]:
    found = []
    for what, number, text in every:
        spaced = CAMEL.sub(" ", NO_LETTERS.sub(" ", text)).strip()
        kinds = dict.fromkeys([*in_text(text, Column.LABEL), *in_text(spaced, Column.LABEL)])
        if "street" in kinds and "street" not in in_text(YEAR.sub("", text), Column.LABEL):
            del kinds["street"]
        for each in kinds:
            wording = {"other": phrase(what, number=str(number)), "kind": rules()[f"{RULE}{each}"].kind}
            found.append(group("guard-title", place, wording=wording))
    return found[:LISTED_PER_RULE]
