"""What is looked for in a workbook's XML before a library builds its sheets: entities, vast sheets, formulas.

A sheet is built as a full rectangle, so two cells in opposite corners of a small file take gigabytes.
"""

import re
import zipfile
from collections.abc import Iterator
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
ROOT = re.compile(rb"<[A-Za-z_]")
# Beyond column Z or row 99,999: only then every cell's address is read.
FAR = re.compile(rb"""r(?:=["'](?:[A-Za-z]{2}|[A-Za-z]?\d{6})|\s+=|=\s)""")
FILLED = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,7})(\d{1,10})["'][^>]*(?<!/)>""")
UNCOUNTED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?r=["']([A-Z]+)(\d+)["'][^>]*><(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    rb"""\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)


def unsafe(path: Path, shown: str, kind: str, limits: Limits) -> list[Group]:
    """Why a workbook is not built, each as one finding: declared entities, or a sheet that is too vast."""
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as xml:
                    if _declares(xml.read(PROLOG)):
                        return [group("xml-entities", Place(shown))]
            cells = _xlsx_cells(archive) if kind == "XLSX" else ods_area(archive)
    except DamagedError:
        return [group("broken-workbook", Place(shown))]
    if cells > limits.cells:
        return [group("too-large", Place(shown), wording={"limit": limits.named("cells")})]
    return []


def uncounted(path: Path, shown: str) -> Iterator[Group]:
    """Formulas of an XLSX that hold no value, because no spreadsheet program has worked them out yet."""
    with zipfile.ZipFile(path) as archive:
        for member, sheet in sheet_names(archive).items():
            with archive.open(member) as xml:
                found = next(filter(None, map(_formula, _parts(xml))), None)
            if found:
                column, row = (each.decode() for each in found.groups())
                yield group("formula-without-value", Place(shown, sheet), line=int(row), value=column + row)


def _formula(part: bytes) -> re.Match[bytes] | None:
    return UNCOUNTED.search(part) if b"<f" in part or b":f" in part else None


def _declares(start: bytes) -> bool:
    plain = start.replace(b"\0", b"")  # UTF-16 or UTF-32, near enough for the letters in question
    if not plain.lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip().startswith(b"<"):
        return False  # an image or the like
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain or (len(start) == PROLOG and not ROOT.search(plain))


def _xlsx_cells(archive: zipfile.ZipFile) -> int:
    """Cells of the largest rectangle from A1 to a filled cell, among members that reach far."""
    most = 0
    for member in archive.infolist():
        with archive.open(member) as xml:
            far = any(FAR.search(part) for part in _parts(xml))
        if far:
            with archive.open(member) as xml:
                most = max(most, _area(xml))
    return most


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
