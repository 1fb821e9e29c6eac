"""The encoding of a text file, found from its bytes, and the file as UTF-8."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

CHUNK = 2**20
BOMS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 mit BOM"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Encoding:
    """Python's name of an encoding, the name a person knows, and whether lines end with CR alone."""

    codec: str
    shown: str
    only_cr: bool = False


def found(path: Path) -> Encoding | None:
    """The encoding of a file, or None if it is no text. Reads the file once, in chunks."""
    with path.open("rb") as file:
        start = file.read(4)
    for bom, (codec, shown) in BOMS.items():
        if start.startswith(bom):
            return Encoding(codec, shown, only_cr=codec == "utf-8-sig" and _marks(path).only_cr)
    marks = _marks(path)
    if marks.nul:
        return None
    if marks.utf8:
        return Encoding("utf-8", "UTF-8", marks.only_cr)
    return _one_byte(path, marks.only_cr)


def _one_byte(path: Path, only_cr: bool) -> Encoding | None:
    windows = euro_of_iso = False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.isascii():
                continue
            if NOT_IN_WINDOWS.search(chunk):
                return None
            windows = windows or bool(ONLY_WINDOWS.search(chunk))
            euro_of_iso = euro_of_iso or b"\xa4" in chunk
    # ISO 8859-15 has nothing at 0x80 to 0x9F, and nobody writes the currency sign of Windows-1252 (0xA4).
    if euro_of_iso and not windows:
        return Encoding("iso-8859-15", "ISO 8859-15", only_cr)
    return Encoding("cp1252", "Windows-1252", only_cr)


def as_utf8(path: Path, encoding: Encoding, target: Path) -> Path:
    """The file itself if it is plain UTF-8, else a copy of it in UTF-8 at `target`. Raises UnicodeError."""
    if encoding.codec == "utf-8" and not encoding.only_cr:
        return path
    newline = None if encoding.only_cr else ""
    with (
        path.open(encoding=encoding.codec, newline=newline) as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        while chunk := source.read(CHUNK):
            copy.write(chunk)
    return target


@dataclass
class _Marks:
    utf8: bool = True
    nul: bool = False
    newline: bool = False
    carriage_return: bool = False

    @property
    def only_cr(self) -> bool:
        return self.carriage_return and not self.newline


def _marks(path: Path) -> _Marks:
    marks, decoder = _Marks(), codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while (chunk := file.read(CHUNK)) and not marks.nul:
            marks.nul = b"\0" in chunk
            marks.newline = marks.newline or b"\n" in chunk
            marks.carriage_return = marks.carriage_return or b"\r" in chunk
            if marks.utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
                marks.utf8 = _decodes(decoder, chunk)
    marks.utf8 = marks.utf8 and not decoder.getstate()[0]
    return marks


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True
