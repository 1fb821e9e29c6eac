"""One CSV file: encoding, separator, header, rows as a relation of text columns, line numbers.

The encoding is found from the bytes of a file, which is read as a copy in UTF-8 where it has another one.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.deliveries.format.margins import Row
from data.deliveries.format.names import BROKEN_MARK, INVISIBLE, known_cells
from data.foundation.limits import FIELD_CHARACTERS, HEADER_BYTES, LIMITS, Limits
from data.foundation.sql import identifier, literal

LOOKED_AT = 200  # records in which a header is looked for that is not the first line
HEADER_WITHIN = 20  # lines above a header
TAIL = 2**16  # bytes at the end of a file in which rows below the table are looked for
CHUNK = 2**18  # bytes or characters at a time; larger ones leave the processor's cache and are slower
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
FEW = 16  # letters that are replaced one after the other

csv.field_size_limit(FIELD_CHARACTERS)


class LongLineError(csv.Error):
    """A line is over the limit `line_characters`."""


@dataclass(frozen=True)
class Header:
    """The header of a CSV file: its first line, and how many lines and how many records end with it.

    A header with a line break in quotes is one record in several lines; DuckDB skips records. `above`: line
    and cells of what stands above it.
    """

    separator: str
    cells: tuple[str, ...]
    line: int
    lines: int
    records: int
    above: tuple[Row, ...] = ()


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


def header(path: Path, known: Callable[[Sequence[str]], int] = known_cells) -> Header | None:
    """The header of a UTF-8 file, or None if none of the separators makes known columns of it."""
    with path.open("rb") as file:
        sample = file.read(HEADER_BYTES).decode("utf-8-sig", errors="ignore")
    first = sample.split("\n", 1)[0].strip().lower()
    told = first[4:5] if first.startswith("sep=") else None  # Excel's own first line
    found = [_header(sample, separator, known) for separator in ([told] if told else [";", ",", "\t", "|"])]
    best = max(found, key=lambda header: known(header.cells) if header else 0)
    return best if best and known(best.cells) else None


def further_down(path: Path, known: Callable[[Sequence[str]], int] = known_cells) -> int | None:
    """The line that looks like the header where the first one doesn't: it has the most known columns, two at
    least. None if there is no such line among the first bytes.
    """
    with path.open("rb") as file:
        sample = file.read(HEADER_BYTES).decode("utf-8-sig", errors="ignore")
    best, at = 1, None
    for separator in (";", ",", "\t", "|"):
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        begins = 1
        with suppress(csv.Error):
            for number, record in enumerate(reader):
                if number >= LOOKED_AT:
                    break
                if (found := known(record)) > best:
                    best, at = found, begins
                begins = reader.line_num + 1
    return at


def first_line(path: Path) -> tuple[bool, int]:
    """Whether the first line goes on behind what is searched for a header; the most cells it may have."""
    with path.open("rb") as file:
        sample = file.read(HEADER_BYTES)
        more = bool(file.read(1))
    line, end, _ = sample.partition(b"\n")
    return more and not end, 1 + max(line.count(separator) for separator in (b";", b",", b"\t", b"|"))


def rows(path: Path, header: Header, target: Path) -> tuple[Path, int]:
    """A file for DuckDB to read the rows from, and how many records it has to skip there.

    The file itself, unless its header has line breaks in quotes: DuckDB takes the first line break for the
    one that ends a record, and where rows end otherwise (Excel: LF in a cell, CRLF behind a row) it skips
    them all without a word. Then, and below titles, it is a copy at `target` that begins below the header.
    """
    if header.lines == header.records and not header.above:
        return path, header.records
    with path.open(encoding="utf-8-sig", newline="") as source, target.open("wb") as copy:
        for _ in range(header.lines):
            source.readline()
        while chunk := source.read(CHUNK):
            copy.write(chunk.encode())
    return target, 0


def relation(path: Path, header: Header, columns: tuple[str, ...], skip: int, limits: Limits = LIMITS) -> str:
    """SQL that reads the rows strictly: every value as text; too few or too many fields are an error, and so
    is a cell or line that `records` may not read or that is too long.
    """
    longest = min(limits.cell_characters, FIELD_CHARACTERS)
    # In bytes, which are never fewer than characters and cost nothing to count.
    too_long = " or ".join(f"strlen({identifier(column)}) > {longest}" for column in columns)
    struct = ", ".join(f"{literal(column)}: 'varchar'" for column in columns)
    return (
        f"(from read_csv({literal(str(path))}, auto_detect = false, header = false, skip = {skip}, "
        f"delim = {literal(header.separator)}, quote = '\"', escape = '\"', columns = {{{struct}}}, "
        f"strict_mode = true, null_padding = false, nullstr = [''], "
        f"max_line_size = {limits.line_characters}) "
        f"where case when {too_long} then error('cell too long') else true end)"
    )


def records(path: Path, header: Header, limits: Limits = LIMITS) -> Iterator[tuple[int, list[str]]]:
    """Every record after the header that has a value, with the line in which it begins. Raises csv.Error."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _bounded(file, limits)
        for _ in range(header.lines):
            next(lines, None)
        reader = csv.reader(lines, delimiter=header.separator, strict=True)
        begins = header.lines + 1
        for record in reader:
            if any(record):
                yield begins, record
            begins = header.lines + reader.line_num + 1


def _bounded(file: io.TextIOWrapper, limits: Limits) -> Iterator[str]:
    while line := file.readline(limits.line_characters):
        if len(line) >= limits.line_characters:
            raise LongLineError("line longer than the limit")
        yield line


def _header(sample: str, separator: str, known: Callable[[Sequence[str]], int]) -> Header | None:
    """The first line that is not blank; or, if it has no two known columns, the one below with the most."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    begins, best, most = 1, None, 0
    above: list[Row] = []
    with suppress(csv.Error):
        for number, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record) and not record[0].lower().startswith("sep="):
                cells = tuple(cell.removeprefix(BROKEN_MARK).strip(INVISIBLE) for cell in record)
                found = known(cells)
                if best is None or (found > 1 and found > most):
                    best, most = (
                        Header(separator, cells, begins, reader.line_num, number, tuple(above)),
                        found,
                    )
                above.append((begins, cells))
                if most > 1 and len(above) == 1:
                    break
            begins = reader.line_num + 1
            if len(above) > HEADER_WITHIN:
                break
    return best


def last_rows(path: Path, header: Header) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where each of the last lines below the header begins (byte), and its cells, the last one first.

    Ends at a line with half a pair of quotes: it is part of a record of several lines.
    """
    with path.open("rb") as file:
        first = sum(len(file.readline()) for _ in range(header.lines))
        end = file.seek(0, io.SEEK_END)
        start = file.seek(max(first, end - TAIL))
        tail = file.read()
    lines = tail.splitlines(keepends=True)
    for at in range(len(lines) - 1, -1 if start == first else 0, -1):
        end -= len(lines[at])
        text = lines[at].decode("utf-8", errors="replace").rstrip("\r\n")
        if text.count('"') % 2:
            return
        yield end, tuple(next(csv.reader([text], delimiter=header.separator), ()))


def cut(path: Path, size: int, target: Path) -> int:
    """Copy the first bytes of a file to `target`; the number of lines that they are."""
    lines = 0
    with path.open("rb") as source, target.open("wb") as copy:
        while size and (chunk := source.read(min(CHUNK, size))):
            size -= copy.write(chunk)
            lines += chunk.count(b"\n")
    return lines


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
