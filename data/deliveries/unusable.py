"""A store that can't be used: full, read-only, damaged. One clear error instead of the system's many."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.errors import DashboardError


class StoreError(DashboardError):
    """The store can't be read or written: a full disk, a read-only folder."""

    def __str__(self) -> str:
        path, store, reason = self.args
        about, undone = (f"{path}: the", "taken over") if path else ("The", "changed")
        return (
            f"{about} store {store} can't be used ({reason}). Nothing was {undone}. "
            "Make room or give the right to write, and do it again."
        )


ANY: tuple[type[Exception], ...] = (OSError, sqlite3.Error, duckdb.Error)
DISK: tuple[type[Exception], ...] = (  # of a build, where other errors of DuckDB are faults of a query
    OSError,
    sqlite3.Error,
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)


@contextmanager
def clearly(store: Path, path: Path | str = "", errors: tuple[type[Exception], ...] = ANY) -> Iterator[None]:
    """Whatever the system says about the store is raised as `StoreError`."""
    try:
        yield
    except errors as error:
        if isinstance(error, BrokenPipeError):  # that is about who reads the output, not about the store
            raise
        if isinstance(error, duckdb.Error) and not isinstance(error, DISK):
            # Errors of reading cite the line of the file, with the values in it: neither log may hold them.
            raise StoreError(path, store, type(error).__name__) from None
        raise StoreError(path, store, str(error)) from error
