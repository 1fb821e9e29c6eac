"""What is looked for in a workbook's XML before a library builds its sheets: entities, vast sheets, and cells
without a value, which are errors and formulas that nobody has worked out.

A sheet is built as a full rectangle, so two cells in opposite corners of a small file take gigabytes.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.reading.archive import DamagedError, damage
from data.deliveries.reading.scan_ods import ods_area
from data.deliveries.reading.scan_xlsx import sheet_names, xlsx_area
from data.deliveries.reading.unread import CellWithoutValue
from data.foundation.limits import Limits

CHUNK, OVERLAP = 2**18, 2**10  # larger ones leave the processor's cache; a cell with a formula is shorter
PROLOG = 2**16
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ROOT = re.compile(rb"<[A-Za-z_]")
# As programs write a cell up to Z99999: the address first, and once. After any other writing, and that is a
# cell further off too, all places in the sheet are read by a parser. (An address counts more than its row.)
ODD = (
    re.compile(rb"""<c(?! r="[A-Z][0-9]{1,5}+"(?: s="[0-9]++")?+(?: t="[a-zA-Z]++")?+/?+>)[\s/>]"""),
    re.compile(rb":c[\s/>]"),
)
FORMULA = re.compile(rb"f>")  # </f>, and little else
ERROR = b't="e"'  # of a cell that isn't odd
CELLS = b"sheetData"
UNCOUNTED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?r=["'][A-Z]+\d+["'][^>]*><(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    rb"""\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)


@dataclass(frozen=True)
class Scanned:
    """Why a workbook is not built (one finding, or none), and the cells without a value by sheet."""

    refused: list[Group]
    without_value: dict[str, list[CellWithoutValue]] = field(default_factory=dict)


def scanned(path: Path, label: str, kind: str, limits: Limits) -> Scanned:
    """Look for declared entities, sheets that are too vast and cells without a value. Each member is unpacked
    once, one with formulas or errors once more.
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
            cells, without_value = _xlsx(archive) if kind == "XLSX" else ods_area(archive)
    except DamagedError:
        return Scanned([group("broken-workbook", place)])
    if cells > limits.cells:
        return Scanned([group("too-large", place, wording=limits.wording("cells"))])
    return Scanned([], without_value)


def _declares(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 or UTF-32, near enough for the letters in question
    if not plain.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().startswith(b"<"):
        return False  # an image or the like
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or (len(start) == PROLOG and not ROOT.search(plain))


def _xlsx(archive: zipfile.ZipFile) -> tuple[int, dict[str, list[CellWithoutValue]]]:
    """Cells of the largest rectangle from A1 to a filled cell, among members that are odd; cells without
    a value.
    """
    most, by_sheet = 0, {}
    sheets = sheet_names(archive)
    for member in archive.infolist():
        odd = errors = formulas = False
        with archive.open(member) as xml:
            for part in _tags(xml):
                odd = odd or any(each.search(part) is not None for each in ODD)
                errors = errors or ERROR in part
                formulas = formulas or FORMULA.search(part) is not None
        sheet = sheets.get(member.filename)
        if odd or (sheet is not None and (errors or (formulas and _uncounted(archive, member)))):
            cells, without_value = _area(archive, member)
            most = max(most, cells) if odd else most
            if sheet is not None and without_value:
                by_sheet[sheet] = without_value
    return most, by_sheet


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
