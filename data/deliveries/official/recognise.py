"""Which of the files that are handed in is the official list of municipalities, told by how it begins."""

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from data.deliveries.format.names import is_leftover
from data.deliveries.reading import archive

START = 2**12
HEAD = 2**17
BESIDE = frozenset({".pdf", ".docx", ".doc", ".html", ".htm"})  # what describes a list, beside it
NOTES = re.compile(r"(?:hinweis|liesmich|readme|erl[aä]ut)[^/]*\.txt", re.IGNORECASE)  # Hinweise.txt
RECORD = re.compile(rb"(?:\xef\xbb\xbf)?(?:10|20|30|40|50|60)(?:19|20)\d{6}\d{2}[ \d]{10}[^\r\n]{50,}")
SHEET = re.compile(rb"Onlineprodukt_Gemeinden")
HEADINGS = (
    re.compile(rb"Satz-?\s*art"),
    re.compile(rb"Text-?\s*kenn-?\s*zeichen"),
    re.compile(rb"Gemeindename"),
)
STRINGS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")


def is_official(path: Path) -> bool:
    """Whether a file, an archive or a folder is such a list: one file, with nothing but descriptions beside.

    Only beginnings are looked at, so a delivery pays nothing for it. Whoever reads it has to doubt it again.
    """
    try:
        if path.is_dir():
            inside = (each for each in path.rglob("*") if not is_leftover(each.relative_to(path).parts))
            files = [each for each in inside if each.is_file() and not is_beside(each.name)]
            return len(files) == 1 and is_list(files[0])
        return path.is_file() and (is_list(path) or _is_archived(path))
    except OSError:
        return False


def is_text_form(start: bytes) -> bool:
    """Whether a file that begins like this is such a list as text (GV100AD)."""
    return RECORD.match(start) is not None


def is_beside(name: str) -> bool:
    """Whether a file of this name describes the list that it lies beside."""
    return PurePosixPath(name).suffix.lower() in BESIDE or is_notes(name)


def is_notes(name: str) -> bool:
    """Whether a file of this name holds the notes on an edition, which say as of when its inhabitants are."""
    return NOTES.fullmatch(PurePosixPath(name).name) is not None


def is_list(path: Path) -> bool:
    """Whether one file is such a list. Raises OSError."""
    kind = archive.kind(path)
    with path.open("rb") as file:
        if kind == "CSV":
            start = file.read(START)
            return is_text_form(start) or all(heading.search(start) for heading in HEADINGS)
        return kind == "XLSX" and _is_book(file)


def _is_book(file: IO[bytes]) -> bool:
    try:
        with archive.damage(), zipfile.ZipFile(file) as book:
            if SHEET.search(_head(book, "xl/workbook.xml")):
                return True
            return any(
                all(heading.search(text) for heading in HEADINGS)
                for text in (_head(book, name) for name in STRINGS)
            )
    except archive.DamagedError:
        return False


def _is_archived(path: Path) -> bool:
    if archive.kind(path) != "ZIP":
        return False
    try:
        with archive.damage(), zipfile.ZipFile(path) as packed:
            names = [
                name
                for name in packed.namelist()
                if not name.endswith("/")
                and not is_leftover(PurePosixPath(name).parts)
                and not is_beside(name)
            ]
            if len(names) != 1:
                return False
            if is_text_form(_head(packed, names[0])[:START]):
                return True
            with packed.open(names[0]) as member:
                return member.read(2) == b"PK" and _is_book(packed.open(names[0]))
    except archive.DamagedError:
        return False


def _head(book: zipfile.ZipFile, name: str) -> bytes:
    if name not in book.namelist():
        return b""
    with book.open(name) as member:
        return member.read(HEAD)
