"""From received files to parts: every table of a delivery as text, whatever it was handed in as."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from data.deliveries.format.findings import Group, Place, group, phrase
from data.deliveries.format.parts import RAW, Part
from data.deliveries.format.schema import tables
from data.deliveries.reading import archive
from data.deliveries.reading.csv_parts import csv_part
from data.deliveries.reading.titles import BOOKS, FORMAT, READ_AS, TEXT, Naming, only_named, passed_over
from data.deliveries.reading.workbook_parts import workbook_parts
from data.deliveries.reading.workbooks import misnamed, uncollected
from data.foundation.limits import LIMITS, Limits

OLD_LETTERS = (".doc", ".dot", ".msg", ".ppt", ".pps", ".vsd", ".pub")  # begin like an old workbook


@dataclass(frozen=True)
class Received:
    """The files of a delivery below `original`, and a folder for copies of them. `tell` is told the name of
    each one before it is read.
    """

    original: Path
    files: list[Path]
    scratch: Path
    tell: Callable[[str], None] = lambda name: None


@dataclass(frozen=True)
class _File:
    """A file to be read. `label` is its name as its sender knows it, `scratch` the place for a copy in UTF-8;
    `alone`: it is all of the delivery.
    """

    path: Path
    label: str
    scratch: Path
    alone: bool


def read(
    connection: duckdb.DuckDBPyConnection,
    received: Received,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[list[Part], list[Group]]:
    """The parts of a delivery in the order of the format, and what is wrong with its files."""
    scratch = received.scratch
    named = [(file.relative_to(received.original).as_posix(), file) for file in received.files]
    groups: list[Group] = []
    if len(named) == 1:
        received.tell(named[0][0])
    if len(named) == 1 and archive.kind(named[0][1]) == "ZIP":
        named, groups = archive.unpack(named[0][1], named[0][0], scratch, limits)
    parts: list[Part] = []
    for number, (label, path) in enumerate(named):
        received.tell(label)
        file = _File(path, label, scratch / f"utf8-{number}", alone=len(named) == 1)
        found, said = _parts(connection, file, naming, limits)
        parts += found
        groups += said
    once, twice = in_order(parts)
    unread = {(each.file, each.sheet) for each in twice}  # of these nothing was read after all
    groups = [each for each in groups if each.rule != READ_AS or (each.file, each.sheet) not in unread]
    return once, [*only_named(groups, {part.table for part in once}), *twice]


def in_order(parts: list[Part]) -> tuple[list[Part], list[Group]]:
    """Each table once, in the order of the format (what a profile has yet to map behind), and the rest."""
    once, twice = _once(parts)
    order = [*tables(), RAW]
    return sorted(once, key=lambda part: order.index(part.table)), twice


def _parts(
    connection: duckdb.DuckDBPyConnection, file: _File, naming: Naming, limits: Limits
) -> tuple[list[Part], list[Group]]:
    kind, place, name = archive.kind(file.path), Place(file.label), PurePosixPath(file.label)
    if kind in ("XLSX", "ODS"):
        if refused := archive.too_large(file.path, file.label, limits):
            return [], refused
        with uncollected():
            parts, groups = workbook_parts(connection, file.path, file.label, kind, naming, limits)
        if parts and (name.suffix.lower() in TEXT or misnamed(name, kind)):
            groups.append(group("other-kind", place, wording={"other": kind}))
        return parts, groups
    suffix = name.suffix.lower()
    if kind == "LETTER" or (kind == "OLE" and suffix in OLD_LETTERS):
        return [], [passed_over(place)]
    if kind in ("OLE", "XLSB"):
        return [], [group("old-workbook", place)]
    if kind == "ZIP":
        return [], [group("nested-archive", place)]
    part, groups = csv_part(file.path, file.label, file.scratch, file.alone, naming, limits)
    if part and suffix in BOOKS:
        groups.append(group("other-kind", place, wording={"other": "CSV"}))
    return ([part] if part else []), groups


def _once(parts: list[Part]) -> tuple[list[Part], list[Group]]:
    first: dict[str, Part] = {}
    twice: list[Group] = []
    for part in sorted(
        parts, key=lambda part: part.guessed
    ):  # whose name says it goes before what is like it
        if part.table in first and part.table != RAW:
            twice.append(_again(part, first[part.table]))
        else:
            first[part.table if part.table != RAW else str(part.place)] = part
    return list(first.values()), twice


def _again(part: Part, first: Part) -> Group:
    if part.guessed and not first.guessed:
        return passed_over(part.place, part.table, phrase("table-is-in", file=first.place.file))
    return group("table-twice", part.place, wording={"other": first.place.file})
