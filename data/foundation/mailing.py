"""How mails leave this installation, and on which day of the week the digest does."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.foundation.errors import DashboardError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STARTTLS, TLS, NONE = "starttls", "tls", "none"
PORTS = {STARTTLS: 587, TLS: 465, NONE: 25}


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


def mailing(given: Mapping[str, str]) -> Mailing | None:
    """What these settings describe, by their names without `DASHBOARD_MAIL_`; None without a weekday.

    `WEEKDAY`, `HOST`, `FROM`; `SECURITY` (starttls, tls, none), `PORT`, `USER`, `PASSWORD_FILE`, `LANG`.
    Without TLS only to a server on this machine. Raises MailingError.
    """
    found = {name: value.strip() for name, value in given.items() if value.strip()}
    day = found.get("WEEKDAY", "").lower()
    if not day:
        return None
    if day not in WEEKDAYS:
        raise MailingError(f"DASHBOARD_MAIL_WEEKDAY is {day!r}. Choose one of {', '.join(WEEKDAYS)}.")
    if missing := [name for name in ("HOST", "FROM") if name not in found]:
        raise MailingError(f"DASHBOARD_MAIL_WEEKDAY is set, so DASHBOARD_MAIL_{missing[0]} is needed too.")
    security = found.get("SECURITY", STARTTLS)
    if security not in PORTS:
        raise MailingError(f"DASHBOARD_MAIL_SECURITY is {security!r}. Choose one of {', '.join(PORTS)}.")
    if security == NONE and not _is_here(found["HOST"]):
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


def _is_here(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
