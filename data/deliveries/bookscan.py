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
from data.deliveries.sheetnames import sheet_names
from data.deliveries.wording import Place, group

CHUNK, OVERLAP = 2**20, 2**10  # a cell's opening tag is shorter than the overlap
PROLOG = 2**16
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ROOT = re.compile(rb"<[A-Za-z_]")
# Beyond column Z or row 99,999: only then every cell's address is read.
FAR = re.compile(rb"""r(?:=["'](?:[A-Za-z]{2}|[A-Za-z]?\d{6})|\s+=|=\s)""")
FILLED = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,7})(\d{1,10})["'][^>]*(?<!/)>""")
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
    """Cells of the largest rectangle from A1 to a filled cell, among members that reach far; formulas."""
    most, formulas = 0, set()
    for member in archive.infolist():
        far = False
        with archive.open(member) as xml:
            for part in _parts(xml):
                far = far or FAR.search(part) is not None
                if b"f>" in part:  # </f>, and little else
                    formulas.add(member.filename)
        if far:
            with archive.open(member) as xml:
                most = max(most, _area(xml))
    return most, frozenset(formulas)


def _area(xml: IO[bytes]) -> int:
    width = height = 0
    for part in _parts(xml):
        for letters, digits in FILLED.findall(part):
            width, height = max(width, _column(letters)), max(height, int(digits))
    return width * height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parts(xml: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while chunk := xml.read(CHUNK):
        yield before + chunk
        before = chunk[-OVERLAP:]
