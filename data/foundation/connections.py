"""What this installation is connected to: an identity provider or a proxy, by which people sign in beside the
form of our own, and the mail server by which the digest leaves, with its day of the week.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from data.foundation.errors import DashboardError

# Sent or read by browsers, proxies and servers for something else.
TAKEN = frozenset(
    ("authorization", "connection", "content-length", "content-type", "cookie", "forwarded", "host", "origin")
)
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,59}")
# What people can change by themselves names nobody: with it somebody would become somebody else.
CHANGEABLE = ("email", "name", "nickname", "preferred_username")
READABLE_BY_OTHERS = 0o007
SECRET = "DASHBOARD_OIDC_CLIENT_SECRET_FILE"  # noqa: S105 - the name of a setting
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STARTTLS, TLS, NONE = "starttls", "tls", "none"
PORTS = {STARTTLS: 587, TLS: 465, NONE: 25}


class DoorError(DashboardError):
    """A door that is half set, or would let in others than it is meant for. Nothing is served then."""

    exit_code = 2


@dataclass(frozen=True)
class OpenId:
    """The identity provider of the house, as `DASHBOARD_OIDC_…` describe it.

    `subject` is the claim of the signed token by which it names a person, for ever the same; `groups` that of
    their groups or roles (`realm_access.roles` is a field in an object). `ca_file` holds the certificates of
    an authority of the house.
    """

    issuer: str
    client_id: str
    secret_file: Path
    name: str = ""
    scopes: str = "openid profile"
    subject: str = "sub"
    groups: str = ""
    ca_file: Path | None = None

    def secret(self) -> str:
        """What proves to the provider that it is this program that asks. Raises DoorError."""
        try:
            if self.secret_file.stat().st_mode & READABLE_BY_OTHERS:
                raise DoorError(
                    f"{SECRET}: everybody on this machine may read {self.secret_file}. "
                    "Let only the account of the program read it (chmod 600)."
                )
            found = self.secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise DoorError(f"{SECRET}: {self.secret_file} can't be read.") from None
        if not found:
            raise DoorError(f"{SECRET}: {self.secret_file} is empty.")
        return found


def open_id(found: Mapping[str, str], url: str) -> OpenId:
    """The provider that these settings describe. Raises DoorError where they are half set.

    `found` has the settings that say something by their names without `DASHBOARD_OIDC_`; `url` is the address
    that readers type, to which the provider sends them back.
    """
    if missing := [
        f"DASHBOARD_OIDC_{each}"
        for each in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET_FILE")
        if each not in found
    ]:
        raise DoorError(
            f"Signing in at an identity provider is half set: {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing. Set all three of DASHBOARD_OIDC_ISSUER, "
            "DASHBOARD_OIDC_CLIENT_ID and DASHBOARD_OIDC_CLIENT_SECRET_FILE, or none of them."
        )
    if not url:
        raise DoorError(
            "DASHBOARD_OIDC_ISSUER needs DASHBOARD_URL too: to that address the provider sends people back."
        )
    for name, address in (("DASHBOARD_OIDC_ISSUER", found["ISSUER"]), ("DASHBOARD_URL", url)):
        if not is_safe(address):
            raise DoorError(f"{name} is {address!r}. What tells who somebody is goes by https:// alone.")
    subject = found.get("SUBJECT", OpenId.subject)
    if subject in CHANGEABLE:
        raise DoorError(
            f"DASHBOARD_OIDC_SUBJECT is {subject!r}, which people can change or hand on. Choose a claim that "
            "is one person's for ever: sub, or oid at Entra."
        )
    scopes = found.get("SCOPES", OpenId.scopes)
    if "openid" not in scopes.split():
        raise DoorError(f"DASHBOARD_OIDC_SCOPES is {scopes!r}. One of them has to be openid.")
    authority = found.get("CA_FILE")
    return OpenId(
        found["ISSUER"],
        found["CLIENT_ID"],
        Path(found["CLIENT_SECRET_FILE"]).resolve(),
        found.get("NAME", ""),
        scopes,
        subject,
        found.get("GROUPS", ""),
        Path(authority).resolve() if authority else None,
    )


def header(name: str) -> str:
    """The header in which a proxy names who has signed in at it. Raises DoorError."""
    small = name.lower()
    if not HEADER.fullmatch(name) or small in TAKEN or small.startswith("x-forwarded"):
        raise DoorError(
            f"DASHBOARD_PROXY_USER_HEADER is {name!r}. Give a header of its own, of letters and hyphens: "
            "X-Remote-User."
        )
    return small


def own_form(given: str, beside: bool) -> bool:
    """Whether the form of our own is open; `beside` says whether there is another door. Raises DoorError."""
    if given not in ("0", "1") or (given == "0" and not beside):
        raise DoorError(
            f"DASHBOARD_SIGN_IN_FORM is {given!r}. 0 closes the form of this program's own accounts where an "
            "identity provider (DASHBOARD_OIDC_…) or a proxy (DASHBOARD_PROXY_USER_HEADER) lets people in; "
            "without it, and without one of these, it is open."
        )
    return given != "0"


def is_loopback(name: str) -> bool:
    """Whether this name or address is one at which a machine reaches itself alone."""
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def is_safe(address: str, *, query: bool = False) -> bool:
    """Whether what goes there can't be read or changed on the way: by TLS, or not off this machine."""
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    if (split.query and not query) or split.fragment or split.username or not split.hostname:
        return False
    return split.scheme == "https" or (split.scheme == "http" and is_loopback(split.hostname))


class MailingError(DashboardError):
    """Settings of mails that are half set, or would send them in the clear."""

    exit_code = 2


@dataclass(frozen=True)
class Mailing:
    """A mail server, and when the digest is sent: `weekday` counts from Monday, 0."""

    host: str
    port: int
    security: str
    sender: str
    weekday: int
    user: str = ""
    password_file: Path | None = None
    lang: str = "de"

    def password(self) -> str:
        """What the server wants to hear from `user`. Raises MailingError."""
        if self.password_file is None:
            return ""
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise MailingError(f"DASHBOARD_MAIL_PASSWORD_FILE: {self.password_file} can't be read.") from None


def mailing(found: Mapping[str, str]) -> Mailing | None:
    """What these settings describe, by their names without `DASHBOARD_MAIL_` and where they say something;
    None without a weekday.

    `WEEKDAY`, `HOST`, `FROM`; `SECURITY` (starttls, tls, none), `PORT`, `USER`, `PASSWORD_FILE`, `LANG`.
    Without TLS only to a server on this machine. Raises MailingError.
    """
    day = found.get("WEEKDAY", "").lower()
    if not day:
        return None
    if day not in WEEKDAYS:
        raise MailingError(f"DASHBOARD_MAIL_WEEKDAY is {day!r}. Choose one of {', '.join(WEEKDAYS)}.")
    if missing := [name for name in ("HOST", "FROM") if not found.get(name)]:
        raise MailingError(f"DASHBOARD_MAIL_WEEKDAY is set, so DASHBOARD_MAIL_{missing[0]} is needed too.")
    security = found.get("SECURITY", STARTTLS)
    if security not in PORTS:
        raise MailingError(f"DASHBOARD_MAIL_SECURITY is {security!r}. Choose one of {', '.join(PORTS)}.")
    if security == NONE and not is_loopback(found["HOST"]):
        raise MailingError(
            "DASHBOARD_MAIL_SECURITY=none sends exact figures in the clear: only to a server on this machine."
        )
    port = found.get("PORT", str(PORTS[security]))
    if not port.isdecimal():
        raise MailingError(f"DASHBOARD_MAIL_PORT is {port!r}, which is no number.")
    file = found.get("PASSWORD_FILE")
    return Mailing(
        host=found["HOST"],
        port=int(port),
        security=security,
        sender=found["FROM"],
        weekday=WEEKDAYS.index(day),
        user=found.get("USER", ""),
        password_file=Path(file).resolve() if file else None,
        lang=found.get("LANG", "de"),
    )
