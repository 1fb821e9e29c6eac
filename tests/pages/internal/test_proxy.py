"""A proxy that names who has signed in is believed on this machine alone, where a setting says so."""

from pathlib import Path

import pytest

from data.access import accounts, audit, sessions, subjects
from data.access.rights import grants
from data.foundation import settings
from data.foundation.connections import DoorError
from data.foundation.settings import Settings
from pages.internal.signin.routes import every
from tests.pages.internal.test_openid import Browser

ADA = {"x-remote-user": "ada@IM.EXAMPLE"}


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in {"STORE": str(tmp_path), "ROLE": "internal", "URL": "https://im.example"}.items():
        monkeypatch.setenv(f"DASHBOARD_{name}", value)
    monkeypatch.setenv("DASHBOARD_PROXY_USER_HEADER", "X-Remote-User")
    found = settings.from_environment()
    subjects.add(found, "ada", grants([("publish", "")]), "chief", (subjects.PROXY, "ada@IM.EXAMPLE"))
    return found


def test_whom_the_proxy_names_has_a_session_of_ours_that_is_nobody_elses(where: Settings):
    browser = Browser(where)
    assert browser.get("/anmelden?weiter=/veroeffentlichen", **ADA).headers["location"] == "/veroeffentlichen"
    assert browser.get("/veroeffentlichen", **ADA).text == "inside, as ada"
    assert (audit.entries(where)[-1].who, audit.entries(where)[-1].what) == ("ada", "proxy")
    # The same browser, and the proxy names somebody else now, or nobody any more.
    for other in ({"x-remote-user": "eve@IM.EXAMPLE"}, {}):
        assert browser.get("/veroeffentlichen", **other).status_code == 303
    # An account of our own goes in by the form, whomever the proxy names.
    accounts.add(where, "ulm", (), "chief")
    subjects.link(where, "ulm", "https://idp.example", "17")
    own, (token, _) = Browser(where), subjects.begin(where, subjects.Identity("https://idp.example", "17"))
    own.cookies.set("__Host-session", token)
    assert own.get("/veroeffentlichen").text == "inside, as ulm"
    sessions.end(where, browser.token())
    assert browser.get("/veroeffentlichen", **ADA).status_code == 303


def test_a_header_that_nobody_set_up_opens_nothing(where: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DASHBOARD_PROXY_USER_HEADER")
    browser = Browser(settings.from_environment())
    answer = browser.get("/anmelden", **ADA)
    assert (answer.status_code, browser.token()) == (200, "")
    assert "Passwort" in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        [("X-Remote-User", "ada@IM.EXAMPLE"), ("X-Remote-User", "ada@IM.EXAMPLE")],
        [("X-Remote-User", "eve"), ("x-remote-user", "ada@IM.EXAMPLE")],
        [("X-Remote-User", "(null)")],
        [("X-Remote-User", "")],
        [("X_Remote_User", "ada@IM.EXAMPLE")],
        [("X-Remote-User", "ada@IM.EXAMPLE\x01")],
        [],
    ],
    ids=str,
)
def test_a_header_that_is_there_twice_or_names_nobody_opens_nothing(where: Settings, sent):
    browser = Browser(where)
    answer = browser.get("/anmelden", *sent)
    assert (answer.status_code, browser.token()) == (401, "")
    assert browser.get("/veroeffentlichen", *sent).status_code == 303


def test_who_is_not_known_here_is_told_what_has_to_be_done(where: Settings):
    answer = Browser(where).get("/anmelden", **{"x-remote-user": "eve@IM.EXAMPLE"})
    assert answer.status_code == 403
    assert "python -m data account add NAME --proxy-user eve@IM.EXAMPLE" in answer.text


@pytest.mark.parametrize("address", ["0.0.0.0", "*", "::", "10.1.2.3", "im.example"])
def test_a_server_that_others_reach_does_not_start_with_it(where: Settings, address: str):
    with pytest.raises(DoorError, match="could name themselves"):
        every(where, address)
    assert every(where, "127.0.0.1")


@pytest.mark.parametrize("name", ["Cookie", "X-Forwarded-For", "Host", "x y", "x_user", "a:b"])
def test_a_header_that_means_something_else_is_refused(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("DASHBOARD_PROXY_USER_HEADER", name)
    with pytest.raises(DoorError, match="DASHBOARD_PROXY_USER_HEADER"):
        settings.from_environment()
