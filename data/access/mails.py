"""Where the weekly digest of an account goes. Who has no address gets none."""

import re

from data.access import accessfile, accounts
from data.access.accounts import Account
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

# One address, with nothing that a header of a mail would be split by.
ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


class NoAddressError(DashboardError):
    """What is no address of a mail."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no mail address.")


def send_to(settings: Settings, name: str, address: str) -> None:
    """Send the digest of an account there from now on; nowhere if empty.

    Raises NoAddressError, AccountError.
    """
    if address and not ADDRESS.fullmatch(address):
        raise NoAddressError(address)
    if not accounts.known(settings, name):
        raise accounts.AccountError(
            f"There is no account {name}. `python -m data account list` names those there are."
        )
    with accessfile.opened(settings) as connection, accessfile.transaction(connection):
        connection.execute("delete from mails where name = ?", (name,))
        if address:
            connection.execute("insert into mails (name, address) values (?, ?)", (name, address))


def recipients(settings: Settings) -> tuple[tuple[Account, str], ...]:
    """Accounts that are not locked, each with the address of its digest."""
    with accessfile.opened(settings) as connection:
        where = dict(map(tuple, connection.execute("select name, address from mails").fetchall()))
    return tuple(
        (one, where[one.name]) for one in accounts.every(settings) if one.name in where and not one.locked
    )
