"""What a copy knows of its publisher: where, with which key, and when it last asked. Beside the releases, so
that a process for the public can read it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from data.foundation import durable, storedjson
from data.releases import shelf

AHEAD = timedelta(minutes=5)  # by which the clocks of two machines may differ


@dataclass(frozen=True)
class Copy:
    """Whom this store follows. `key` is the public key that was pinned, `serial` the highest that a list of
    it had; `asked_at`: when all that was published was here last, None before the first time; `looked_at`:
    when every byte was compared last. Times are UTC.
    """

    address: str
    key: str
    serial: int
    pinned_at: datetime
    asked_at: datetime | None = None
    looked_at: datetime | None = None

    def is_behind(self, minutes: int) -> bool:
        """Whether the publisher was not reached for so long, or the clock says that this can't be known."""
        if self.asked_at is None:
            return True
        return not -AHEAD <= datetime.now(UTC) - self.asked_at <= timedelta(minutes=minutes)


def of(store: Path) -> Copy | None:
    """Whom this store follows; None where it is no copy. Raises DamagedFileError."""
    path = store / shelf.FOLDER / shelf.COPY
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _read(path, (found.st_ino, found.st_mtime_ns, found.st_size))


def keep(store: Path, copy: Copy) -> None:
    """Write it down, as a whole."""
    durable.replace(store / shelf.FOLDER / shelf.COPY, storedjson.text(copy, indent=1))


def asked(store: Path, copy: Copy, *, looked: bool) -> Copy:
    """All that was published is here now."""
    now = datetime.now(UTC)
    known = replace(copy, asked_at=now, looked_at=now if looked else copy.looked_at)
    keep(store, known)
    return known


@lru_cache(maxsize=8)
def _read(path: Path, _: tuple[int, ...]) -> Copy:
    return storedjson.read_file(Copy, path, newer=True)
