"""People whom somebody else tells apart: the identity provider of the house, or a proxy.

They say who somebody is, and in which groups; what that opens is kept here, and nowhere else.
"""

import hashlib
import re
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from data.access import accessfile, accounts, endings
from data.access.rights import Grant
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

PROXY = "proxy"  # who tells the names that a proxy tells
LONGEST = 255
MOST_GROUPS = 500


class StrangerError(DashboardError):
    """Somebody who is known outside, and has no account here and no group with rights."""

    exit_code = 2

    def __init__(self, identity: "Identity") -> None:
        self.identity = identity
        super().__init__(f"There is no account for {identity.subject!r} of {identity.issuer}.")


class LockedOutError(DashboardError):
    """Somebody whose account is locked."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("This account is locked.")


@dataclass(frozen=True)
class Identity:
    """Who somebody is outside: `subject` is theirs alone and for ever at this `issuer`; `called` is how they
    are named there, which may change and decides nothing.
    """

    issuer: str
    subject: str
    called: str = ""
    groups: frozenset[str] = frozenset()


def begin(settings: Settings, who: Identity, now: float | None = None) -> tuple[str, str]:
    """A session for somebody who was told apart outside; gives the token for the browser and their account.

    Whoever is in a group with rights gets an account at the first time. Whoever is in other groups than
    before has other rights: what was opened before ends. Raises StrangerError, LockedOutError.
    """
    if not is_subject(who.subject):
        raise StrangerError(who)
    at, token = int(time.time() if now is None else now), accessfile.token()
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        groups = _with_rights(connection, who.groups)
        row = connection.execute(
            "select accounts.name, locked_at, by_group from subjects "
            "join accounts on accounts.name = subjects.name where issuer = ? and subject = ?",
            (who.issuer, who.subject),
        ).fetchone()
        if row is not None and row["locked_at"] is not None:
            raise LockedOutError
        ended = endings.of_subject(connection, who.issuer, who.subject, frozenset(groups))
        # An account that a group gave opens nothing without it, unless it was given rights of its own.
        given = row is not None and (not row["by_group"] or accounts.grants_of(connection, row["name"]))
        name = ""
        if groups or given:
            name = row["name"] if row else _made(connection, who, at)
            _let_in(connection, token, (name, at, at, who.issuer, who.subject), groups)
    endings.noted(settings, ended, "other groups at the provider")
    if not name:
        raise StrangerError(who)
    return token, name


def is_subject(text: str) -> bool:
    """Whether this can name somebody: something, not too much, and nothing that can't be seen."""
    return 0 < len(text) <= LONGEST and text.isprintable() and text == text.strip()


def is_of(settings: Settings, name: str, who: Identity) -> bool:
    """Whether an account belongs to this person, or to nobody whom this issuer tells apart."""
    with accessfile.opened(settings) as connection:
        found = connection.execute(
            "select subject from subjects where name = ? and issuer = ?", (name, who.issuer)
        ).fetchall()
    return not found or who.subject in {row["subject"] for row in found}


def link(settings: Settings, name: str, issuer: str, subject: str) -> None:
    """Whoever is this subject outside has this account. Raises AccountError."""
    if not is_subject(subject):
        raise accounts.AccountError(f"{subject!r} can't name anybody.")
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        accounts.must_exist(connection, name)
        taken = connection.execute(
            "select name, by_group from subjects where issuer = ? and subject = ?", (issuer, subject)
        ).fetchone()
        if taken and taken["name"] != name and not taken["by_group"]:
            raise accounts.AccountError(f"{subject} has the account {taken['name']} already.")
        ended = endings.NONE
        if taken and taken["name"] != name:  # the one that a group gave; what it did stays in the log
            ended = endings.of_account(connection, taken["name"])
            connection.execute("delete from accounts where name = ?", (taken["name"],))
        connection.execute(
            "insert into subjects (issuer, subject, name) values (?, ?, ?) "
            "on conflict (issuer, subject) do update set by_group = 0",
            (issuer, subject, name),
        )
    endings.noted(settings, ended, "another account")


def unlink(settings: Settings, name: str) -> None:
    """Nobody outside has this account any more; its sessions end. Raises AccountError."""
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        accounts.must_exist(connection, name)
        connection.execute("delete from subjects where name = ?", (name,))
        ended = endings.of_account(connection, name)
    endings.noted(settings, ended, "unlinked")


def add(settings: Settings, name: str, grants: Iterable[Grant], by: str, of: tuple[str, str]) -> None:
    """A new account for a subject of an issuer, without password and invitation. Raises AccountError."""
    issuer, subject = of
    if not is_subject(subject):
        raise accounts.AccountError(f"{subject!r} can't name anybody.")
    accounts.add(settings, name, grants, by, invited=False)
    try:
        link(settings, name, issuer, subject)
    except accounts.AccountError:
        accounts.remove(settings, name)
        raise


def change_group(settings: Settings, group: str, grants: Iterable[Grant]) -> None:
    """Give everybody in a group these rights in place of those it had. If they are others, the sessions of
    whoever was in it end; who was in it before it had any gets them by signing in anew.
    """
    wanted, ended = frozenset(grants), endings.NONE
    if not is_subject(group):
        raise accounts.AccountError(f"{group!r} can't be the name of a group.")
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        rows = connection.execute('select "right", scope from group_grants where "group" = ?', (group,))
        if wanted != {accounts.grant_of(*row) for row in rows.fetchall()}:
            connection.execute('delete from group_grants where "group" = ?', (group,))
            connection.executemany(
                'insert into group_grants ("group", "right", scope) values (?, ?, ?)',
                [(group, grant.right.value, grant.scope) for grant in wanted],
            )
            ended = endings.of_group(connection, group)
    endings.noted(settings, ended, f"rights of the group {group} changed")


def every_group(settings: Settings) -> dict[str, frozenset[Grant]]:
    """The groups that have rights, by name."""
    found: dict[str, set[Grant]] = {}
    with accessfile.opened(settings) as connection:
        for row in connection.execute('select * from group_grants order by "group"'):
            found.setdefault(row["group"], set()).add(accounts.grant_of(row["right"], row["scope"]))
    return {group: frozenset(grants) for group, grants in found.items()}


def of_accounts(settings: Settings) -> dict[str, tuple[tuple[str, str], ...]]:
    """Issuer and subject of those who have each account, by its name."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    with accessfile.opened(settings) as connection:
        for row in connection.execute("select * from subjects order by name, issuer, subject"):
            found[row["name"]] = (*found.get(row["name"], ()), (row["issuer"], row["subject"]))
    return found


def _let_in(
    connection: sqlite3.Connection, token: str, session: tuple[str, int, int, str, str], groups: list[str]
) -> None:
    kept = accessfile.hashed(token)
    connection.execute(
        "insert into sessions (token, name, since, used_at, issuer, subject) values (?, ?, ?, ?, ?, ?)",
        (kept, *session),
    )
    connection.executemany(
        'insert into session_groups (token, "group") values (?, ?)', [(kept, group) for group in groups]
    )


def _with_rights(connection: sqlite3.Connection, groups: frozenset[str]) -> list[str]:
    if len(groups) > MOST_GROUPS:
        raise DashboardError(f"Somebody is in {len(groups)} groups; at most {MOST_GROUPS} are looked at.")
    known = {row[0] for row in connection.execute('select distinct "group" from group_grants')}
    return sorted(groups & known)


def _made(connection: sqlite3.Connection, who: Identity, at: int) -> str:
    """An account for somebody of a group. It is never one that is there: a name outside proves nothing."""
    name = re.sub(r"[^\w.@+-]+", "-", who.called or who.subject)[:45].strip("-.@+")
    if not accounts.NAME.fullmatch(name) or accounts.exists(connection, name):
        mark = hashlib.sha256(f"{who.issuer}\0{who.subject}".encode()).hexdigest()[:12]
        name = f"{name or 'person'}-{mark}"
    connection.execute(
        "insert into accounts (name, made_at, made_by) values (?, ?, ?)", (name, at, who.issuer)
    )
    connection.execute(
        "insert into subjects (issuer, subject, name, by_group) values (?, ?, ?, 1)",
        (who.issuer, who.subject, name),
    )
    return name
