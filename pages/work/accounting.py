"""What the page Konten may do: accounts and what they may do, for who administers them.

Each asks `publish.inside` and stands in the log, with the rights that were given. Nobody changes their own
account here: who administers can't quietly let themselves publish or read; another one has to, or a command.
"""

from collections.abc import Iterable

from data import publish
from data.access import accounts, rights
from data.access.accounts import Account
from data.access.rights import Reader, Right
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from pages.menu import INVITATION
from pages.reading import reader
from pages.work.actions import noted

Given = Iterable[tuple[str, str]]


class OwnAccountError(DashboardError):
    """Somebody changes what they may do themselves."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Nobody changes their own account. Somebody else who administers accounts has to.")


def every() -> tuple[Account, ...]:
    """All accounts by name."""
    return accounts.every(_inside()[1])


def invite(name: str, given: Given) -> str:
    """A new account; gives the address of its invitation. Raises AccountError, WrongRightError."""
    who, chosen = _inside()
    grants = rights.grants(given)
    with noted(who, "account: add", f"{name} {_named(grants)}".strip()):
        return _address(chosen, accounts.add(chosen, name, grants, who.name))


def change_rights(name: str, given: Given) -> None:
    """Other rights in place of those it has. Raises AccountError, WrongRightError, OwnAccountError."""
    who, chosen = _inside(name)
    grants = rights.grants(given)
    with noted(who, "account: rights", f"{name} {_named(grants)}".strip()):
        accounts.change_rights(chosen, name, grants)


def lock(name: str, locked: bool) -> None:
    """Keep somebody out at once, or let them in again. Raises AccountError, OwnAccountError."""
    who, chosen = _inside(name)
    with noted(who, "account: lock" if locked else "account: unlock", name):
        accounts.lock(chosen, name, locked)


def reset(name: str) -> str:
    """Forget password and second factor; gives the address of a new invitation. Raises as `lock`."""
    who, chosen = _inside(name)
    with noted(who, "account: reset", name):
        return _address(chosen, accounts.reset(chosen, name, who.name))


def remove(name: str) -> None:
    """Forget an account. What it did stays in the log. Raises as `lock`."""
    who, chosen = _inside(name)
    with noted(who, "account: remove", name):
        accounts.remove(chosen, name)


def is_own(name: str) -> bool:
    """Whether this is the account of whoever looks."""
    return reader.person().name == name


def _inside(changed: str = "") -> tuple[Reader, Settings]:
    """Who clicked, and the settings; `changed` is the account that they are about to change."""
    who = reader.person()
    chosen = publish.inside(who, Right.ADMINISTER)
    if changed and changed == who.name:
        with noted(who, "account: own", changed):
            raise OwnAccountError
    return who, chosen


def _address(chosen: Settings, token: str) -> str:
    return f"{chosen.url.rstrip('/')}{INVITATION}{token}"


def _named(grants: Iterable[rights.Grant]) -> str:
    return " ".join(sorted(f"{each.right.value}:{each.scope}".rstrip(":") for each in grants))
