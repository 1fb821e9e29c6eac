"""What is looked for in a workbook's XML before a library builds its sheets: entities, vast sheets, formulas.

A sheet is built as a full rectangle, so two cells in opposite corners of a small file take gigabytes.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data.deliveries.damage import DamagedError, damage
from data.deliveries.findings import Group
from data.deliveries.limits import Limits
from data.deliveries.odsarea import ods_area
from data.deliveries.sheetarea import xlsx_area
from data.deliveries.sheetnames import sheet_names
from data.deliveries.wording import Place, group

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
CELLS = b"sheetData"
UNCOUNTED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?r=["']([A-Z]+)(\d+)["'][^>]*><(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    rb"""\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)


@dataclass(frozen=True)
class Scanned:
    """Why a workbook is not built (one finding, or none), and the members that hold formulas."""

    refused: list[Group]
    formulas: frozenset[str] = frozenset()


def scanned(path: Path, shown: str, kind: str, limits: Limits) -> Scanned:
    """Look for declared entities and for sheets that are too vast. Each member is unpacked once."""
    place = Place(shown)
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            starts = [archive.open(member).read(PROLOG) for member in archive.infolist()]
            if any(start.startswith(UTF16) for start in starts):
                return Scanned(
                    [group("broken-workbook", place)]
                )  # no program writes it, and no rule below sees it
            if any(map(_declares, starts)):
                return Scanned([group("xml-entities", place)])
            cells, formulas = _xlsx(archive) if kind == "XLSX" else (ods_area(archive), frozenset[str]())
    except DamagedError:
        return Scanned([group("broken-workbook", place)])
    if cells > limits.cells:
        return Scanned([group("too-large", place, wording={"limit": limits.named("cells")})])
    return Scanned([], formulas)


def uncounted(path: Path, shown: str, formulas: frozenset[str]) -> Iterator[Group]:
    """Formulas of an XLSX that hold no value, because no spreadsheet program has worked them out yet."""
    if not formulas:
        return
    with zipfile.ZipFile(path) as archive:
        for member, sheet in sheet_names(archive).items():
            if member in formulas and (found := _first_uncounted(archive, member)):
                column, row = (each.decode() for each in found.groups())
                yield group("formula-without-value", Place(shown, sheet), line=int(row), value=column + row)


def _first_uncounted(archive: zipfile.ZipFile, member: str) -> re.Match[bytes] | None:
    with archive.open(member) as xml:
        return next(filter(None, map(UNCOUNTED.search, _parts(xml))), None)


def _declares(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 or UTF-32, near enough for the letters in question
    if not plain.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().startswith(b"<"):
        return False  # an image or the like
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or (len(start) == PROLOG and not ROOT.search(plain))


def _xlsx(archive: zipfile.ZipFile) -> tuple[int, frozenset[str]]:
    """Cells of the largest rectangle from A1 to a filled cell, among members that are odd; formulas."""
    most, formulas = 0, set()
    for member in archive.infolist():
        odd = False
        with archive.open(member) as xml:
            for part in _tags(xml):
                odd = odd or any(each.search(part) is not None for each in ODD)
                if FORMULA.search(part):
                    formulas.add(member.filename)
        if odd:
            most = max(most, _area(archive, member))
    return most, frozenset(formulas)


def _area(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Raises ValueError for a sheet that is no XML; an image that only looks odd has no cells."""
    try:
        with archive.open(member) as xml:
            return xlsx_area(xml)
    except ValueError:
        with archive.open(member) as xml:
            if any(CELLS in part for part in _parts(xml)):
                raise
    return 0


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
