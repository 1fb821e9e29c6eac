"""What a copy gets from its publisher: over TLS, from that host alone, bounded in bytes and in seconds.

Nothing that the other side says decides how much is taken in: sizes come from the signed list, the list
itself has a limit. No answer leads anywhere else.
"""

import errno
import http.client
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from data import VERSION
from data.foundation.connections import is_loopback
from data.foundation.errors import DashboardError
from data.foundation.settings import ADDRESS

QUIET_SECONDS = 20.0  # without a byte
SMALL_SECONDS = 30.0  # for a list or a manifest, all of it
SLOWEST = 20_000  # bytes a second, on the whole
PIECE = 1 << 18
OK, PART, BEYOND = 200, 206, 416
OWN_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.ELOOP)


class WrongAddressError(DashboardError):
    """An address that no copy follows."""

    exit_code = 2

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url!r} can't be followed. Give the address of a dashboard as people type it, with https:// "
            "(http:// on this machine alone)."
        )


class UnreachedError(DashboardError):
    """The publisher was not reached, or did not answer in time or in the form that was asked for."""

    exit_code = 1

    def __init__(self, what: str) -> None:
        super().__init__(f"The publisher was not reached: {what}. The copy stays as it is.")


class TooMuchError(DashboardError):
    """More bytes than its list says."""

    exit_code = 4

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is larger than was signed. Nothing of it was taken over.")


@dataclass(frozen=True)
class Publisher:
    """The address of an installation, as people type it."""

    url: str

    def __post_init__(self) -> None:
        """Raises WrongAddressError."""
        parts = urlsplit(self.url)
        here = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not ADDRESS.fullmatch(self.url) or not (parts.scheme == "https" or here):
            raise WrongAddressError(self.url)

    def small(self, path: str, most: int) -> bytes:
        """The answer of at most so many bytes. Raises UnreachedError, TooMuchError."""
        with self._asked(path, SMALL_SECONDS, {}) as answer:
            if answer.status != OK:
                raise UnreachedError(_said(answer))
            content = answer.read(most + 1)
            if len(content) > most:
                raise TooMuchError(path.rpartition("/")[2])
            if answer.length:
                raise UnreachedError("the answer ended too early")
            return content

    def file(self, path: str, to: Path, size: int, etag: str) -> int:
        """Bring a file of this size to `to`, from where an earlier try ended; gives the bytes that came.

        What came is on the disk whatever is raised: UnreachedError, TooMuchError, OSError.
        """
        there = to.stat().st_size if to.exists() else 0
        if there >= size:
            return 0
        asked = {"Range": f"bytes={there}-", "If-Range": etag} if there else {}
        with self._asked(path, SMALL_SECONDS + (size - there) / SLOWEST, asked) as answer:
            if answer.status == BEYOND:
                to.unlink()
                raise UnreachedError("what had come of a file before does not belong to it; it begins anew")
            if (
                answer.status == PART
                and answer.headers["Content-Range"] != f"bytes {there}-{size - 1}/{size}"
            ):
                raise UnreachedError("it sent another part of a file than it was asked for")
            if answer.status not in (OK, PART):
                raise UnreachedError(_said(answer))
            if answer.status == OK:
                there = 0
            return _written(answer, to, there, size)

    @contextmanager
    def _asked(
        self, path: str, seconds: float, headers: dict[str, str]
    ) -> Iterator[http.client.HTTPResponse]:
        """The answer to one request; after so many seconds its connection ends, whatever the other does."""
        own = urlsplit(self.url)
        host = own.hostname or ""
        connection = http.client.HTTPConnection(host, own.port, timeout=QUIET_SECONDS)
        if own.scheme == "https":
            trust = ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, own.port, timeout=QUIET_SECONDS, context=trust)
        late = threading.Event()
        ended = threading.Timer(seconds, _cut, (connection, late))
        ended.daemon = True
        try:
            connection.connect()
            ended.start()
            connection.request(
                "GET",
                own.path + path,
                headers={"Accept-Encoding": "identity", "User-Agent": f"dashboard-copy/{VERSION}", **headers},
            )
            yield connection.getresponse()
        except (http.client.HTTPException, OSError) as error:
            if isinstance(error, OSError) and error.errno in OWN_DISK:
                raise
            slow = f"it took longer than {seconds:.0f} s"
            raise UnreachedError(slow if late.is_set() else _why(error)) from None
        finally:
            ended.cancel()
            connection.close()


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """Let whoever reads find the end. Of the socket below TLS, which is in use by another thread."""
    late.set()
    found = connection.sock
    if found is not None:
        with suppress(OSError):
            socket.socket.shutdown(found, socket.SHUT_RDWR)


def _written(answer: http.client.HTTPResponse, to: Path, there: int, size: int) -> int:
    came = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if there else os.O_TRUNC)
    with os.fdopen(os.open(to, flags, 0o600), "wb") as file:
        while piece := answer.read1(PIECE):
            came += len(piece)
            if there + came > size:
                raise TooMuchError("A file")
            file.write(piece)
    if there + came < size:
        raise UnreachedError(f"{size - there - came:,} bytes of a file are missing; the next try goes on")
    return came


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, TimeoutError):
        return f"no answer within {QUIET_SECONDS:.0f} s"
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__


def _said(answer: http.client.HTTPResponse) -> str:
    if 300 <= answer.status < 400:
        return "it leads to another address, which is not followed; give that one"
    return f"it answers {answer.status}"
