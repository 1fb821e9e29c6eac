"""A deputy looks for a region: found in the box like an area, with sums that can be added up by eye."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.test_area_box import offered
from tests.browser.test_tables import GAPS, cells, listing, number


def test_a_region_is_chosen_in_the_box_and_its_figures_are_the_sum_of_the_list_below(reader: Reader):
    page = reader.open("/?lang=de&period=2024")
    expect(offered(reader, "neckar-alb").first).to_have_text("Region Neckar-Alb · Regionen")
    page.keyboard.press("Enter")
    reader.settled()
    expect(page.get_by_role("combobox", name="Gebiet")).to_have_value("Region Neckar-Alb · Regionen")
    assert "grouping=regionen.region-neckar-alb" in reader.query
    assert "area_code" not in reader.query

    said = page.locator(".st-key-message").inner_text()
    found = re.search(r"2024: ([\d.]+) betreute Personen, zusammengezählt aus (?:nur )?(\d+) von 66", said)
    assert found, said
    table = listing(page, "grouping_members")
    onward = table.get_by_role("button", name="Nächste Seite")
    shown = cells(table, "Betreute Personen")
    while onward.is_enabled():
        onward.click()
        shown += cells(table, "Betreute Personen")
    assert len(shown) == 66
    shown = [number(cell) for cell in shown if cell not in GAPS]
    assert (sum(shown), len(shown)) == (number(found[1]), int(found[2]))
    assert not reader.errors
    assert reader.hosts == {"127.0.0.1"}


def test_what_is_typed_for_finds_regions_and_the_whole_list_has_them_under_their_name(reader: Reader):
    page = reader.open("/methoden?lang=de")
    expect(offered(reader, "Stuttgart").first).to_have_text("Stuttgart")
    expect(page.get_by_role("option", name="Region Stuttgart · Regionen")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Gebiet").click()
    headings = page.locator(".areabox-grouping")
    expect(headings).to_have_text(["Beispiel-Wahlkreise", "Regionen"])
    follows = page.locator(".areabox-grouping + li")
    expect(follows.first).to_have_text("Wahlkreis A (erfunden) · Beispiel-Wahlkreise")
    expect(follows.last).to_have_text("Region Bodensee-Oberschwaben · Regionen")


def test_an_area_that_is_chosen_afterwards_takes_the_place_of_the_grouping(reader: Reader):
    page = reader.open("/zielerreichung?lang=de&grouping=beispiel-wahlkreise.wahlkreis-a-erfunden")
    expect(page.get_by_text("Für Gruppierungen nicht angeboten")).to_be_visible()
    offered(reader, "08425").first.wait_for()
    page.keyboard.press("Enter")
    reader.settled()
    assert "area_code=08425" in reader.query
    assert "grouping" not in reader.query
    expect(page.get_by_text("Für Gruppierungen nicht angeboten")).to_have_count(0)
