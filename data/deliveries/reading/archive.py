"""ZIP archives, unpacked with suspicion: names are never used as paths, sizes are counted while unpacking."""

import errno
import lzma
import os
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from data.deliveries.format.findings import Group, Place, group, over_limit
from data.deliveries.format.names import is_leftover
from data.foundation.limits import LIMITS, RATIO_FROM_BYTES, Limits

ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
CHUNK = 2**18
UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075  # of an extra field
CODE_PAGES = (
    "cp850",
    "cp437",
    "cp1252",
)  # of Windows in Western Europe, of DOS, and what other programs take
UMLAUTS = frozenset("äöüÄÖÜß")
MARKS = frozenset("éèêëáàâîïóôúûçñåæøœÉÈÁÀÓÚÇÑÅÆØŒ§€–—’‚„“”«»´°²³")


class DamagedError(Exception):
    """An archive or workbook that can't be read to its end."""


@contextmanager
def damage() -> Iterator[None]:
    """Raise `DamagedError` for whatever damage there is; a full disk stays what it is."""
    try:
        yield
    except ERRORS as error:
        raise DamagedError from error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # bz2 says the one, an offset out of the file the other
            raise
        raise DamagedError from error


def kind(path: Path) -> str:
    """`XLSX`, `ODS`, `OLE` and `XLSB` (old, binary or encrypted books), `LETTER` (a text document, slides),
    `ZIP`, else `CSV`: by its bytes.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "OLE"
    if not start.startswith(b"PK"):
        return "CSV"
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            first = archive.open("mimetype").read(CHUNK) if "mimetype" in names else b""
    except DamagedError:
        return "ZIP"
    if "xl/workbook.xml" in names:
        return "XLSX"
    if "xl/workbook.bin" in names:
        return "XLSB"
    if (first and b"spreadsheet" not in first) or "[Content_Types].xml" in names:
        return "LETTER"
    return "ODS" if {"mimetype", "content.xml"} <= names else "ZIP"


def too_large(path: Path, label: str, limits: Limits = LIMITS) -> list[Group]:
    """Why a packed file is not opened: too many members, too large, packed too well, encrypted, damaged."""
    place = Place(label)
    try:
        with damage(), zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except DamagedError:
        return [group("broken-archive", place)]
    # Members may lie over each other: all of them together are then packed into less than they say.
    size = sum(m.file_size for m in members)
    packed = min(sum(m.compress_size for m in members), path.stat().st_size)
    over = {
        "members": len(members) > limits.members,
        "total_mb": size > limits.total_mb * 2**20,
        "ratio": size > RATIO_FROM_BYTES and size > limits.ratio * max(packed, 1),
    }
    for limit, reached in over.items():
        if reached:
            return [over_limit(place, limits, limit)]
    if any(member.flag_bits & 1 for member in members):
        return [group("encrypted", place)]
    return []


def unpack(
    path: Path, label: str, scratch: Path, limits: Limits = LIMITS
) -> tuple[list[tuple[str, Path]], list[Group]]:
    """The files of an archive as (name in it, path), under numbers instead of names; or why it is refused.

    Raises OSError where there is no room for them: before any of it is written.
    """
    if refused := too_large(path, label, limits):
        return [], refused
    with zipfile.ZipFile(path) as archive:
        members = [
            (member, name)
            for member, name in named_members(archive)
            if not name.endswith("/") and not is_leftover(PurePosixPath(name).parts)
        ]
        if bad := [
            group(rule, Place(f"{label}/{name}"))
            for member, name in members
            if (rule := _refused(member, name))
        ]:
            return [], bad
        if not members:
            return [], [group("empty-folder", Place(label))]
        _room(scratch, sum(member.file_size for member, _ in members))
        files = []
        for number, (member, name) in enumerate(members):
            target = scratch / f"member-{number}"
            try:
                _unpack(archive, member, target)
            except DamagedError:
                return [], [group("broken-archive", Place(f"{label}/{name}"))]
            files.append((name, target))
    return files, []


def named_members(archive: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, str]]:
    """Every member with its path as its sender knows it.

    Some programs of Windows write backslashes. Where the flag of UTF-8 is not set, a name is in UTF-8 all the
    same (macOS), or in the code page of whoever packed: then that one in which the names of the whole archive
    look most like German ones.
    """
    every = archive.infolist()
    raw = {each: each.orig_filename.encode("cp437") for each in every if not each.flag_bits & UTF8_FLAG}
    codec = _codec([name for name in raw.values() if not name.isascii()])
    named = []
    for member in every:
        name = _path_beside(member, raw[member]) or _decoded(raw[member], codec) if member in raw else None
        path = (name or member.filename).partition("\0")[0].replace("\\", "/")
        named.append((member, unicodedata.normalize("NFC", path)))
    return named


def _codec(names: list[bytes]) -> str:
    """The encoding of names that are not ASCII. Of code pages that say the same, the first."""
    if all(_decoded(name, "utf-8") is not None for name in names):
        return "utf-8"
    read = {codec: "".join(name.decode(codec, errors="replace") for name in names) for codec in CODE_PAGES}
    return max(CODE_PAGES, key=lambda codec: _german(read[codec]))


def _german(text: str) -> int:
    """How much the signs of a text that are not ASCII look like German ones."""
    return sum(2 if sign in UMLAUTS else 1 if sign in MARKS else -1 for sign in text if not sign.isascii())


def _decoded(name: bytes, codec: str) -> str | None:
    try:
        return name.decode(codec)
    except UnicodeDecodeError:
        return None


def _path_beside(member: zipfile.ZipInfo, raw: bytes) -> str | None:
    """The name in UTF-8 that some programs write beside the other one, if it belongs to it."""
    extra = member.extra
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == UNICODE_PATH and len(field) > 5 and field[1:5] == struct.pack("<I", zlib.crc32(raw)):
            return _decoded(field[5:], "utf-8")
    return None


def _room(folder: Path, size: int) -> None:
    """Raise OSError where the disk would be full before all is unpacked, and others had to wait for room."""
    free = shutil.disk_usage(folder).free
    if size > free:
        need = f"unpacked it takes {-(-size // 2**20):,} MB, free are {free // 2**20:,} MB"
        raise OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)}: {need}")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    left = member.file_size  # the sum of these was compared with the limit
    with damage(), archive.open(member) as reading, target.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise DamagedError("more bytes than the archive's list says")
            writing.write(chunk)


def _refused(member: zipfile.ZipInfo, name: str) -> str | None:
    path = PurePosixPath(name)
    if stat.S_ISLNK(member.external_attr >> 16):
        return "link"
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "path-outside"
    return None
