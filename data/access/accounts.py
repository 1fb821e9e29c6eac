"""Accounts: who there is, what they may do, and the invitation by which they choose a password."""

import re
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from data.access import accessfile, endings, passwords, rights, second_factor
from data.access.rights import Grant, Right
from data.foundation import areas
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

NAME = re.compile(r"[\w][\w.@+-]{1,59}")
INVITED_SECONDS = 7 * 24 * 3600
# Who looks at a demonstration may be each of them.
DEMONSTRATIONS = {
    "ministerium": rights.grants([("read", areas.LAND), ("send", rights.EVERY_SENDER), ("publish", "")]),
    "lra-ludwigsburg": rights.grants([("read", "08118"), ("send", "lra-ludwigsburg")]),
}


class AccountError(DashboardError):
    """An account that is not there, is there already, or can't have this name."""

    exit_code = 2


class InvitationOverError(DashboardError):
    """An invitation that was used, is too old, or never was."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("This invitation is over. Ask for a new one: `python -m data account reset NAME`.")


class WrongCodeError(DashboardError):
    """A code that does not belong to the second factor that was shown."""

    exit_code = 2


@dataclass(frozen=True)
class Account:
    """One account as it is listed. `ready`: somebody can sign in with it, by a password or from outside."""

    name: str
    grants: frozenset[Grant]
    ready: bool
    locked: bool
    made_by: str


@dataclass(frozen=True)
class Invited:
    """Whoever follows an invitation: for whom it is, and the secret of their second factor."""

    name: str
    secret: str


def add(settings: Settings, name: str, grants: Iterable[Grant], by: str, *, invited: bool = True) -> str:
    """A new account; gives the token of its invitation, if it has one. Raises AccountError."""
    if not NAME.fullmatch(name):
        raise AccountError(
            f"{name!r} can't be the name of an account: two to sixty letters, digits, and . @ + - _."
        )
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        if exists(connection, name):
            raise AccountError(
                f"There is an account {name} already. `account rights` changes what it may do."
            )
        connection.execute(
            "insert into accounts (name, made_at, made_by) values (?, ?, ?)", (name, int(time.time()), by)
        )
        _grant(connection, name, grants)
        return _invite(connection, name, by) if invited else ""


def demonstration(settings: Settings, name: str) -> str:
    """Sign in without a password as one of `DEMONSTRATIONS`; gives the token for the browser.

    Whether the store holds nothing but made-up figures is not known here: `data.publish` asks it of each of
    their clicks. Raises AccountError.
    """
    if name not in DEMONSTRATIONS:
        raise AccountError(f"There is no account {name} for demonstrations.")
    token, now = accessfile.token(), int(time.time())
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        if not exists(connection, name):
            connection.execute(
                "insert into accounts (name, made_at, made_by, demonstration) values (?, ?, '', 1)",
                (name, now),
            )
            _grant(connection, name, DEMONSTRATIONS[name])
        connection.execute(
            "insert into sessions (token, name, since, used_at) "
            "select ?, name, ?, ? from accounts where name = ? and demonstration = 1",
            (accessfile.hashed(token), now, now, name),
        )
    return token


def change_rights(settings: Settings, name: str, grants: Iterable[Grant]) -> None:
    """Give an account these rights in place of those it had. Its sessions end if they are other ones, so that
    nothing is left that was drawn, or is still being done, with those of before. Raises AccountError.
    """
    wanted, ended = frozenset(grants), endings.NONE
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        must_exist(connection, name)
        if wanted != grants_of(connection, name):
            connection.execute("delete from grants where name = ?", (name,))
            _grant(connection, name, wanted)
            ended = endings.of_account(connection, name)
    endings.noted(settings, ended, "rights changed")


def lock(settings: Settings, name: str, locked: bool = True) -> None:
    """Keep somebody out from now on, and end their sessions; or let them in again. Raises AccountError."""
    ended = endings.NONE
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        must_exist(connection, name)
        at = int(time.time()) if locked else None
        connection.execute("update accounts set locked_at = ? where name = ?", (at, name))
        if locked:
            ended = endings.of_account(connection, name)
            connection.execute("delete from invitations where name = ?", (name,))
    endings.noted(settings, ended, "locked")


def reset(settings: Settings, name: str, by: str) -> str:
    """Forget password, second factor, sessions; gives the token of a new invitation. Raises AccountError."""
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        must_exist(connection, name)
        for statement in (
            "update accounts set password = null, secret = null, last_step = 0 where name = ?",
            "delete from recovery where name = ?",
            "delete from invitations where name = ?",
        ):
            connection.execute(statement, (name,))
        ended, token = endings.of_account(connection, name), _invite(connection, name, by)
    endings.noted(settings, ended, "reset")
    return token


def remove(settings: Settings, name: str) -> None:
    """Forget an account. What it did stays in the log. Raises AccountError."""
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        must_exist(connection, name)
        ended = endings.of_account(connection, name)
        connection.execute("delete from accounts where name = ?", (name,))
    endings.noted(settings, ended, "removed")


def every(settings: Settings) -> tuple[Account, ...]:
    """All accounts by name."""
    with accessfile.opened(settings) as connection:
        return tuple(
            Account(
                row["name"],
                grants_of(connection, row["name"]),
                row["password"] is not None or bool(row["outside"]),
                row["locked_at"] is not None,
                row["made_by"],
            )
            for row in connection.execute(
                "select *, exists (select 1 from subjects where subjects.name = accounts.name) as outside "
                "from accounts order by name"
            ).fetchall()
        )


def known(settings: Settings, name: str) -> bool:
    """Whether there is an account of this name."""
    with accessfile.opened(settings) as connection:
        return exists(connection, name)


def grants_of(connection: sqlite3.Connection, name: str, session: str = "") -> frozenset[Grant]:
    """What an account may do now, in a session with what the groups of whoever signed in may do."""
    rows = connection.execute(
        'select "right", scope from grants where name = :name union '
        'select "right", scope from group_grants join session_groups using ("group") where token = :session',
        {"name": name, "session": session},
    ).fetchall()
    return frozenset(grant_of(*row) for row in rows)


def grant_of(right: str, scope: str) -> Grant:
    """A right as it is kept."""
    return Grant(Right(right), scope)


def invited(settings: Settings, token: str) -> Invited:
    """For whom an invitation is. Raises InvitationOverError."""
    with accessfile.opened(settings) as connection:
        return _invited(connection, token)


def follow(settings: Settings, token: str, password: str, code: str) -> tuple[str, ...]:
    """Take password and second factor for the account that was invited; gives its recovery codes.

    Raises InvitationOverError, WeakPasswordError, WrongCodeError, BusyError. It is over once it was followed.
    """
    invitation = invited(settings, token)
    passwords.check(password, invitation.name)
    step = second_factor.step_of(code, invitation.secret)
    if step is None:
        raise WrongCodeError("The code does not belong to this second factor. Wait for the next one.")
    hashed, codes = passwords.kept(password), second_factor.recovery_codes()
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        _invited(connection, token)  # somebody may have been faster
        connection.execute(
            "update accounts set password = ?, secret = ?, last_step = ? where name = ?",
            (hashed, invitation.secret, step, invitation.name),
        )
        connection.execute("delete from recovery where name = ?", (invitation.name,))
        connection.executemany(
            "insert into recovery (name, code) values (?, ?)",
            [(invitation.name, accessfile.hashed(second_factor.as_kept(each))) for each in codes],
        )
        connection.execute("delete from invitations where name = ?", (invitation.name,))
    return codes


def exists(connection: sqlite3.Connection, name: str) -> bool:
    """Whether there is such an account."""
    return connection.execute("select 1 from accounts where name = ?", (name,)).fetchone() is not None


def must_exist(connection: sqlite3.Connection, name: str) -> None:
    """Raises AccountError without such an account."""
    if not exists(connection, name):
        raise AccountError(
            f"There is no account {name}. `python -m data account list` names those there are."
        )


def _grant(connection: sqlite3.Connection, name: str, grants: Iterable[Grant]) -> None:
    connection.executemany(
        'insert into grants (name, "right", scope) values (?, ?, ?)',
        [(name, grant.right.value, grant.scope) for grant in grants],
    )


def _invite(connection: sqlite3.Connection, name: str, by: str) -> str:
    token = accessfile.token()
    connection.execute(
        "insert into invitations (token, name, secret, ends_at, made_by) values (?, ?, ?, ?, ?)",
        (
            accessfile.hashed(token),
            name,
            second_factor.new_secret(),
            int(time.time()) + INVITED_SECONDS,
            by,
        ),
    )
    return token


def _invited(connection: sqlite3.Connection, token: str) -> Invited:
    row = connection.execute(
        "select name, secret from invitations where token = ? and ends_at > ?",
        (accessfile.hashed(token), int(time.time())),
    ).fetchone()
    if row is None:
        raise InvitationOverError
    return Invited(row["name"], row["secret"])
