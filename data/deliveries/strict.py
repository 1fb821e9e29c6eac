"""A CSV file that DuckDB refuses, read record by record: which lines are broken, which rows are sound."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from data.deliveries import csvfile
from data.deliveries.csvfile import Header
from data.deliveries.findings import KEPT_PER_RULE, Finding, Group
from data.deliveries.limits import FIELD_CHARACTERS, LIMITS, Limits
from data.deliveries.longcells import LongCells
from data.deliveries.wording import Place, finding, group, phrase
from data.languages import Texts

BATCH = 50_000
# What Python says -> the phrase for it.
WHY = {"field limit": "too-long-field", "expected after": "text-behind-quote"}
CHUNK, OVERLAP = 2**18, 2**12  # a row of separators alone is shorter than the overlap


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
        for line, record in csvfile.records(path, header, limits):
            total += 1
            if len(record) == len(columns):
                # A row of nothing but blanks is none.
                if not long.among(line, record) and any(cell.strip() for cell in record):
                    rows.append(record)
                    lines.append(line)
            else:
                count += 1
                if count <= KEPT_PER_RULE:
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
    for position, (line, _) in enumerate(csvfile.records(path, header, limits)):
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
    if isinstance(error, csvfile.LongLine):
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
