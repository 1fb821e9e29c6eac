"""A store that can't be used: full, read-only. One clear error for it, and another for all else."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.foundation.errors import DamagedFileError, DashboardError, tells_of_absence, tells_of_damage


class StoreError(DashboardError):
    """The store can't be read or written: a full disk, a read-only folder."""

    def __str__(self) -> str:
        path, store, reason = self.args
        about, undone = (f"{path}: the", "taken over") if path else ("The", "changed")
        return (
            f"{about} store {store} can't be used ({reason}). Nothing was {undone}. "
            "Make room or give the right to write, and do it again."
        )


class UnforeseenError(DashboardError):
    """DuckDB could not answer a question, and not because of the disk: an overflow, a fault of the SQL."""

    def __str__(self) -> str:
        path, store, reason = self.args
        about, undone = (f"{path}: an", "taken over") if path else ("An", "changed")
        return (
            f"{about} unforeseen error ({reason}). Nothing was {undone}. `python -m data verify` says "
            f"whether something in the store {store} is damaged; if not, this is a fault of the program: "
            "report it, with the name in brackets."
        )


ANY: tuple[type[Exception], ...] = (OSError, sqlite3.Error, duckdb.Error)
DISK: tuple[type[Exception], ...] = (  # other errors of DuckDB are faults of a question or of what it reads
    OSError,
    sqlite3.Error,
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)


@contextmanager
def clearly(store: Path, path: Path | str = "", errors: tuple[type[Exception], ...] = ANY) -> Iterator[None]:
    """Whatever the system says about the store is raised as `StoreError`, a damaged database as
    `DamagedFileError`, all else as `UnforeseenError`.
    """
    try:
        yield
    except errors as error:
        if isinstance(error, BrokenPipeError):  # that is about who reads the output, not about the store
            raise
        if isinstance(error, duckdb.Error) and (tells_of_damage(error) or tells_of_absence(error)):
            named = re.search(r'"([^"]+)"', str(error))
            raise DamagedFileError(Path(named[1]) if named else store) from error
        if isinstance(error, FileNotFoundError) and (gone := _of_a_release(store, error)):
            raise DamagedFileError(gone, "no file") from error
        if isinstance(error, duckdb.Error) and not isinstance(error, DISK):
            # Errors of reading cite the line of the file, with the values in it: neither log may hold them.
            raise UnforeseenError(path, store, type(error).__name__) from None
        raise StoreError(path, store, str(error)) from error


def _of_a_release(store: Path, error: OSError) -> Path | None:
    """The file that is gone, if it is one of the releases: these are written before they are listed."""
    path = Path(str(error.filename or ""))
    return path if store / "releases" in path.parents else None
