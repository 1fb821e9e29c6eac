"""`access.sqlite`: accounts, rights, invitations, sessions. Only whoever runs the program may read the file.

What opens a door by itself (a session, an invitation, a recovery code) is kept as its SHA-256 alone, so that
a copy of the file opens none.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.foundation import durable, sql
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

FILE = "access.sqlite"
VERSION = 4
BUSY_SECONDS = 20


class DamagedAccessError(DashboardError):
    """The accounts can't be read."""

    exit_code = 6

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{FILE} in the store can't be read ({reason}). Nobody can sign in until it is put back from a "
            "backup, or moved away, so that accounts are made anew with `python -m data account add`."
        )


@contextmanager
def opened(settings: Settings) -> Iterator[sqlite3.Connection]:
    """The accounts, for reading and writing, each statement by itself. Raises DamagedAccessError."""
    path = settings.store / FILE
    try:
        if not path.exists():
            _make(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("pragma foreign_keys = on")
            connection.execute("pragma synchronous = full")
            _bring_up(connection)
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise DamagedAccessError(str(error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; others who write wait."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    connection.execute("commit")


def token() -> str:
    """A new secret that opens a door: 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """As what a secret of 50 random bits or more is kept. (A password has fewer: see `passwords`.)"""
    return hashlib.sha256(secret.encode()).hexdigest()


def _make(path: Path) -> None:
    """With its rights from the first moment on: a file that others could read for a blink was read."""
    durable.mkdir(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _bring_up(connection: sqlite3.Connection) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise DamagedAccessError(f"it was made by a newer program, version {version}")
    if version == VERSION:
        return
    with transaction(connection):
        # Another process may have been first.
        version = connection.execute("pragma user_version").fetchone()[0]
        for step in range(version + 1, VERSION + 1):
            for statement in sql.beside(__file__, f"tables/access_{step}").split(";\n"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {step}")
