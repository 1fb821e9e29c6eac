"""A proxy that has told people apart itself (Kerberos, Shibboleth) names them in a header.

It is believed where three things hold: the settings name the header, this process listens on this machine
alone, so that the other end of every socket is a program of this machine, and the header is there once.
"""

from starlette.types import Scope

from data.access.subjects import PROXY, Identity, is_subject
from data.foundation.connections import DoorError, is_loopback
from data.foundation.settings import Settings

# What Apache writes for a variable that is not set.
NOBODY = ("", "(null)")
NOBODY_NAMED = Identity(PROXY, "")


class UnclearError(Exception):
    """The proxy names nobody, more than one, or something that is no name."""


def check(chosen: Settings, address: str) -> None:
    """Raise DoorError where others than programs of this machine could send the header."""
    if chosen.proxy_header and not is_loopback(address):
        raise DoorError(
            f"DASHBOARD_PROXY_USER_HEADER is set, and the server listens on {address}: everybody who reaches "
            "that could name themselves. Let it listen on this machine alone (--server.address 127.0.0.1)."
        )


def named(chosen: Settings, scope: Scope) -> Identity | None:
    """Whom the proxy names; None without the setting. Raises UnclearError."""
    if not chosen.proxy_header:
        return None
    # `x_remote_user` is another one, and is not read.
    name = chosen.proxy_header.encode()
    found = [value for header, value in scope["headers"] if header.lower() == name]
    if len(found) != 1:
        raise UnclearError
    try:
        subject = found[0].decode().strip()
    except UnicodeDecodeError:
        raise UnclearError from None
    if subject in NOBODY or not is_subject(subject):
        raise UnclearError
    return Identity(PROXY, subject, subject)
