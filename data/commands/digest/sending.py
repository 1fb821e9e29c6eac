"""Sends the digests: to each account that has an address and areas, once a day at most, noted in the log."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from data.access import audit, mails
from data.access.rights import Entrance, Grant, Reader, Right
from data.commands.digest.letter import Letter, letter
from data.foundation.connections import NONE, STARTTLS, TLS, Mailing, MailingError
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

ACTION = "digest"
TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Sent:
    """What became of the digest of one account: `done`, `already` (today), or the name of an error."""

    name: str
    result: str


def reader(name: str, grants: frozenset[Grant]) -> Reader:
    """Whoever a digest is for: with the rights of the account to read, and no other."""
    return Reader(name, Entrance.COMMAND, frozenset(each for each in grants if each.right is Right.READ))


def letters(settings: Settings, today: date) -> tuple[tuple[str, str, Letter], ...]:
    """Account, address and digest of everybody who gets one. Raises NoFiguresError."""
    lang = settings.mailing.lang if settings.mailing else "de"
    found = []
    for account, address in mails.recipients(settings):
        who = reader(account.name, account.grants)
        if who.read_areas:
            found.append((account.name, address, letter(who, settings.url, lang, today)))
    return tuple(found)


def send(settings: Settings, today: date, *, again: bool = False) -> tuple[Sent, ...]:
    """Send to everybody who gets one and has none of today yet. Raises MailingError, NoFiguresError.

    One whose mail the server does not take holds up nobody else; that is told and noted.
    """
    if settings.mailing is None:
        raise MailingError("The digest is off. DASHBOARD_MAIL_WEEKDAY, _HOST and _FROM let it be sent.")
    had = set() if again else _had(settings, today)
    waiting = letters(settings, today)
    results = [Sent(name, "already") for name, _, _ in waiting if name in had]
    todo = [each for each in waiting if each[0] not in had]
    if not todo:
        return tuple(results)
    with _server(settings.mailing) as server:
        for name, address, one in todo:
            try:
                server.send_message(_message(settings.mailing, address, one))
                result = audit.DONE
            except smtplib.SMTPException as error:
                result = type(error).__name__
            audit.note(settings, name, ACTION, str(today), result=result)
            results.append(Sent(name, result))
    return tuple(results)


def _had(settings: Settings, today: date) -> set[str]:
    found = audit.entries(settings)
    return {
        one.who for one in found if (one.action, one.what, one.result) == (ACTION, str(today), audit.DONE)
    }


def _message(mailing: Mailing, address: str, one: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mailing.sender, address, one.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=mailing.sender.rpartition("@")[2] or "localhost")
    # No answer of an absent reader comes back.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(one.text)
    message.add_alternative(one.html, subtype="html")
    return message


@contextmanager
def _server(mailing: Mailing) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    try:
        if mailing.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mailing.host, mailing.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(mailing.host, mailing.port, timeout=TIMEOUT_SECONDS)
        with server:
            if mailing.security == STARTTLS:
                server.starttls(context=context)
            if mailing.user and mailing.security != NONE:
                server.login(mailing.user, mailing.password())
            yield server
    except (OSError, smtplib.SMTPException) as error:
        raise ServerError(mailing, error) from error


class ServerError(DashboardError):
    """The mail server can't be reached, or refuses."""

    exit_code = 1

    def __init__(self, mailing: Mailing, error: Exception) -> None:
        super().__init__(
            f"The mail server {mailing.host}:{mailing.port} took nothing ({type(error).__name__}: {error}). "
            "Run the command again; who has the digest of today gets no second one."
        )
