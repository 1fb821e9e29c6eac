"""Signing in at a real identity provider in a real browser, until the session ends in each way it can."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data.access import accounts, audit, subjects
from data.access.rights import grants
from data.foundation.settings import Settings
from tests.browser.server import served
from tests.support import effort

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not effort.LONG, reason="Node's oidc-provider, and a browser of its own"),
]
SUPPORT = Path(__file__).parents[1] / "support" / "openid"
SECRET = "a-secret-of-thirty-two-characters"
PATIENCE = 60_000


@dataclass(frozen=True)
class House:
    """A dashboard whose people sign in at a provider."""

    address: str
    issuer: str
    where: Settings


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if shutil.which("npm") is None:
        pytest.skip("needs Node: Debian's packages nodejs and npm")
    folder = tmp_path_factory.mktemp("provider")
    for name in ("package.json", "package-lock.json", "provider.js"):
        shutil.copy(SUPPORT / name, folder)
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    secret = folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    settings = {
        "URL": "http://127.0.0.1:{port}",
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": "dashboard",
        "OIDC_CLIENT_SECRET_FILE": str(secret),
        "OIDC_NAME": "Landratsamt",
        "OIDC_SCOPES": "openid profile roles",
        "OIDC_GROUPS": "roles",
    }
    store = folder / "store"
    further = {f"DASHBOARD_{name}": value for name, value in settings.items()}
    with served(store, role="internal", further=further) as address:
        said = {
            "PORT": str(port),
            "BACK": f"{address}/anmelden/openid/zurueck",
            "ENDED": f"{address}/anmelden",
            "SECRET": SECRET,
        }
        provider = subprocess.Popen(
            ["node", "provider.js"], cwd=folder, env=os.environ | said, stderr=subprocess.DEVNULL
        )
        try:
            listens(port)
            yield House(address, issuer, Settings(store, "", 0))
        finally:
            provider.terminate()
            provider.wait(timeout=20)


def listens(port: int) -> None:
    for _ in range(100):
        with socket.socket() as end:
            if end.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the provider did not start")


@pytest.fixture
def ada(house: House) -> Iterator[None]:
    """Somebody who hands in for Ulm, made anew for each test."""
    subjects.add(house.where, "ada", grants([("send", "sk-ulm")]), "chief", (house.issuer, "ada"))
    yield
    accounts.remove(house.where, "ada")


@pytest.fixture
def page(chromium: BrowserContext, house: House) -> Iterator[Page]:
    """A tab of a browser that has signed in nowhere, and reaches this machine alone."""
    chromium.clear_cookies()
    found = chromium.new_page()
    found.route(lambda url: "//127.0.0.1:" not in url, lambda route: route.abort())
    yield found
    found.close()
    chromium.clear_cookies()


def sign_in(page: Page, house: House, name: str, path: str = "/daten-abgeben") -> None:
    """From a page that is closed, by the provider's own forms."""
    page.goto(house.address + path)
    page.get_by_role("link", name="Anmelden mit Landratsamt").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("x")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # that this program may know


def inside(page: Page) -> None:
    expect(page.get_by_role("heading", name="Daten abgeben").first).to_be_visible(timeout=PATIENCE)


def out(page: Page) -> None:
    expect(page.get_by_text("Sie sind nicht mehr angemeldet")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Daten abgeben")).to_have_count(0)


def closed(page: Page, house: House) -> None:
    page.goto(f"{house.address}/daten-abgeben")
    assert page.url.startswith(f"{house.address}/anmelden?weiter=")


def test_in_by_the_provider_and_out_in_every_tab_and_of_the_provider_too(page: Page, house: House, ada: None):
    sign_in(page, house, "ada")
    inside(page)
    assert audit.entries(house.where)[-1].what == "openid"
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    other = page.context.new_page()
    other.goto(f"{house.address}/daten-abgeben")
    inside(other)
    page.get_by_role("button", name="Abmelden").click()
    for each in (page, other):
        out(each)
    other.close()
    # A copy of the cookie opens nothing, nor does one that somebody changed.
    for value in (cookie["value"], cookie["value"][:-1] + "x", "x"):
        page.context.add_cookies([cookie | {"value": value}])
        closed(page, house)
    page.goto(f"{house.address}/anmelden/openid/ende")
    page.locator("button[name=logout]").click()
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    page.get_by_role("link", name="Anmelden mit Landratsamt").click()
    expect(page.locator("input[name=login]")).to_be_visible()  # it does not know them any more either


def test_who_is_locked_is_out_while_the_page_is_open_and_stays_out(page: Page, house: House, ada: None):
    sign_in(page, house, "ada")
    inside(page)
    accounts.lock(house.where, "ada")
    out(page)
    page.goto(f"{house.address}/anmelden/openid")
    expect(page.get_by_text("Ihr Konto ist gesperrt")).to_be_visible()
    closed(page, house)


def test_rights_that_change_end_the_session_while_the_page_is_open(page: Page, house: House, ada: None):
    sign_in(page, house, "ada")
    inside(page)
    accounts.change_rights(house.where, "ada", grants([("send", "sk-ulm"), ("publish", "")]))
    # Nobody touches it: within 30 s it is emptied, also for who was given more.
    expect(page.get_by_text("Sie sind nicht mehr angemeldet")).to_be_visible(timeout=30_000)
    out(page)
    closed(page, house)
    page.get_by_role("link", name="Anmelden mit Landratsamt").click()
    inside(page)
    expect(page.get_by_role("link", name="Veröffentlichen")).to_be_visible()


def test_roles_that_stand_in_userinfo_alone_open_what_their_group_may(page: Page, house: House):
    subjects.change_group(house.where, "im-leitung", grants([("send", "sk-ulm")]))
    sign_in(page, house, "carla")
    inside(page)
    subjects.change_group(house.where, "im-leitung", ())
    expect(page.get_by_text("Sie sind nicht mehr angemeldet")).to_be_visible(timeout=30_000)
    out(page)


def test_who_is_unknown_or_has_a_token_that_has_expired_gets_a_page_and_no_session(page: Page, house: House):
    sign_in(page, house, "bert")
    expect(page.get_by_role("heading", name="Für Sie gibt es hier noch kein Konto")).to_be_visible()
    expect(page.get_by_text("python -m data account add NAME --subject bert")).to_be_visible()
    closed(page, house)
    page.context.clear_cookies()
    subjects.add(house.where, "late", grants([("send", "sk-ulm")]), "chief", (house.issuer, "late"))
    sign_in(page, house, "late")
    expect(page.get_by_role("heading", name="Sie sind nicht angemeldet")).to_be_visible()
    closed(page, house)
