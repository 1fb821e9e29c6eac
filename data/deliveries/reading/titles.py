"""How files, sheets and columns are recognised: by the names of the export format, or by a profile's.

The names of files, folders and sheets are said and kept like values, so the guard's kinds are looked for in
them before anything else.
"""

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from data.deliveries.format import names
from data.deliveries.format.findings import LISTED_PER_RULE, Group, Place, group, phrase, rules
from data.deliveries.format.names import known_cells, official, table_of
from data.deliveries.personal.kinds import RULE, Column, announced_kind, in_text, kinds_in
from data.deliveries.personal.person_names import CAMEL
from data.deliveries.reading.archive import DamagedError, damage, kind, named_members
from data.foundation.languages import Texts, Wording

Columns = tuple[tuple[str, ...], list[Group]]
NO_LETTERS = re.compile(r"[\d_.]+")
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,3}$")
YEAR = re.compile(r"\b20[0-9]{2}\b")  # of an export, and of no house: Hirschberg an der Bergstraße 2026
TEXT, BOOKS = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls", ".ods")  # what files of a table end in
READ_AS = "table-read-as"
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

    `original` is the copy, `said` what receiving it gave rise to: links, say, are not copied.
    """
    if _is_folder(handed_in):
        inside = [path.relative_to(original).as_posix() for path in original.rglob("*") if path.is_file()]
        not_copied = [each.file for each in said if each.file != place.file]
        return _of_paths(sorted([*inside, *not_copied]), place)
    copies = [path for path in original.iterdir() if path.is_file()]
    try:
        with damage(), zipfile.ZipFile(copies[0]) as archive:
            paths = [name for _, name in named_members(archive)]
            return _of_paths(paths, place) if kind(copies[0]) == "ZIP" else []
    except (DamagedError, IndexError):
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # where there is no right to look
        return False


def of_sheets(sheets: Iterable[str], place: Place) -> list[Group]:
    """What the names of sheets tell."""
    every = ((SHEET, number, name) for number, name in enumerate(sheets, start=1))
    return _groups(every, place)


def guess(place: Place, header: Sequence[str], only: bool = False) -> names.Guess | None:
    """The table that a file or sheet is like whose name is none of the format. `only`: of an only sheet the
    name of the file counts too.
    """
    name = (
        place.sheet if place.sheet and not only else f"{place.sheet or ''} {PurePosixPath(place.file).name}"
    )
    return names.guess(name, header)


def read_as(place: Place, table: str) -> Group:
    """The notice of what was read although its name is none of the format."""
    return group(READ_AS, place, wording={"other": _called(place), "limit": table})


def passed_over(place: Place, table: str = "", why: Texts | None = None) -> Group:
    """What was not read: a question where it is like a table, `why` it was not read; else a notice.

    Without a `table` its name is looked at. A name alone may be that of a table which was read elsewhere: the
    finding bears the table then (see `only_named`).
    """
    only_name = not table
    table = table or next(iter(names.named(place.sheet or place.file)), "")
    if not table:
        return _unknown(place)
    why = why or phrase("no-such-columns")
    wording: Wording = {"other": _called(place), "limit": table, "why": why}
    said = group("table-like", place, wording=wording)
    return replace(said, table=table) if only_name else said


def only_named(groups: Iterable[Group], read: Collection[str]) -> list[Group]:
    """The findings; of what is like a table by name alone nothing is asked where that table was read."""
    return [
        _unknown(Place(each.file, each.sheet)) if each.rule == "table-like" and each.table in read else each
        for each in groups
    ]


def not_read(place: Place, found: names.Guess | None, header: Sequence[str]) -> Group:
    """What is like a table but not surely, and why; or like none."""
    if found is None or not header:
        return passed_over(place)
    missing = ", ".join(found.missing)
    why = phrase("columns-missing", columns=missing) if missing else phrase("not-certain")
    return passed_over(place, found.table, why)


def _unknown(place: Place) -> Group:
    if place.sheet is None:
        return group("unknown-file", place)
    return group("unknown-sheet", place, wording={"other": place.sheet, "hidden": ""})


def _called(place: Place) -> Texts:
    return phrase("the-sheet", sheet=place.sheet) if place.sheet else phrase("the-file")


def _by_position(table: str, cells: tuple[str, ...]) -> tuple[tuple[str, ...], list[str], list[str]]:
    """Names of all columns by position, the unknown ones among the header's cells, and those named twice."""
    names, unknown, twice = [], [], []
    for position, (cell, known) in enumerate(zip(cells, official(table, cells), strict=True)):
        if known and known not in names:
            names.append(known)
            continue
        names.append(f"#{position}")
        if known:
            twice.append(cell.strip())
        elif cell.strip():
            unknown.append(cell.strip())
    return tuple(names), unknown, twice


def _columns(table: str, cells: tuple[str, ...], place: Place, line: int) -> Columns:
    columns, unknown, twice = _by_position(table, cells)
    said: list[Group] = []
    called = list(columns)
    for at, column, surely in names.near(table, columns, cells):
        heading = cells[at].strip()
        if heading not in unknown or announced_kind(heading) or any(kinds_in(heading)):
            continue  # that it is there twice, or what the guard has to say
        unknown.remove(heading)
        rule = "column-read-as" if surely else "column-like"
        said.append(
            group(rule, place, line=line, column=" ".join(heading.split()), wording={"limit": column})
        )
        called[at] = column if surely else called[at]
    return tuple(called), [
        *said,
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
