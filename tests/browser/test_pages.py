"""What a reader does on the pages: look up, click the map, take a file away."""

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import taken
from tests.browser.conftest import Lend, Reader


@pytest.fixture(scope="module")
def funds(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """The page of 2018, opened once: the tests look at it, and the last one searches."""
    with tab(dashboard) as reader:
        reader.open("/foerdermittel?period=2018")
        yield reader


def test_stuttgart_2018_shows_its_amount_and_rank_1(funds: Reader):
    first = funds.page.locator(".st-key-figure_funds_recipients table tbody tr").first.inner_text()
    assert first.split()[:2] == ["1", "Stuttgart"]
    assert "3.270.297\u00a0€" in first


def test_numbers_are_written_as_in_german(funds: Reader):
    expect(funds.page.locator(".st-key-figure_funds_stages")).to_contain_text("Mio. €")


def test_a_file_holds_the_numbers_of_the_table_with_its_mark(funds: Reader):
    path = taken(funds.page, "funds_recipients", "csv")
    assert path.stem.endswith("-demonstrationsdaten")
    first = next(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert (first["Rang"], first["Gebiet"], first["Gebietsschlüssel"]) == ("1", "Stuttgart", "08111000")
    assert "3270296,64" in first.values()
    assert first["Hinweis"] == "DEMONSTRATIONSDATEN"


def test_a_recipient_is_found_by_its_name(funds: Reader):
    page = funds.page
    page.get_by_role("searchbox").first.fill("tübing")
    page.keyboard.press("Enter")
    funds.settled()
    table = page.locator(".st-key-figure_funds_recipients table tbody")
    expect(table).to_contain_text("Tübingen")
    expect(table).not_to_contain_text("Stuttgart")


def test_numbers_are_written_as_in_english_where_a_reader_reads_english(reader: Reader):
    page = reader.open("/foerdermittel?period=2018&lang=en")
    text = page.locator(".st-key-figure_funds_stages").inner_text()
    assert "€20m" in text or "€20 m" in text
    assert "Mio. €" not in text


def test_a_click_on_the_map_chooses_the_area(reader: Reader):
    page = reader.open("/")
    plane = page.locator(".st-key-overview_map .nsewdrag").first
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle, steps=5)
    page.locator(".st-key-figure_overview_map .hoverlayer .hovertext").first.wait_for()
    page.mouse.click(*middle)
    page.wait_for_url("**area_code=08**")
    reader.settled()
    assert "area_code=08" in reader.query
    expect(page.get_by_role("combobox", name="Gebiet")).not_to_have_value("Baden-Württemberg")
    assert not reader.errors


def test_a_broken_address_gets_a_sentence_and_a_page(reader: Reader):
    page = reader.open("/fallzahlen?area_code=99999999&period=banana&goal_area=%3Cscript%3E")
    warning = page.get_by_role("alert").first.inner_text()
    assert "99999999" in warning
    assert "banana" in warning
    expect(page.locator(".st-key-figure_caseload_active .main-svg").first).to_be_visible()
    assert not reader.errors


def test_without_the_setting_there_is_no_page_to_hand_in(reader: Reader):
    page = reader.open("/daten-abgeben")
    expect(page.get_by_role("textbox", name="Wer gibt ab")).to_have_count(0)
    expect(page.get_by_role("link", name="Daten abgeben")).to_have_count(0)


def test_an_address_that_is_no_page_leads_to_the_overview_with_a_sentence(reader: Reader):
    page = reader.open("/gibt-es-nicht")
    expect(page.get_by_role("alert").first).to_contain_text("gibt-es-nicht")
    assert page.title().startswith("Überblick")
    assert not reader.errors


@pytest.mark.parametrize("address", ["/beratung?area_code=08118", "/beratung?area_code=08111000&lang=en"])
def test_how_often_people_are_counselled_is_answered_on_the_first_screen(reader: Reader, address: str):
    reader.page.set_viewport_size({"width": 1400, "height": 900})
    page = reader.open(address)
    said = page.locator(".st-key-figure_counselling_consultations h3").bounding_box()
    assert said["y"] + said["height"] < 900
