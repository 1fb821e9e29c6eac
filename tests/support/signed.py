"""Who is signed in for a test: real accounts and sessions, made by the program itself, without its form."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pyotp
import pytest
from argon2 import PasswordHasher
from streamlit.runtime import context

from data.access import accounts, passwords, sessions
from data.access.rights import grants
from data.foundation.settings import Settings

PASSWORD = "vier Pferde im Regen"
EVERYTHING = (("read", "08"), ("send", "all"), ("publish", ""))
# The same way for a thousandth of the time: what a password costs is measured elsewhere.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Browser:
    """What Streamlit knows of the browser that opened a page, where there is none."""

    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    remote_ip: str = "127.0.0.1"


def account(where: Settings, name: str, *rights: tuple[str, str]) -> tuple[str, ...]:
    """An account that has followed its invitation; gives its recovery codes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", CHEAP)
        token = accounts.add(where, name, grants(rights), "chief")
        code = pyotp.TOTP(accounts.invited(where, token).secret).now()
        return accounts.follow(where, token, PASSWORD, code)


def session(where: Settings, name: str = "anna", *rights: tuple[str, str]) -> str:
    """The token that the browser of a new account holds after it has signed in; without rights: with all.

    In a store that several tests share, the name may be taken: then it is a longer one.
    """
    name = f"{name}-{uuid4().hex[:8]}" if accounts.known(where, name) else name
    code = account(where, name, *(rights or EVERYTHING))[0]
    return sessions.begin(where, name, PASSWORD, code)


def cookie(where: Settings, name: str, *rights: tuple[str, str]) -> str:
    """The same as a browser sends it."""
    return f"session={session(where, name, *rights)}"


def sit(patched: pytest.MonkeyPatch, store: Path, name: str = "anna", *rights: tuple[str, str]) -> str:
    """This process is the internal one of this store, and whoever opens its pages is signed in."""
    patched.setenv("DASHBOARD_STORE", str(store))
    patched.setenv("DASHBOARD_ROLE", "internal")
    token = session(Settings(store, "localhost", 0), name, *rights)
    hold(patched, token)
    return token


def hold(patched: pytest.MonkeyPatch, token: str) -> None:
    """The browser of whoever opens a page holds this token from now on."""
    patched.setattr(context, "_get_client_context", lambda: Browser({"session": token}))
