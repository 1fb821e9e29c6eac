"""Sessions that end because of what somebody else did: which, and why, as the log says it."""

import sqlite3
from collections import Counter
from collections.abc import Mapping

from data.access import audit
from data.foundation.settings import Settings

ACTION = "session: ended"
Ended = Mapping[str, int]  # how many, by account
NONE: Ended = {}


def of_account(connection: sqlite3.Connection, name: str, but: str = "") -> Ended:
    """All sessions of an account, but for the one of this name in the store."""
    return _ended(connection, "name = ? and token <> ?", name, but)


def of_group(connection: sqlite3.Connection, group: str) -> Ended:
    """All of whoever was in this group when they signed in."""
    return _ended(connection, 'token in (select token from session_groups where "group" = ?)', group)


def of_subject(connection: sqlite3.Connection, issuer: str, subject: str, groups: frozenset[str]) -> Ended:
    """All of somebody outside who was in other groups with rights then than in these."""
    rows = connection.execute(
        'select token, "group" from sessions left join session_groups using (token) '
        "where issuer = ? and subject = ?",
        (issuer, subject),
    ).fetchall()
    held: dict[str, set[str]] = {}
    for row in rows:
        held.setdefault(row["token"], set()).update({row["group"]} - {None})
    many: Counter[str] = Counter()
    for token in (token for token, then in held.items() if then != groups):
        many.update(_ended(connection, "token = ?", token))
    return many


def noted(settings: Settings, ended: Ended, why: str) -> None:
    """Write down whose sessions ended, and why. Raises DamagedAuditError."""
    for name, many in ended.items():
        audit.note(settings, name, ACTION, f"{why} ({many})")


def _ended(connection: sqlite3.Connection, which: str, *values: str) -> Ended:
    rows = connection.execute(f"delete from sessions where {which} returning name", values)
    return Counter(row["name"] for row in rows.fetchall())
