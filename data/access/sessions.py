"""Sessions: who is signed in. The browser holds a random token and nothing else; the store holds its hash.

A session ends by itself, by signing out, and with the account: the store is asked on every run and by every
route, so it ends everywhere at once.
"""

import sqlite3
import time

from data.access import accessfile, accounts, passwords, second_factor
from data.access.rights import Entrance, Reader
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

IDLE_SECONDS, LONGEST_SECONDS = 30 * 60, 10 * 3600
NOTED_EVERY_SECONDS = 60  # when it was used last; each click would be a write
FREE_FAILURES = 4  # whoever mistypes does not wait
LONGEST_WAIT_SECONDS = 300
FORGOTTEN_SECONDS = 3600
MOST_NAMES = 10_000  # of which failures are remembered: who tries names must not fill the disk


class RefusedError(DashboardError):
    """Name, password and code don't go together. Which of them is wrong is not said."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Name, password and code do not go together.")


class SlowedError(DashboardError):
    """Too many wrong tries; `seconds` until the next one."""

    exit_code = 2

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many tries. Try again in {seconds} seconds.")


def begin(settings: Settings, name: str, password: str, code: str, now: float | None = None) -> str:
    """Sign in; gives the token for the browser. Raises RefusedError, SlowedError, BusyError.

    A name that does not exist takes as long, is slowed as much and is refused in the same words as one that
    does. `code` is of the app, or a recovery code.
    """
    at = time.time() if now is None else now
    with accessfile.opened(settings) as connection:
        _refuse_if_slowed(connection, name, at)
        row = connection.execute("select * from accounts where name = ?", (name,)).fetchone()
        hashed = row["password"] if row and row["locked_at"] is None else None
        # Counted before it is looked at, so that many at once get no more tries than one after the other.
        _count_failure(connection, name, at)
        if not passwords.fits(password, hashed) or not _code_fits(connection, row, code, at):
            raise RefusedError
        token = accessfile.token()
        with accessfile.transaction(connection):
            connection.execute("delete from failures where name = ?", (accessfile.hashed(name),))
            connection.execute(
                "insert into sessions (token, name, since, used_at) values (?, ?, ?, ?)",
                (accessfile.hashed(token), name, int(at), int(at)),
            )
        return token


def of(settings: Settings, token: str, now: float | None = None, *, used: bool = True) -> Reader | None:
    """Who is signed in under this token, with the rights they have now; None if nobody is.

    `used`: somebody did something; a page that only looks whether its session has ended does not keep it.
    """
    if not token:
        return None
    at, name = int(time.time() if now is None else now), accessfile.hashed(token)
    with accessfile.opened(settings) as connection:
        row = connection.execute(
            "select sessions.name, since, used_at, demonstration from sessions "
            "join accounts on accounts.name = sessions.name where token = ? and locked_at is null",
            (name,),
        ).fetchone()
        if row is None:
            return None
        # In both directions: a clock that was ahead, and was set right, must keep nobody in for a year.
        if abs(at - row["used_at"]) > IDLE_SECONDS or abs(at - row["since"]) > LONGEST_SECONDS:
            connection.execute("delete from sessions where token = ?", (name,))
            return None
        if used and at - row["used_at"] >= NOTED_EVERY_SECONDS:
            connection.execute("update sessions set used_at = ? where token = ?", (at, name))
        entrance = Entrance.DEMONSTRATION if row["demonstration"] else Entrance.SESSION
        return Reader(row["name"], entrance, accounts.grants_of(connection, row["name"], name), name)


def holds(settings: Settings, reader: Reader) -> Reader | None:
    """The same reader as of now, or None if their session has ended since."""
    with accessfile.opened(settings) as connection:
        row = connection.execute("select name from sessions where token = ?", (reader.session,)).fetchone()
        if row is None or row["name"] != reader.name:
            return None
        grants = accounts.grants_of(connection, reader.name, reader.session)
        return Reader(reader.name, reader.entrance, grants, reader.session)


def end(settings: Settings, token: str) -> None:
    """Sign out. It ends in every tab, and a copy of the cookie is worth nothing."""
    with accessfile.opened(settings) as connection:
        connection.execute("delete from sessions where token = ?", (accessfile.hashed(token),))


def end_every(settings: Settings) -> None:
    """Nobody is signed in any more: accounts of a backup bring sessions that may have been ended since."""
    with accessfile.opened(settings) as connection:
        connection.execute("delete from sessions")


def _code_fits(connection: sqlite3.Connection, row: "sqlite3.Row", code: str, at: float) -> bool:
    """Whether the second factor is right. It is used up by this."""
    step = second_factor.step_of(code, row["secret"], row["last_step"], at)
    if step is not None:
        changed = connection.execute(
            "update accounts set last_step = ? where name = ? and last_step < ?", (step, row["name"], step)
        )
        return changed.rowcount == 1
    used = connection.execute(
        "delete from recovery where name = ? and code = ?",
        (row["name"], accessfile.hashed(second_factor.as_kept(code))),
    )
    return used.rowcount == 1


def _refuse_if_slowed(connection: sqlite3.Connection, name: str, at: float) -> None:
    row = connection.execute(
        "select times, last_at from failures where name = ?", (accessfile.hashed(name),)
    ).fetchone()
    if row is None:
        return
    wait = min(2 ** max(0, row["times"] - FREE_FAILURES), LONGEST_WAIT_SECONDS)
    left = row["last_at"] + wait - at
    # More than that is a try of the future: a clock that was set right must keep nobody out for a year.
    if row["times"] > FREE_FAILURES and 0 < left <= wait:
        raise SlowedError(max(1, round(left)))


def _count_failure(connection: sqlite3.Connection, name: str, at: float) -> None:
    with accessfile.transaction(connection):
        connection.execute("delete from failures where last_at < ?", (int(at) - FORGOTTEN_SECONDS,))
        connection.execute(
            "insert into failures (name, times, last_at) values (?, 1, ?) "
            "on conflict (name) do update set times = times + 1, last_at = excluded.last_at",
            (accessfile.hashed(name), int(at)),
        )
        connection.execute(
            "delete from failures where name in "
            "(select name from failures order by last_at desc limit -1 offset ?)",
            (MOST_NAMES,),
        )
