"""The weekly mail, sent to a real mail server on this machine."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from data.access import accounts, audit, mails
from data.access.rights import grants
from data.commands import main
from data.commands.digest import sending
from data.foundation import connections
from data.foundation.connections import MailingError
from data.foundation.settings import Settings
from tests.support import stores
from tests.warehouse.measures.test_steering import office

MONDAY = date(2026, 1, 5)
REFUSED = "full@office.example"
READ = {"ulm": ("08421",), "stuttgart": ("08111",), "both": ("08111", "08421"), "locked": ("08421",)}


class Inbox:
    """What the server was given; it takes nothing for one address."""

    def __init__(self) -> None:
        self.mails: dict[str, EmailMessage] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address == REFUSED:
            return "552 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails[envelope.rcpt_tos[0]] = message_from_bytes(envelope.content, policy=policy.default)
        return "250 OK"


@contextmanager
def listening(**options: object) -> Iterator[Controller]:
    """A mail server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Iterator[Controller]:
    with listening() as server:
        yield server


@pytest.fixture
def where(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, inbox: Controller, monkeypatch
) -> Settings:
    """A store of two offices with accounts that read them, and the mail server."""
    figures = stores.copied(stores.once(tmp_path_factory, "steering", office), tmp_path)
    given = {"WEEKDAY": "monday", "HOST": "127.0.0.1", "PORT": str(inbox.port), "SECURITY": "none"}
    given |= {"FROM": "dashboard@im.example"}
    for name, value in given.items():
        monkeypatch.setenv(f"DASHBOARD_MAIL_{name}", value)
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    settings = replace(figures.settings, url="https://im.example", mailing=connections.mailing(given))
    for name, read in READ.items():
        accounts.add(settings, name, grants(("read", code) for code in read), "chief")
        mails.send_to(settings, name, f"{name}@office.example")
    accounts.add(settings, "sender", grants([("send", "amt-a")]), "chief")
    mails.send_to(settings, "sender", "sender@office.example")
    accounts.add(settings, "silent", grants([("read", "08")]), "chief")
    accounts.lock(settings, "locked")
    return settings


def texts(mail: EmailMessage) -> list[str]:
    return [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]


def test_each_account_with_an_address_gets_its_own_areas_and_no_small_number(
    where: Settings, inbox: Controller
):
    got = inbox.handler.mails
    sent = sending.send(where, MONDAY)
    assert {(each.name, each.result) for each in sent} == {
        (name, "done") for name in ("both", "stuttgart", "ulm")
    }
    assert set(got) == {f"{name}@office.example" for name in ("both", "stuttgart", "ulm")}
    text, html = texts(got["ulm@office.example"])
    assert "Ulm (Stadtkreis)" in text
    assert "Stuttgart" not in text + html
    assert "Ulm" not in "".join(texts(got["stuttgart@office.example"]))
    assert "https://im.example/steuerung?area_code=08421" in text
    # Eight people are counselled in Ulm: no number of people may stand in a mail.
    for line in text.splitlines():
        assert not re.match(r"\s*\d\s", line), line
    assert text.count("weniger als 10") == 8
    assert "120.000  Euro verfallen" in text
    for written in (text, html):
        assert not re.search(r"A1--|N1--|U48-|M1--|S1--", written), "a pseudonym"
    assert "<script" not in html
    assert "src=" not in html

    assert {each.result for each in sending.send(where, MONDAY)} == {"already"}
    noted = [one for one in audit.entries(where) if one.action == "digest"]
    assert [(one.who, one.what, one.result) for one in noted] == [
        (name, "2026-01-05", "done") for name in ("both", "stuttgart", "ulm")
    ]


def test_a_mailbox_that_is_full_holds_up_nobody_else(where: Settings, inbox: Controller):
    mails.send_to(where, "both", REFUSED)
    sent = {each.name: each.result for each in sending.send(where, MONDAY)}
    assert sent == {"both": "SMTPRecipientsRefused", "stuttgart": "done", "ulm": "done"}
    assert {each.name: each.result for each in sending.send(where, MONDAY)}["ulm"] == "already"


def test_it_is_off_until_it_is_set_and_waits_for_its_day(
    where: Settings, inbox: Controller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    day = connections.WEEKDAYS[(date.today().weekday() + 3) % 7]
    monkeypatch.setenv("DASHBOARD_MAIL_WEEKDAY", day)
    assert main(["digest"]) == 0
    assert day in capsys.readouterr().err
    monkeypatch.delenv("DASHBOARD_MAIL_WEEKDAY")
    assert main(["digest"]) == 0
    assert "off" in capsys.readouterr().err
    assert not inbox.handler.mails
    monkeypatch.setenv("DASHBOARD_MAIL_WEEKDAY", connections.WEEKDAYS[date.today().weekday()])
    assert main(["account", "mail", "ulm"]) == 0
    assert main(["digest", "--json"]) == 0
    assert set(inbox.handler.mails) == {"both@office.example", "stuttgart@office.example"}


def test_a_server_that_is_not_there_is_told_and_nobody_is_noted_as_served(where: Settings, inbox: Controller):
    gone = replace(where, mailing=replace(where.mailing, port=1))
    with pytest.raises(sending.ServerError, match="took nothing"):
        sending.send(gone, MONDAY)
    assert not [one for one in audit.entries(where) if one.action == "digest"]
    # Asked for TLS, a server without it gets nothing: figures never leave in the clear.
    with pytest.raises(sending.ServerError):
        sending.send(replace(where, mailing=replace(where.mailing, security="starttls")), MONDAY)
    assert not inbox.handler.mails


def certificate(folder: Path) -> Path:
    """A key and the certificate that it signs itself, for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "mail.pem"
    file.write_bytes(key.private_bytes(*kinds) + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_with_starttls_only_a_server_whose_certificate_is_trusted_gets_a_mail(
    where: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    with listening(tls_context=context, require_starttls=True) as server:
        secured = replace(where, mailing=replace(where.mailing, security="starttls", port=server.port))
        with pytest.raises(sending.ServerError, match="CERTIFICATE_VERIFY_FAILED"):
            sending.send(secured, MONDAY)
        assert not server.handler.mails
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert {each.result for each in sending.send(secured, MONDAY)} == {"done"}
        assert len(server.handler.mails) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECURITY": "none", "HOST": "mail.example"},
        {"WEEKDAY": "someday"},
        {"HOST": ""},
        {"SECURITY": "ssl"},
        {"PORT": "smtp"},
    ],
)
def test_settings_that_would_send_in_the_clear_or_nowhere_are_refused(wrong: dict[str, str]):
    given = {"WEEKDAY": "monday", "HOST": "127.0.0.1", "FROM": "a@b.example"}
    with pytest.raises(MailingError):
        connections.mailing(given | wrong)
    assert connections.mailing({}) is None


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "nobody", "a@b, c@d", "<a@b>"])
def test_what_is_no_single_address_is_refused(tmp_path: Path, address: str):
    settings = Settings(tmp_path, "", 0)
    with pytest.raises(mails.NoAddressError):
        mails.send_to(settings, "ulm", address)
