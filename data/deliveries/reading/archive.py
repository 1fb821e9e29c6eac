"""ZIP archives, unpacked with suspicion: names are never used as paths, sizes are counted while unpacking."""

import errno
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from data.deliveries.format.findings import Group, Place, group
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
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    over = {
        "members": len(members) > limits.members,
        "total_mb": size > limits.total_mb * 2**20,
        "ratio": size > RATIO_FROM_BYTES and size > limits.ratio * max(packed, 1),
    }
    for limit, reached in over.items():
        if reached:
            return [group("too-large", place, wording=limits.wording(limit))]
    if any(member.flag_bits & 1 for member in members):
        return [group("encrypted", place)]
    return []


def unpack(
    path: Path, label: str, scratch: Path, limits: Limits = LIMITS
) -> tuple[list[tuple[str, Path]], list[Group]]:
    """The files of an archive as (name in it, path), under numbers instead of names; or why it is refused."""
    if refused := too_large(path, label, limits):
        return [], refused
    with zipfile.ZipFile(path) as archive:
        members = [
            member
            for member in archive.infolist()
            if not inside(member).endswith("/") and not is_leftover(PurePosixPath(inside(member)).parts)
        ]
        if bad := [group(rule, Place(f"{label}/{m.filename}")) for m in members if (rule := _refused(m))]:
            return [], bad
        if not members:
            return [], [group("empty-folder", Place(label))]
        files = []
        for number, member in enumerate(members):
            target = scratch / f"member-{number}"
            try:
                _unpack(archive, member, target)
            except DamagedError:
                return [], [group("broken-archive", Place(f"{label}/{member.filename}"))]
            files.append((inside(member), target))
    return files, []


def inside(member: zipfile.ZipInfo) -> str:
    """The path of a member; some programs of Windows write it with backslashes."""
    return member.filename.replace("\\", "/")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    left = member.file_size  # the sum of these was compared with the limit
    with damage(), archive.open(member) as reading, target.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise DamagedError("more bytes than the archive's list says")
            writing.write(chunk)


def _refused(member: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(inside(member))
    if stat.S_ISLNK(member.external_attr >> 16):
        return "link"
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "path-outside"
    return None
