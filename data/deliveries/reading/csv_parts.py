"""A CSV file as a part of a delivery, or what keeps it from being one.

What DuckDB refuses is read record by record: which lines are broken, and which rows are sound.
"""

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

import duckdb
import pyarrow as pa

from data.deliveries.format import margins
from data.deliveries.format.findings import LISTED_PER_RULE, Finding, Group, Place, finding, group, phrase
from data.deliveries.format.margins import Row
from data.deliveries.format.names import table_by_header
from data.deliveries.format.parts import LongCells, Part, Recognised
from data.deliveries.reading import csv_files
from data.deliveries.reading.csv_files import Header
from data.deliveries.reading.titles import BOOKS, FORMAT, TEXT, Naming, guess, not_read, read_as
from data.foundation.languages import Texts
from data.foundation.limits import FIELD_CHARACTERS, HEADER_BYTES, LIMITS, Limits
from data.foundation.sql import identifier

BATCH = 50_000
# What Python says -> the phrase for it.
WHY = {"field limit": "too-long-field", "expected after": "text-behind-quote"}
CHUNK, OVERLAP = 2**18, 2**12  # a row of separators alone is shorter than the overlap


def csv_part(
    path: Path,
    label: str,
    scratch: Path,
    alone: bool,
    naming: Naming = FORMAT,
    limits: Limits = LIMITS,
) -> tuple[Part | None, list[Group]]:
    """The part that a CSV file holds. `scratch` is the path for a copy in UTF-8 if one is needed.

    A file handed in `alone` may have any name: its header then tells the table.
    """
    place, named = Place(label), PurePosixPath(label).suffix.lower() in (*TEXT, *BOOKS)
    table = naming.table_of(label, None, None) if named or alone else None
    if table is None and not alone:
        header = _header_if_any(path, scratch, naming)
        found = guess(place, header.cells if header else ())
        if found is None or not found.is_read:
            return None, [not_read(place, found, header.cells if header else ())]
        part, groups = _of_table(path, place, scratch, found.table, naming, limits)
        return (replace(part, guessed=True) if part else None), [read_as(place, found.table), *groups]
    return _of_table(path, place, scratch, table, naming, limits)


def _of_table(
    path: Path, place: Place, scratch: Path, table: str | None, naming: Naming, limits: Limits
) -> tuple[Part | None, list[Group]]:
    """The part, if the file is sound; without a `table` its header or its name tells it."""
    if not path.stat().st_size:
        return None, [group("empty-file", place)]
    detected = csv_files.detect(path)
    if detected is None:
        return None, [group("no-text", place)]
    try:
        readable = csv_files.as_utf8(path, detected, scratch)
    except UnicodeError:
        return None, [group("no-text", place)]
    header = csv_files.header(readable, naming.known_cells)
    if header is None:
        return None, [_no_header(readable, place, limits, naming)]
    table = table or table_by_header(header.cells)
    if table is None and (found := guess(place, header.cells)):
        table = found.table if found.is_read else None
    if table is None:
        return None, [group("no-table", place, line=header.line)]
    if len(header.cells) > limits.columns:
        wording = limits.wording("columns")
        return None, [group("too-many-columns", place, line=header.line, wording=wording)]
    long = LongCells(place, limits)
    if long.among(header.line, header.cells):
        return None, long.groups()
    columns, groups = naming.columns(table, header.cells, place, header.line)
    above, header = header.above, _whole(readable, header, table, columns)
    readable, below = _without_below(readable, header, table, columns, scratch)
    groups += margins.said(place, above, below, header.above[len(above) :])
    rows, skip = csv_files.rows(readable, header, scratch.with_name(f"{scratch.name}-rows"))
    return Part(
        table=table,
        place=place,
        present=tuple(column for column in columns if not column.startswith("#")),
        columns=columns,
        header_line=header.line,
        relation=csv_files.relation(rows, header, columns, skip, limits),
        lines=partial(line_numbers, readable, header, limits),
        recognised=Recognised(table, place.file, None, "CSV", detected.label, header.separator),
        record_by_record=partial(_sound_part, readable, header, limits),
        headings=header.cells,
        outside=(*header.above, *below),
    ), groups


def _whole(readable: Path, header: Header, table: str, columns: tuple[str, ...]) -> Header:
    """The header with the rows below it that go on with it; they count as above the rows of the table."""
    with suppress(csv.Error):
        begin = list(islice(csv_files.records(readable, header), margins.MOST_HEADERS + 1))
        rows = [(line, tuple(cells)) for line, cells in begin]
        if more := margins.header_goes_on(table, columns, rows):
            lines = rows[len(more)][0] - 1 if len(rows) > len(more) else more[-1][0]
            return replace(header, lines=lines, above=(*header.above, *more))
    return header


def _without_below(
    readable: Path, header: Header, table: str, columns: tuple[str, ...], scratch: Path
) -> tuple[Path, list[Row]]:
    """The file without the rows below its table, and these rows with their lines."""
    found = margins.below(table, columns, csv_files.last_rows(readable, header))
    if not found:
        return readable, []
    target = scratch.with_name(f"{scratch.name}-table")
    before = csv_files.cut(readable, found[-1][0], target)
    return target, _numbered(readable, found, before)


def _numbered(readable: Path, rows: list[Row], before: int) -> list[Row]:
    """Rows by their place in bytes become rows by their line; `before` are the lines above the first one."""
    starts = sorted(place for place, _ in rows)
    with readable.open("rb") as file:
        file.seek(starts[0])
        tail = file.read()
    lines = {start: before + 1 + tail[: start - starts[0]].count(b"\n") for start in starts}
    return [(lines[start], cells) for start, cells in rows]


def read(
    path: Path, header: Header, columns: tuple[str, ...], place: Place, limits: Limits = LIMITS
) -> tuple[pa.Table, list[int], list[Group]]:
    """The sound rows as text, the line of each, and what is wrong with the others."""
    batches: list[pa.RecordBatch] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    broken: list[Finding] = []
    long = LongCells(place, limits, columns, header.cells)
    count = total = 0
    unfinished: list[Group] = []
    line = header.lines
    try:
        for line, record in csv_files.records(path, header, limits):
            total += 1
            if len(record) == len(columns):
                # A row of nothing but blanks is none.
                if not long.among(line, record) and any(cell.strip() for cell in record):
                    rows.append(record)
                    lines.append(line)
            else:
                count += 1
                if count <= LISTED_PER_RULE:
                    broken.append(_row_length(place, line, record, columns))
            if len(rows) >= BATCH:
                batches.append(_batch(rows, columns))
                rows = []
    except csv.Error as error:
        unfinished.append(group("broken-quotes", place, line=line + 1, wording=_why(error, limits)))
    batches.append(_batch(rows, columns))
    unfinished += long.groups(total)
    if broken:
        severity = broken[0].severity
        unfinished.append(
            Group("row-length", severity, place.file, place.sheet, None, count, total, tuple(broken))
        )
    return pa.Table.from_batches(batches), lines, unfinished


def line_numbers(path: Path, header: Header, limits: Limits, positions: Sequence[int]) -> list[int]:
    """The lines of the rows at these ascending positions, rows without any value not counted."""
    if _one_line_each(path, header):
        return [header.lines + 1 + position for position in positions]
    wanted, found = iter(positions), []
    next_wanted = next(wanted, None)
    for position, (line, _) in enumerate(csv_files.records(path, header, limits)):
        if position == next_wanted:
            found.append(line)
            next_wanted = next(wanted, None)
            if next_wanted is None:
                break
    return found


def _one_line_each(path: Path, header: Header) -> bool:
    """Whether there is no quote in a file that could hold a line break, and no row without a value."""
    separator = re.escape(header.separator.encode())
    other = re.compile(rb'"|\n(?:' + separator + rb")*\r?\n")
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if other.search(before + chunk):
                return False
            before = chunk[-OVERLAP:]
    return True


def _why(error: csv.Error, limits: Limits) -> dict[str, Texts]:
    """The reason in every language; Python's own sentences are English."""
    if isinstance(error, csv_files.LongLineError):
        return {"limit": phrase("too-long-line", **limits.wording("line_characters"))}
    why = next((name for part, name in WHY.items() if part in str(error)), "ends-in-field")
    return {"limit": phrase(why, limit=FIELD_CHARACTERS)}


def _row_length(place: Place, line: int, record: list[str], columns: tuple[str, ...]) -> Finding:
    wording = {"limit": str(len(columns)), "other": str(len(record))}
    return finding("row-length", place, line=line, wording=wording)


def _batch(rows: list[list[str]], columns: tuple[str, ...]) -> pa.RecordBatch:
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array([cell.strip() or None for cell in cells], pa.string()) for cells in by_column]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _header_if_any(path: Path, scratch: Path, naming: Naming) -> Header | None:
    """The header of a file that need be no table, nor any text."""
    detected = csv_files.detect(path) if path.stat().st_size else None
    if detected is None:
        return None
    try:
        return csv_files.header(csv_files.as_utf8(path, detected, scratch), naming.known_cells)
    except UnicodeError:
        return None


def _no_header(readable: Path, place: Place, limits: Limits, naming: Naming) -> Group:
    """Which limit a header without a known column is over, or which line looks like the header."""
    long, cells = csv_files.first_line(readable)
    if long:
        return group("header-too-long", place, line=1, wording={"limit": f"{HEADER_BYTES // 1024} KiB"})
    if cells > limits.columns:
        return group("too-many-columns", place, line=1, wording=limits.wording("columns"))
    if below := csv_files.further_down(readable, naming.known_cells):
        return group("header-below", place, line=below, wording={"other": below, "limit": below - 1})
    return group("no-header", place, line=1)


def _sound_part(
    readable: Path, header: Header, limits: Limits, connection: duckdb.DuckDBPyConnection, part: Part
) -> tuple[Part, list[Group]]:
    rows, lines, groups = read(readable, header, part.columns, part.place, limits)
    view = f"{part.table} rows"
    connection.register(view, rows)
    return replace(part, relation=identifier(view), lines=partial(_at, lines), trimmed=True), groups


def _at(lines: list[int], positions: Sequence[int]) -> list[int]:
    return [lines[position] for position in positions]
