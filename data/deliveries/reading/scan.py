"""What is looked for in a workbook's XML before a library builds its sheets: entities, vast sheets, what
reading them would need, and cells without a value, which are errors and formulas that nobody has worked out.

A sheet is built as a full rectangle, so two cells in opposite corners of a small file take gigabytes.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.reading.archive import DamagedError, damage
from data.deliveries.reading.scan_ods import ods_area
from data.deliveries.reading.scan_xlsx import shared_lengths, shared_text, sheet_names, xlsx_area
from data.deliveries.reading.workbooks import CellWithoutValue, Needs
from data.foundation.limits import Limits

CHUNK, OVERLAP = 2**18, 2**10  # larger ones leave the processor's cache; a cell with a formula is shorter
PROLOG = 2**16
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ROOT = re.compile(rb"<[A-Za-z_]")
# As programs write a cell up to Z99999: the address first, and once. After any other writing, and that is a
# cell further off too, all places in the sheet are read by a parser. (An address counts more than its row.)
# A cell with an error (t="e") is odd too: the parser has to find it anyway.
ODD = re.compile(rb"""<c(?! r="[A-Z][0-9]{1,5}+"(?: s="[0-9]++")?(?: t="(?!e")[a-zA-Z]++")?/?>)[\s/>]""")
PREFIX, PREFIXED = b":c", re.compile(rb":c[\s/>]")
FORMULA = b"f>"  # </f>, and little else
CELLS, CELL = b"sheetData", b"<c "
HIDES = b' hidden="'
HIDDEN = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*[^/]>(?!</)""")  # with cells
SHARED = "sharedstrings.xml"
REGULAR_CELLS = 26 * 99_999  # as far as Z99999, behind which a sheet is odd
SHORTEST_CELL = 24  # bytes of one that shares its text: <c t="s"><v>0</v></c>
UNCOUNTED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?r=["'][A-Z]+\d+["'][^>]*><(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    rb"""\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)


@dataclass(frozen=True)
class Scanned:
    """Why a workbook is not built (one finding, or none); by sheet the cells without a value, and how many
    rows are hidden, by hand or by a filter.
    """

    refused: list[Group]
    without_value: dict[str, list[CellWithoutValue]] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)


def scanned(path: Path, label: str, kind: str, limits: Limits) -> Scanned:
    """Look for declared entities, sheets that are too vast, what reading needs, and cells without a value.
    Each member is unpacked once, one with formulas or errors once more, and all if they may need too much.
    """
    place = Place(label)
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            starts = [archive.open(member).read(PROLOG) for member in archive.infolist()]
            if any(start.startswith(UTF16) for start in starts):
                # No program writes it, and no rule below sees it.
                return Scanned([group("broken-workbook", place)])
            if any(map(_declares, starts)):
                return Scanned([group("xml-entities", place)])
            found = _xlsx(archive, limits.workbook_mb) if kind == "XLSX" else ods_area(archive)
    except DamagedError:
        return Scanned([group("broken-workbook", place)])
    needs, without_value, hidden = found
    for limit, over in {
        "members": needs.sheets > limits.members,
        "cells": needs.largest > limits.cells,
    }.items():
        if over:
            return Scanned([group("too-large", place, wording=limits.wording(limit))])
    if needs.mb > limits.workbook_mb:
        wording = {**limits.wording("reading_mb"), "limit": limits.workbook_mb, "other": needs.mb}
        return Scanned([group("memory-needed", place, wording=wording)])
    return Scanned([], without_value, hidden)


def _declares(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 or UTF-32, near enough for the letters in question
    if not plain.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().startswith(b"<"):
        return False  # an image or the like
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or (len(start) == PROLOG and not ROOT.search(plain))


def _xlsx(
    archive: zipfile.ZipFile, most_mb: int
) -> tuple[Needs, dict[str, list[CellWithoutValue]], dict[str, int]]:
    """Cells of the rectangles from A1 to a filled cell and their text; cells without a value; hidden rows.

    Of members that aren't odd it is first said what they need at most; if that is too much, all are counted.
    """
    by_sheet: dict[str, list[CellWithoutValue]] = {}
    hidden_rows: dict[str, int] = {}
    named = sheet_names(archive)
    names, times = dict(reversed(named)), Counter(member for member, _ in named)
    looked_at: list[_Looked] = []
    for member in archive.infolist():
        odd = formulas = False
        hidden = 0
        with archive.open(member) as xml:
            for part in _tags(xml):
                odd = odd or ODD.search(part) is not None
                odd = odd or (PREFIX in part and PREFIXED.search(part) is not None)
                formulas = formulas or FORMULA in part
                hidden += len(HIDDEN.findall(part)) if HIDES in part else 0
        sheet = names.get(member.filename)
        if sheet is not None and hidden:
            hidden_rows[sheet] = hidden
        cells = None
        if odd or (sheet is not None and formulas and _uncounted(archive, member)):
            cells, without_value = _area(archive, member)
            if sheet is not None and without_value:
                by_sheet[sheet] = without_value
        if sheet is not None or cells:
            looked_at.append(_Looked(member, max(times[member.filename], 1), cells))
    needs = _at_most(archive, looked_at)
    return (needs if needs.mb <= most_mb else _counted(archive, looked_at)), by_sheet, hidden_rows


@dataclass(frozen=True)
class _Looked:
    """A member with a sheet, and how often the workbook has it; `cells` is None where nothing counted."""

    member: zipfile.ZipInfo
    times: int
    cells: int | None


def _at_most(archive: zipfile.ZipFile, looked_at: Sequence[_Looked]) -> Needs:
    """As if all of a member were text of its own, and each of its cells shared the longest one besides."""
    needs, lengths = Needs(), _lengths(archive)
    longest = max(lengths, default=0)
    for each in looked_at:
        if each.cells is None:
            needs.cells, needs.sheets = needs.cells + REGULAR_CELLS * each.times, needs.sheets + each.times
        else:
            needs.sheet(each.cells, each.times)
        size = each.member.file_size
        needs.text += (size + size // SHORTEST_CELL * longest) * each.times
    needs.text += sum(lengths)
    return needs


def _counted(archive: zipfile.ZipFile, looked_at: Sequence[_Looked]) -> Needs:
    needs, lengths = Needs(), _lengths(archive)
    for each in looked_at:
        needs.sheet(_area(archive, each.member)[0] if each.cells is None else each.cells, each.times)
        text = each.member.file_size
        with archive.open(each.member) as xml:
            for part in _tags(xml):
                text += shared_text(part, lengths) - part.count(CELL) * SHORTEST_CELL
        needs.text += max(text, 0) * each.times
    needs.text += sum(lengths)
    return needs


def _lengths(archive: zipfile.ZipFile) -> list[int]:
    found: list[int] = []
    for member in archive.infolist():
        if member.filename.lower().endswith(SHARED):  # whatever the folder is called
            with archive.open(member) as xml:
                found += shared_lengths(_tags(xml))
    return found


def _uncounted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as xml:
        return any(UNCOUNTED.search(part) for part in _parts(xml))


def _area(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, list[CellWithoutValue]]:
    """Raises ValueError for a sheet that is no XML; an image that only looks odd has no cells."""
    try:
        with archive.open(member) as xml:
            return xlsx_area(xml)
    except ValueError:
        with archive.open(member) as xml:
            if any(CELLS in part for part in _parts(xml)):
                raise
    return 0, []


def _tags(xml: IO[bytes]) -> Iterator[bytes]:
    """The text in parts that end with a tag's end, so that no tag is cut (or a chunk without one)."""
    before = b""
    while chunk := xml.read(CHUNK):
        part = before + chunk
        end = part.rfind(b">") + 1
        yield part[:end] if end else part
        before = part[end:] if end else part[-OVERLAP:]
    yield before


def _parts(xml: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while chunk := xml.read(CHUNK):
        yield before + chunk
        before = chunk[-OVERLAP:]
