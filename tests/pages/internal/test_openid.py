"""Signing in at an identity provider, a real one on a socket of this machine; and what is refused."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from data.access import accounts, audit, sessions, subjects
from data.access.rights import Right, grants
from data.foundation import settings
from data.foundation.connections import DoorError
from data.foundation.settings import Settings
from pages.internal.signin.gate import Gate
from pages.internal.signin.provider import groups_of
from pages.internal.signin.routes import every
from pages.menu import OWN_ORIGIN
from tests.support import provider as providers
from tests.support import signed
from tests.support.awaited import awaited
from tests.support.provider import CLIENT, SECRET, Provider

URL = "https://im.example"
SUBJECT = "248289761001"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providers.running() as found:
        yield found


@pytest.fixture
def where(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of an internal process, on a store in which ada may hand in for Ulm."""
    provider.be_right()
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    for name, value in {
        "STORE": tmp_path / "store",
        "ROLE": "internal",
        "URL": URL,
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET_FILE": secret,
        "OIDC_GROUPS": "roles",
    }.items():
        monkeypatch.setenv(f"DASHBOARD_{name}", str(value))
    found = settings.from_environment()
    subjects.add(found, "ada", grants([("send", "sk-ulm")]), "chief", (provider.issuer, SUBJECT))
    return found


class Browser:
    """A browser with its cookies, before the routes of the sign-in and a page behind the gate."""

    def __init__(self, where: Settings) -> None:
        async def page(request: Any) -> PlainTextResponse:
            return PlainTextResponse(f"inside, as {sessions.of(where, self.token()).name}")

        routes = [*every(where, "127.0.0.1"), Route("/{rest:path}", page)]
        self.app = Starlette(routes=routes, middleware=[Middleware(Gate, settings=where)])
        self.cookies = httpx2.Cookies()

    def token(self) -> str:
        return self.cookies.get("__Host-session", "")

    def get(self, path: str, *headers: tuple[str, str], **named: str) -> httpx2.Response:
        async def asked() -> httpx2.Response:
            through = httpx2.ASGITransport(app=self.app)
            async with httpx2.AsyncClient(
                transport=through, verify=False, base_url=URL, cookies=self.cookies
            ) as asking:
                answer = await asking.get(path, headers=[("accept", "text/html"), *headers, *named.items()])
                self.cookies = asking.cookies
                return answer

        return awaited(asked())

    def away(self, onward: str = "/daten-abgeben") -> str:
        """To the provider; gives the address on which it leads back."""
        there = self.get(f"/anmelden/openid?weiter={onward}")
        assert there.status_code == 303
        return led(there.headers["location"])

    def sign_in(self) -> httpx2.Response:
        return self.get(self.away())


def led(address: str) -> str:
    """Where the provider leads whoever comes by this address."""
    split = urlsplit(address)
    connection = http.client.HTTPConnection(split.netloc, timeout=20)
    connection.request("GET", f"{split.path}?{split.query}")
    return connection.getresponse().headers["location"].removeprefix(URL)


def refused(browser: Browser, answer: httpx2.Response, status: int = 401) -> bool:
    """No session came of it, and the page behind the gate stays closed."""
    closed = browser.get("/daten-abgeben").status_code == 303
    return answer.status_code == status and not browser.token() and closed


def test_where_the_form_is_closed_nobody_signs_in_by_a_password(
    where: Settings, provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    assert 'name="password"' in Browser(where).get("/anmelden").text
    monkeypatch.setenv("DASHBOARD_SIGN_IN_FORM", "0")
    page = Browser(where).get("/anmelden").text
    assert "/anmelden/openid" in page
    assert 'name="password"' not in page
    app = Browser(where).app

    async def own(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, OWN_ORIGIN: True}, receive, send)

    async def typed() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=own), base_url=URL) as typing:
            given = {"name": "otto", "password": signed.PASSWORD, "code": code}
            return await typing.post("/anmelden", data=given)

    code = signed.account(where, "otto", ("read", "08"))[0]
    answer = awaited(typed())
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    monkeypatch.setenv("DASHBOARD_SIGN_IN_FORM", "1")
    assert awaited(typed()).status_code == 303
    monkeypatch.setenv("DASHBOARD_SIGN_IN_FORM", "0")
    for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET_FILE"):
        monkeypatch.delenv(f"DASHBOARD_OIDC_{name}")
    with pytest.raises(DoorError):
        settings.from_environment()


def test_who_comes_back_from_the_provider_is_in_with_a_session_of_ours(where: Settings, provider: Provider):
    browser = Browser(where)
    assert browser.get("/daten-abgeben").headers["location"].startswith("/anmelden")
    asked = browser.get("/anmelden/openid?weiter=/daten-abgeben").headers["location"]
    sent = {name: value[0] for name, value in parse_qs(urlsplit(asked).query).items()}
    assert (sent["code_challenge_method"], sent["redirect_uri"]) == ("S256", f"{URL}/anmelden/openid/zurueck")
    assert {"state", "nonce", "code_challenge"} <= sent.keys()
    assert SECRET not in asked
    back = led(asked)
    answer = browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/daten-abgeben")
    said = answer.headers["set-cookie"]
    assert all(each in said for each in ("__Host-session=", "HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert browser.get("/daten-abgeben").text == "inside, as ada"
    assert sessions.of(where, browser.token()).may(Right.SEND, "sk-ulm")
    last = audit.entries(where)[-1]
    assert (last.who, last.action, last.what, last.result) == ("ada", "sign in", "openid", "done")
    # The same way back leads nowhere a second time, whoever goes it.
    for again in (browser, Browser(where)):
        assert again.get(back).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iss": "https://other.example"},
        {"aud": "another-program"},
        {"aud": ["another-program"], "azp": CLIENT},
        {"azp": "another-program"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": None},
        {"sub": 17},
        {"nbf": 4_000_000_000},
        {"at_hash": "of-another-token"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_opens_nothing(where, provider, wrong: dict[str, Any]):
    provider.over = wrong
    browser = Browser(where)
    assert refused(browser, browser.sign_in())
    last = audit.entries(where)[-1]
    assert (last.who, last.what, last.result) == ("", "openid", "refused")


@pytest.mark.parametrize("how", ["none", "by the secret", "by a public key", "by a key of somebody else"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(where, provider, how: str):
    provider.signing = {
        "none": ({"alg": "none"}, None),
        "by the secret": ({"alg": "HS256"}, SECRET.encode()),
        "by a public key": ({"alg": "HS256", "kid": "1"}, provider.key.as_pem(private=False)),
        "by a key of somebody else": ({"alg": "ES256", "kid": "1"}, ECKey.generate_key("P-256")),
    }[how]
    browser = Browser(where)
    assert refused(browser, browser.sign_in())


def test_an_answer_without_a_token_opens_nothing(where, provider):
    provider.without_token = True
    browser = Browser(where)
    assert refused(browser, browser.sign_in())


def test_a_state_or_a_code_of_somebody_else_opens_nothing(where, provider):
    ours, theirs = Browser(where), Browser(where)
    attackers = theirs.away()
    # A link to the attacker's own answer, for a browser that began no sign-in, and for one that did.
    assert refused(ours, ours.get(attackers), 400)
    ours.away()
    assert refused(ours, ours.get(attackers))
    # The state of ours with the code of the attacker: the verifier is another one.
    back = ours.away()
    state = parse_qs(urlsplit(back).query)["state"][0]
    code = parse_qs(urlsplit(attackers).query)["code"][0]
    path = urlsplit(back).path
    assert refused(ours, ours.get(f"{path}?code={code}&state={state}"))
    for query in (
        "",
        "?error=access_denied",
        f"?state={state}",
        "?code=x&state=y",
        "?code=x&state=" + "y" * 9000,
    ):
        ours.away()
        assert ours.get(path + query).status_code in (400, 401, 403)
        assert not ours.token()


def test_a_provider_that_says_it_is_another_or_leads_off_safe_ways_is_not_asked(where, provider):
    for said in (
        {"issuer": "https://other.example"},
        {"token_endpoint": "http://other.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    ):
        provider.itself = said
        assert Browser(where).get("/anmelden/openid").status_code == 503, said


def test_who_is_not_known_here_is_told_what_has_to_be_done_and_gets_no_session(where, provider):
    provider.claims = provider.further = {"sub": "<b>$(reboot)", "preferred_username": "ada"}
    browser = Browser(where)
    answer = browser.sign_in()
    assert refused(browser, answer, 403)
    assert "python -m data account add NAME --subject &#39;&lt;b&gt;$(reboot)&#39;" in answer.text
    assert "<b>" not in answer.text


def test_who_is_locked_stays_out_and_who_is_locked_inside_is_out(where, provider):
    browser = Browser(where)
    browser.sign_in()
    accounts.lock(where, "ada")
    assert browser.get("/daten-abgeben").status_code == 303
    assert refused(Browser(where), Browser(where).sign_in(), 403)


@pytest.mark.parametrize("only_in", ["claims", "further"])
def test_rights_of_groups_come_from_the_token_or_where_the_provider_has_them_alone(where, provider, only_in):
    subjects.change_group(where, "im-leitung", grants([("read", "08")]))
    provider.claims = {"sub": "7", "preferred_username": "ada"}  # the name of an account that is another's
    provider.further = {"sub": "7"}
    getattr(provider, only_in)["roles"] = ["staff", "im-leitung"]
    browser = Browser(where)
    assert browser.sign_in().status_code == 303
    found = sessions.of(where, browser.token())
    assert found.name.startswith("ada-")
    assert found.reads_all
    assert not found.may(Right.SEND)
    subjects.change_group(where, "im-leitung", ())
    assert sessions.of(where, browser.token()) is None
    assert refused(Browser(where), Browser(where).sign_in(), 403)


def test_userinfo_of_somebody_else_opens_nothing(where, provider):
    subjects.change_group(where, "im-leitung", grants([("read", "08")]))
    provider.further = {"sub": "of another", "roles": ["im-leitung"]}
    browser = Browser(where)
    assert refused(browser, browser.sign_in())


def test_after_signing_in_nobody_is_led_to_another_host(where, provider):
    for onward in (
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/daten-abgeben/..//evil.example",
    ):
        browser = Browser(where)
        assert browser.get(browser.away(onward)).headers["location"] == "/"


def test_out_of_the_provider_too(where, provider):
    address = urlsplit(Browser(where).get("/anmelden/openid/ende").headers["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/end"
    assert parse_qs(address.query)["post_logout_redirect_uri"] == [f"{URL}/anmelden"]


def test_the_way_out_hands_back_the_token_of_whoever_has_signed_out_once(where, provider):
    """ADFS leads nobody back without it. While the session is open a link of a stranger gets none."""
    browser = Browser(where)
    browser.sign_in()

    def handed_back() -> list[str]:
        address = browser.get("/anmelden/openid/ende").headers["location"]
        return parse_qs(urlsplit(address).query).get("id_token_hint", [])

    assert handed_back() == []
    sessions.end(where, browser.token())
    (token,) = handed_back()
    assert jwt.decode(token, provider.key).claims["sub"] == SUBJECT
    assert handed_back() == []
    assert token not in "".join(path.read_bytes().decode("latin-1") for path in where.store.iterdir())


@pytest.mark.parametrize(
    ("claims", "place", "groups"),
    [
        ({"groups": ["a", "b", 7]}, "groups", {"a", "b"}),
        ({"roles": "a"}, "roles", {"a"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://im.example/roles": ["a"]}, "https://im.example/roles", {"a"}),
        ({"realm_access": ["a"]}, "realm_access.roles", None),
        ({}, "groups", None),
        ({"groups": ["a"]}, "", set()),
    ],
)
def test_groups_stand_where_providers_have_them(claims: dict[str, Any], place: str, groups: set[str] | None):
    assert groups_of(claims, place) == groups
