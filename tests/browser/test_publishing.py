"""Publishing on the page: see what would change, publish it, and readers see it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, expect

from data.releases import make, shelf
from tests.browser.conftest import Lend, Reader
from tests.releases.conftest import cases, faelle
from tests.support import stores
from tests.support.figures import Figures

PAGE = "/veroeffentlichen"
MINUTES = 300_000  # milliseconds, for a release on a machine that has much to do


@pytest.fixture(scope="module")
def figures(first, tmp_path_factory) -> Figures:
    """One release of 2018; then a late delivery of people who were counselled in 2018 already."""
    figures = stores.copied(first.settings.store.parent, tmp_path_factory.mktemp("publishing"))
    late = faelle(cases(range(5000, 5040), "08425033"))
    return figures.hand_in(sender="lra-b", reporting_date="31.12.2018", faelle=late)


@pytest.fixture(scope="module")
def office_page(
    figures: Figures, serve: Callable[..., AbstractContextManager[str]], tab: Lend
) -> Iterator[Reader]:
    """A dashboard whose internal pages are open, and a browser on it."""
    with serve(figures.settings.store, internal=True) as address, tab(address) as reader:
        yield reader


def main(reader: Reader) -> Locator:
    return reader.page.locator('[data-testid="stMain"]')


def button(reader: Reader, key: str):
    return reader.page.locator(f".st-key-{key} button")


def test_it_shows_what_would_change_and_publishes_nothing_by_that(office_page, figures):
    page = office_page.open(PAGE)
    expect(main(office_page)).to_contain_text("was sich ändern würde")
    button(office_page, "publishing_prepare").click()
    # Whoever leaves meanwhile finds it afterwards.
    page.get_by_test_id("stProgress").wait_for(timeout=MINUTES)
    office_page.open("/methoden")
    office_page.open(PAGE)
    page.get_by_role("heading", name="Diese Zahlen veröffentlichen").wait_for(timeout=MINUTES)
    office_page.settled()
    page_text = main(office_page)
    expect(page_text).to_contain_text(
        "schon veröffentlichte Werte; im 4. Quartal 2018 betrifft das 1 Gemeinden"
    )
    expect(page_text).to_contain_text(re.compile("2 von 44|Im Rückstand"))
    expect(page_text).to_contain_text("Keine ist verletzt")
    page.get_by_text("Gemeinden, deren Werte sich ändern (1)").click()
    page.get_by_role("row", name="Ehingen (Donau) Betreute Personen").wait_for()
    assert [entry.name for entry in shelf.entries(figures.settings.store)] == ["2018-Q4"]


def test_closed_periods_change_only_with_a_note(office_page):
    expect(button(office_page, "publishing_do")).to_be_disabled()
    expect(main(office_page)).to_contain_text("Bitte schreiben Sie eine Anmerkung.")
    name = office_page.page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("2018-Q4-2")
    name.fill("2018-Q4")
    office_page.page.keyboard.press("Tab")
    office_page.page.get_by_text("Diesen Namen gibt es schon").wait_for()
    name.fill("2018-Q4-2")
    office_page.page.get_by_role("textbox", name="Anmerkung").fill("Nachlieferung")
    office_page.page.keyboard.press("Tab")
    expect(button(office_page, "publishing_do")).to_be_enabled()


def test_what_was_shown_is_published_and_serves(office_page, figures):
    page = office_page.page
    button(office_page, "publishing_do").click()
    page.get_by_text("Veröffentlicht: 2018-Q4-2").wait_for(timeout=MINUTES)
    office_page.settled()
    newest = page.locator(".st-key-release_2018-Q4-2")
    made = make.last(figures.settings.store)
    assert (made.name, made.note) == ("2018-Q4-2", "Nachlieferung")
    for said in ("Gilt jetzt", "Beruht auf 2 Lieferungen, Stand 31.12.2018", "Nachlieferung", made.sha256):
        expect(newest).to_contain_text(said)
    older = page.locator(".st-key-release_2018-Q4")
    expect(older).to_contain_text("Galt ab")
    assert older.get_by_role("link", name="Öffnen").get_attribute("href").endswith("?release=2018-Q4")
    assert shelf.open_to_readers(figures.settings.store)[-1].name == "2018-Q4-2"
    for name in ("2018-Q4-2", "2018-Q4"):
        office_page.open(f"/fallzahlen?area_code=08425033&release={name}")
        expect(main(office_page)).to_contain_text(f"Veröffentlichung {name} vom")
    assert not office_page.errors


def test_under_an_embargo_the_one_before_goes_on_serving(office_page, figures):
    page = office_page.open(PAGE)
    button(office_page, "publishing_prepare").click()
    page.get_by_role("heading", name="Diese Zahlen veröffentlichen").wait_for(timeout=MINUTES)
    page.get_by_text("ändert sich nichts").wait_for()
    page.get_by_text("Sperrfrist", exact=True).click()
    page.get_by_text(
        "Tag", exact=True
    ).first.wait_for()  # before the day is asked for, it would be published at once
    office_page.settled()
    button(office_page, "publishing_do").click()
    page.get_by_text("Veröffentlicht: 2018-Q4-3").wait_for(timeout=MINUTES)
    office_page.settled()
    entry = shelf.entries(figures.settings.store)[-1]
    assert entry.serves_from > datetime.now(UTC)
    card = page.locator(".st-key-release_2018-Q4-3")
    expect(card).to_contain_text("Gesperrt bis")
    expect(card.get_by_role("link")).to_have_count(0)
    assert shelf.open_to_readers(figures.settings.store)[-1].name == "2018-Q4-2"
    office_page.open("/fallzahlen?area_code=08425033&release=2018-Q4-3")
    expect(main(office_page)).not_to_contain_text("Veröffentlichung 2018-Q4-3")
