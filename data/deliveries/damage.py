"""What the standard library raises where an archive is damaged, as one exception."""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

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
