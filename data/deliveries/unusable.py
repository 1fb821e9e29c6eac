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


@contextmanager
def clearly(store: Path, path: Path | str = "") -> Iterator[None]:
    """Whatever the system says about the store is raised as `StoreError`."""
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        if isinstance(error, BrokenPipeError):  # that is about who reads the output, not about the store
            raise
        raise StoreError(path, store, str(error)) from error
