"""Signed in in a real browser: from the invitation to a delivery and out again, in every tab."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from data.access import accounts, audit
from data.access.rights import grants
from data.foundation.settings import Settings
from tests.browser.conftest import Lend, Reader
from tests.browser.hand_in.test_delivery import GOOD, choose, files, stored
from tests.browser.server import served
from tests.browser.test_accessibility import faults

PASSWORD = "vier Pferde im Regen"
REAL = "Fachverfahren 3"


@pytest.fixture(scope="module")
def door(own: Path) -> Iterator[str]:
    """A dashboard that asks who comes in, on an empty store."""
    with served(own, role="internal") as address:
        yield address


@pytest.fixture(scope="module")
def where(own: Path) -> Settings:
    return Settings(own, "", 0)


@pytest.fixture(scope="module")
def ulm(door: str, tab: Lend, where: Settings) -> Iterator[Reader]:
    """Somebody who hands in for one office, signed in by the form."""
    token = accounts.add(where, "ulm", grants([("send", "amt-a")]), "chief")
    with tab(door) as reader:
        reader.page.goto(f"{door}/einladung/{token}")
        codes = follow(reader.page, accounts.invited(where, token).secret)
        reader.page.goto(f"{door}/daten-abgeben")
        sign_in(reader.page, "ulm", codes[0])
        reader.settled()
        yield reader
        reader.page.context.clear_cookies()


def follow(page: Page, secret: str) -> list[str]:
    """Take over the second factor, choose a password; gives the recovery codes."""
    page.get_by_label("Code, den die App jetzt zeigt").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_label("Noch einmal").fill(PASSWORD)
    page.get_by_role("button", name="Konto einrichten").click()
    return page.get_by_role("listitem").all_inner_texts()


def sign_in(page: Page, name: str, code: str) -> None:
    """By keyboard alone: the first field has the focus."""
    expect(page.get_by_label("Name des Kontos")).to_be_focused()
    for text in (name, PASSWORD, code):
        page.keyboard.type(text)
        page.keyboard.press("Enter" if text == code else "Tab")


def hand_in(reader: Reader, paths: list[str]) -> None:
    page = reader.open("/daten-abgeben")
    assert page.get_by_role("textbox", name="Wer gibt ab").count() == 0
    choose(reader, paths, "faelle.csv")
    reader.settled()
    page.get_by_role("button", name="Prüfen").click()


def test_the_forms_can_be_read_and_used_by_everybody(door: str, tab: Lend, where: Settings):
    token = accounts.add(where, "biberach", (), "chief")
    for width in (1400, 320):
        with tab(door, width=width) as reader:
            for path in ("/anmelden?lang=de", f"/einladung/{token}?lang=en", "/einladung/gone"):
                reader.page.goto(door + path)
                assert faults(reader) == [], path
                assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_real_delivery_is_taken_over_under_the_name_of_the_account(ulm: Reader, own: Path, tmp_path: Path):
    hand_in(ulm, files(tmp_path / "own", GOOD, software=REAL))
    page = ulm.page
    page.get_by_role("heading", name="Was erkannt wurde").wait_for()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("ist übernommen").first).to_be_visible(timeout=60_000)
    assert stored(own)[-1][2] == "ulm"
    expect(page.get_by_role("cell", name="ulm").first).to_be_visible()


def test_a_delivery_of_another_office_is_not_even_looked_at(ulm: Reader, where: Settings, tmp_path: Path):
    before = len(stored(where.store))
    hand_in(ulm, files(tmp_path / "other", GOOD, sender="amt-b", software=REAL))
    expect(ulm.page.get_by_text("gibt nicht für den Absender dieser Lieferung ab").first).to_be_visible()
    assert ulm.page.get_by_role("heading", name="Was erkannt wurde").count() == 0
    assert len(stored(where.store)) == before
    last = audit.entries(where)[-1]
    assert (last.who, last.action, last.result) == ("ulm", "hand in", "NotTheirSenderError")
    assert last.what.startswith("amt-b")


def test_signing_out_empties_every_tab(ulm: Reader):
    page = ulm.open("/daten-abgeben")
    other = page.context.new_page()
    other.goto(ulm.address + "/daten-abgeben")
    expect(other.get_by_role("heading", name="Daten abgeben").first).to_be_visible()
    page.get_by_role("button", name="Abmelden").click()
    for each in (page, other):
        expect(each.get_by_text("Sie sind nicht mehr angemeldet")).to_be_visible(timeout=60_000)
        expect(each.get_by_text("Daten abgeben")).to_have_count(0)
    other.close()
    page.get_by_role("link", name="Wieder anmelden").click()
    expect(page.get_by_label("Name des Kontos")).to_be_visible()
