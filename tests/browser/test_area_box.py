"""The box of an area: what somebody types, and what is offered first; groupings are in it too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Lend, Reader
from tests.browser.test_tables import GAPS, cells, listing, number


@pytest.fixture(scope="module")
def methods(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """The page with the least on it, opened once: the tests type, and choose nothing."""
    with tab(dashboard) as reader:
        reader.open("/methoden?area_code=08425")
        yield reader


def offered(reader: Reader, typed: str) -> Locator:
    """Type into the box of the area; the options that are offered then."""
    box = reader.page.get_by_role("combobox", name="Gebiet")
    box.click()
    box.fill("")
    reader.page.keyboard.type(typed)
    return reader.page.get_by_role("option")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Villingen", ["Villingen-Schwenningen", "Villingendorf"]),
        ("tuebingen", ["Tübingen", "Tübingen (Landkreis)"]),
        ("Tubingen", ["Tübingen", "Tübingen (Landkreis)"]),
        ("ulm", ["Ulm", "Ulm (Stadtkreis)"]),
        ("schwenning", ["Schwenningen", "Verwaltungsgemeinschaft Villingen-Schwenningen"]),
        ("Großbott", ["Großbottwar"]),
        ("grossbott", ["Großbottwar"]),
        ("sulm", ["Verwaltungsgemeinschaft Neckarsulm", "Neckarsulm"]),
        ("malsch rhein", ["Malsch (Rhein-Neckar-Kreis)"]),
        ("08326074", ["Villingen-Schwenningen"]),
        ("08 3 26 074", ["Villingen-Schwenningen"]),
        ("0832 65004 074", ["Villingen-Schwenningen"]),
        ("084160041041", ["Tübingen"]),
        ("08326", ["Schwarzwald-Baar-Kreis", "Verwaltungsgemeinschaft Villingen-Schwenningen"]),
    ],
)
def test_a_place_is_found_by_any_part_of_its_name_and_by_its_keys(
    methods: Reader, typed: str, first: list[str]
):
    options = offered(methods, typed)
    for at, label in enumerate(first):
        expect(options.nth(at)).to_have_text(label)


def test_the_first_that_is_offered_is_the_one_that_enter_takes(methods: Reader):
    options = offered(methods, "villingen")
    box = methods.page.get_by_role("combobox", name="Gebiet")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    methods.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")


def test_what_nobody_is_called_is_said_and_enter_takes_nothing(methods: Reader):
    expect(offered(methods, "zzz")).to_have_text(["Kein Gebiet gefunden"])
    methods.page.keyboard.press("Enter")
    methods.page.keyboard.press("Escape")
    expect(methods.page.get_by_role("combobox", name="Gebiet")).to_have_value("Alb-Donau-Kreis")
    expect(methods.page.get_by_role("option")).to_have_count(0)
    assert "area_code=08425" in methods.query


def test_a_place_is_chosen_with_the_keyboard_and_a_comparison_is_cleared_again(walker: Reader):
    page = walker.turn("/methoden?lang=de")
    offered(walker, "08111000").first.wait_for()
    page.keyboard.press("Enter")
    walker.settled()
    expect(page.get_by_role("combobox", name="Gebiet")).to_have_value("Stuttgart")
    assert "area_code=08111000" in walker.query
    page.get_by_role("combobox", name="Gebiet").click()
    expect(page.locator(".areabox-grouping").first).to_have_text("Zuletzt gewählt")
    listed = page.get_by_role("option").all_text_contents()
    assert listed[0] == "Stuttgart"
    assert "Baden-Württemberg" in listed[1:6]
    assert listed.count("Stuttgart") == 2  # and in the whole list below
    page.keyboard.press("Escape")
    other = page.get_by_role("combobox", name="Vergleich")
    other.click()
    page.keyboard.type("ulm")
    page.get_by_role("option", name="Ulm (Stadtkreis)").click()
    walker.settled()
    expect(other).to_have_value("Ulm (Stadtkreis)")
    assert "compare=08421" in walker.query
    page.get_by_role("button", name="weiterer Ort").click()
    page.keyboard.type("08426")
    page.keyboard.press("Enter")
    walker.settled()
    assert "compare=08421,08426" in walker.query.replace("%2C", ",")
    expect(page.get_by_role("button", name="Ulm (Stadtkreis) entfernen")).to_be_visible()
    page.go_back()
    walker.settled()
    expect(other).to_have_value("Ulm (Stadtkreis)")
    page.go_forward()
    walker.settled()
    page.get_by_role("button", name="Biberach (Landkreis) entfernen").click()
    walker.settled()
    expect(other).to_have_value("Ulm (Stadtkreis)")
    page.get_by_role("button", name="Auswahl löschen").click()
    walker.settled()
    expect(other).to_have_value("")
    assert "compare" not in walker.query
    assert not walker.errors


def test_a_region_is_chosen_in_the_box_and_its_figures_are_the_sum_of_the_list_below(walker: Reader):
    page = walker.turn("/?lang=de&period=2024")
    expect(offered(walker, "neckar-alb").first).to_have_text("Region Neckar-Alb · Regionen")
    page.keyboard.press("Enter")
    walker.settled()
    expect(page.get_by_role("combobox", name="Gebiet")).to_have_value("Region Neckar-Alb · Regionen")
    assert "grouping=regionen.region-neckar-alb" in walker.query
    assert "area_code" not in walker.query

    said = page.locator(".message").inner_text()
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
    assert not walker.errors
    assert walker.hosts == {"127.0.0.1"}


def test_what_is_typed_for_finds_regions_and_the_whole_list_has_them_under_their_name(walker: Reader):
    page = walker.turn("/methoden?lang=de")
    expect(offered(walker, "Stuttgart").first).to_have_text("Stuttgart")
    expect(page.get_by_role("option", name="Region Stuttgart · Regionen")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Gebiet").click()
    headings = page.locator(".areabox-grouping")
    expect(headings.last).to_have_text("Regionen")
    expect(headings.nth(-2)).to_have_text("Beispiel-Wahlkreise")
    follows = page.locator(".areabox-grouping + li")
    expect(follows.nth(-2)).to_have_text("Wahlkreis A (erfunden) · Beispiel-Wahlkreise")
    expect(follows.last).to_have_text("Region Bodensee-Oberschwaben · Regionen")


def test_an_area_that_is_chosen_afterwards_takes_the_place_of_the_grouping(walker: Reader):
    page = walker.turn("/zielerreichung?lang=de&grouping=beispiel-wahlkreise.wahlkreis-a-erfunden")
    expect(page.get_by_text("Für Gruppierungen nicht angeboten")).to_be_visible()
    offered(walker, "08425").first.wait_for()
    page.keyboard.press("Enter")
    walker.settled()
    assert "area_code=08425" in walker.query
    assert "grouping" not in walker.query
    expect(page.get_by_text("Für Gruppierungen nicht angeboten")).to_have_count(0)
