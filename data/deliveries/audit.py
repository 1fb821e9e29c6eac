"""The audit log of the register: who did what when. It is only added to."""

import sqlite3
from datetime import UTC, datetime
from typing import Any


def note(
    register: sqlite3.Connection, action: str, who: str, sha256: str | None, sender: str | None, text: str
) -> None:
    """One line more in the audit log; inside a transaction it stands or falls with it."""
    register.execute(
        "insert into audit (at, who, action, sha256, sender, note) values (?, ?, ?, ?, ?, ?)",
        [now(), who, action, sha256, sender, text],
    )


def entries(register: sqlite3.Connection) -> list[dict[str, Any]]:
    """Who did what when, the oldest first."""
    return [dict(row) for row in register.execute("select * from audit order by id")]


def now() -> str:
    """The time in UTC, as the register writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
