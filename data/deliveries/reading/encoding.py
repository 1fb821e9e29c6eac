"""The encoding of a text file, found from its bytes, and the file as UTF-8."""

import codecs
from dataclasses import dataclass
from pathlib import Path

CHUNK = 2**18  # larger ones leave the processor's cache and are slower
BOMS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 mit BOM"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)  # the first one begins like UTF-16
ASCII = bytes(range(0x80))
ONLY_WINDOWS = frozenset(range(0x80, 0xA0))
NOT_IN_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")
# € Š š ž of ISO 8859-15 are ¤ ¦ ¨ ¸ in Windows-1252, which nobody writes in a table of cases.
ISO_15 = frozenset(b"\xa4\xa6\xa8\xb8")


FEW = 16


@dataclass(frozen=True)
class Encoding:
    """Python's name of an encoding, the name a person knows, and whether lines end with CR alone.

    `high`: the bytes beyond ASCII that occur, in an encoding of one byte a letter.
    """

    codec: str
    label: str
    only_cr: bool = False
    high: bytes = b""


def detect(path: Path) -> Encoding | None:
    """The encoding of a file, or None if it is no text. Reads the file once or twice, in chunks."""
    with path.open("rb") as file:
        start = file.read(4)
    if start in UTF32:
        return None
    for bom, (codec, label) in BOMS.items():
        if start.startswith(bom):
            return _with_bom(path, codec, label)
    marks = _marks(path)
    if marks.nul:
        return None
    if marks.utf8:
        return Encoding("utf-8", "UTF-8", marks.only_cr)
    return _one_byte(path, marks.only_cr)


def as_utf8(path: Path, encoding: Encoding, target: Path) -> Path:
    """The file itself if it is plain UTF-8, else a copy of it in UTF-8 at `target`. Raises UnicodeError."""
    if encoding.codec == "utf-8" and not encoding.only_cr:
        return path
    if (letters := _letters(encoding)) and not encoding.only_cr:
        _replace(path, letters, target)
        return target
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            text = decoder.decode(chunk)
            copy.write((text.replace("\r", "\n") if encoding.only_cr else text).encode())
        decoder.decode(b"", final=True)
    return target


def _letters(encoding: Encoding) -> list[tuple[bytes, bytes]]:
    """Each letter and its UTF-8, if they can be replaced one after the other: a third of decoding's time."""
    letters = [(bytes([byte]), bytes([byte]).decode(encoding.codec).encode()) for byte in encoding.high]
    clash = any(later in utf8 for at, (_, utf8) in enumerate(letters) for later, _ in letters[at + 1 :])
    return [] if clash or len(letters) > FEW else letters


def _replace(path: Path, letters: list[tuple[bytes, bytes]], target: Path) -> None:
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            for letter, utf8 in letters:
                chunk = chunk.replace(letter, utf8)
            copy.write(chunk)


def _with_bom(path: Path, codec: str, label: str) -> Encoding | None:
    if codec == "utf-16":
        return Encoding(codec, label)
    marks = _marks(path)
    return Encoding(codec, label, marks.only_cr) if marks.utf8 and not marks.nul else None


def _one_byte(path: Path, only_cr: bool) -> Encoding | None:
    seen: set[int] = set()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not chunk.isascii():
                seen.update(chunk.translate(None, ASCII))
    if seen & NOT_IN_WINDOWS:
        return None
    high = bytes(sorted(seen))
    if seen & ISO_15 and not seen & ONLY_WINDOWS:
        return Encoding("iso-8859-15", "ISO 8859-15", only_cr, high)
    return Encoding("cp1252", "Windows-1252", only_cr, high)


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
