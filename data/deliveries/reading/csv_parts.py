"""A CSV file as a part of a delivery, or what keeps it from being one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from data.deliveries import csvfile, encoding, strict
from data.deliveries.csvfile import Header
from data.deliveries.findings import Group
from data.deliveries.limits import HEADER_BYTES, LIMITS, Limits
from data.deliveries.longcells import LongCells
from data.deliveries.names import table_by_header
from data.deliveries.naming import FORMAT, Naming
from data.deliveries.parts import Part
from data.deliveries.recognised import Recognised
from data.deliveries.wording import Place, group
from data.sql import name


def csv_part(
    path: Path,
    shown: str,
    scratch: Path,
    alone: bool,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[Part | None, list[Group]]:
    """The part that a CSV file holds. `scratch` is the path for a copy in UTF-8 if one is needed.

    A file handed in `alone` may have any name: its header then tells the table.
    """
    place, table = Place(shown), naming.table_of(shown, None, None)
    if table is None and not alone:
        return None, [group("unknown-file", place)]
    if not path.stat().st_size:
        return None, [group("empty-file", place)]
    found = encoding.found(path)
    if found is None:
        return None, [group("no-text", place)]
    try:
        readable = encoding.as_utf8(path, found, scratch)
    except UnicodeError:
        return None, [group("no-text", place)]
    header = csvfile.header(readable, naming.known_cells)
    if header is None:
        return None, [_no_header(readable, place, limits)]
    table = table or table_by_header(header.cells)
    if table is None:
        return None, [group("no-table", place, line=header.line)]
    if len(header.cells) > limits.columns:
        wording = limits.wording("columns")
        return None, [group("too-many-columns", place, line=header.line, wording=wording)]
    long = LongCells(place, limits)
    if long.among(header.line, header.cells):
        return None, long.groups()
    columns, groups = naming.columns(table, header.cells, place, header.line)
    rows, skip = csvfile.rows(readable, header, scratch.with_name(f"{scratch.name}-rows"))
    return Part(
        table=table,
        place=place,
        present=tuple(column for column in columns if not column.startswith("#")),
        columns=columns,
        header_line=header.line,
        relation=csvfile.relation(rows, header, columns, skip, limits),
        lines=partial(strict.line_numbers, readable, header, limits),
        recognised=Recognised(table, shown, None, "CSV", found.shown, header.separator),
        record_by_record=partial(_sound_part, readable, header, limits),
        headings=header.cells,
    ), groups


def _no_header(readable: Path, place: Place, limits: Limits) -> Group:
    """Which limit a header without a known column is over, if it is over one."""
    long, cells = csvfile.first_line(readable)
    if long:
        return group("header-too-long", place, line=1, wording={"limit": f"{HEADER_BYTES // 1024} KiB"})
    if cells > limits.columns:
        return group("too-many-columns", place, line=1, wording=limits.wording("columns"))
    return group("no-header", place, line=1)


def _sound_part(
    readable: Path, header: Header, limits: Limits, connection: duckdb.DuckDBPyConnection, part: Part
) -> tuple[Part, list[Group]]:
    rows, lines, groups = strict.read(readable, header, part.columns, part.place, limits)
    view = f"{part.table} rows"
    connection.register(view, rows)
    return replace(part, relation=name(view), lines=partial(_at, lines), trimmed=True), groups


def _at(lines: list[int], positions: Sequence[int]) -> list[int]:
    return [lines[position] for position in positions]
