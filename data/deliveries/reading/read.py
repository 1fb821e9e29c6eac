"""From received files to parts: every table of a delivery as text, whatever it was handed in as."""

from pathlib import Path, PurePosixPath

import duckdb

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.parts import RAW, Part
from data.deliveries.format.schema import tables
from data.deliveries.reading import archive
from data.deliveries.reading.csv_parts import csv_part
from data.deliveries.reading.titles import FORMAT, Naming
from data.deliveries.reading.workbook_parts import workbook_parts
from data.deliveries.reading.workbooks import misnamed
from data.foundation.limits import LIMITS, Limits

TEXT, BOOKS = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls", ".ods")


def read(
    connection: duckdb.DuckDBPyConnection,
    original: Path,
    files: list[Path],
    scratch: Path,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[list[Part], list[Group]]:
    """The parts of a delivery in the order of the format, and what is wrong with its files."""
    named = [(file.relative_to(original).as_posix(), file) for file in files]
    groups: list[Group] = []
    if len(named) == 1 and archive.kind(files[0]) == "ZIP":
        named, groups = archive.unpack(files[0], named[0][0], scratch, limits)
    parts: list[Part] = []
    for number, (shown, path) in enumerate(named):
        found, said = _file(
            connection, path, shown, scratch / f"utf8-{number}", len(named) == 1, naming, limits
        )
        parts += found
        groups += said
    once, twice = in_order(parts)
    return once, [*groups, *twice]


def in_order(parts: list[Part]) -> tuple[list[Part], list[Group]]:
    """Each table once, in the order of the format (what a profile has yet to map behind), and the rest."""
    once, twice = _once(parts)
    order = [*tables(), RAW]
    return sorted(once, key=lambda part: order.index(part.table)), twice


def _file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    shown: str,
    scratch: Path,
    alone: bool,
    naming: Naming,
    limits: Limits,
) -> tuple[list[Part], list[Group]]:
    kind = archive.kind(path)
    if kind in ("XLSX", "ODS"):
        if refused := archive.too_large(path, shown, limits):
            return [], refused
        parts, groups = workbook_parts(connection, path, shown, kind, naming, limits)
        name = PurePosixPath(shown)
        if parts and (name.suffix.lower() in TEXT or misnamed(name, kind)):
            groups.append(group("other-kind", Place(shown), wording={"other": kind}))
        return parts, groups
    if kind in ("OLE", "XLSB"):
        return [], [group("old-workbook", Place(shown))]
    if kind == "ZIP":
        return [], [group("broken-archive" if alone else "nested-archive", Place(shown))]
    suffix = PurePosixPath(shown).suffix.lower()
    if not alone and suffix not in (*TEXT, *BOOKS):
        return [], [group("unknown-file", Place(shown))]
    part, groups = csv_part(path, shown, scratch, alone, naming, limits)
    if part and suffix in BOOKS:
        groups.append(group("other-kind", Place(shown), wording={"other": "CSV"}))
    return ([part] if part else []), groups


def _once(parts: list[Part]) -> tuple[list[Part], list[Group]]:
    first: dict[str, Part] = {}
    twice: list[Group] = []
    for part in parts:
        if part.table in first and part.table != RAW:
            wording = {"other": first[part.table].place.file}
            twice.append(group("table-twice", part.place, wording=wording))
        else:
            first[part.table if part.table != RAW else str(part.place)] = part
    return list(first.values()), twice
