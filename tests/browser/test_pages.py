"""What a reader does on the pages: look up, click the map, take a file away."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from data.foundation import areas
from pages.menu import MENU, PARTS
from pages.text import words
from tests.browser.boxes import taken
from tests.browser.conftest import LOOK, Lend, Reader


@pytest.fixture(scope="module")
def funds(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """Who received how much in 2018, opened once: the tests look at it, and the last one searches."""
    with tab(dashboard) as reader:
        reader.open("/foerdermittel?part=empfaenger&period=2018")
        yield reader


def test_stuttgart_2018_shows_its_amount_and_rank_1(funds: Reader):
    first = funds.page.locator(".st-key-figure_funds_recipients table tbody tr").first.inner_text()
    assert first.split()[:2] == ["1", "Stuttgart"]
    assert "3.270.297" in first


def test_numbers_are_written_as_in_german(walker: Reader):
    page = walker.turn("/foerdermittel?period=2018")
    expect(page.locator(".st-key-figure_funds_stages")).to_contain_text("Mio. €")


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


def test_numbers_are_written_as_in_english_where_a_reader_reads_english(walker: Reader):
    page = walker.turn("/foerdermittel?period=2018&lang=en")
    text = page.locator(".st-key-figure_funds_stages").inner_text()
    assert "€20m" in text or "€20 m" in text
    assert "Mio. €" not in text


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
    # The browser tells that there was no page, and of nothing else: no sign for its tab, no file.
    assert [each for each in reader.errors if "404" not in each or "/gibt-es-nicht" not in each] == []


@pytest.mark.parametrize("address", ["/beratung?area_code=08118", "/beratung?area_code=08111000&lang=en"])
def test_how_often_people_are_counselled_is_answered_on_the_first_screen(walker: Reader, address: str):
    walker.page.set_viewport_size({"width": 1400, "height": 900})
    page = walker.turn(address)
    said = page.locator(".st-key-figure_counselling_consultations h3").bounding_box()
    assert said["y"] + said["height"] < 900


ULM, STUTTGART = "08421000", "08111000"


@pytest.fixture
def looker(walker: Reader) -> Reader:
    """One who sees no map yet: a map that is there keeps its section when another page is turned to."""
    walker.turn("/methoden")
    return walker


def drawn(reader: Reader, path: str) -> Page:
    page = reader.turn(path)
    page.locator(".areamap[data-drawn]").wait_for()
    page.locator(".areamap-svg").scroll_into_view_if_needed()
    return page


def section(page: Page) -> list[float]:
    """What the map shows: left, top, width, height."""
    return [float(each) for each in (page.locator(".areamap-svg").get_attribute("viewBox") or "").split()]


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(".areamap-svg").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_click_keeps_the_map_marks_the_place_and_shows_its_kreis(looker: Reader, lang: str):
    page = drawn(looker, f"/?lang={lang}&period=2026-Q2")
    page.evaluate("document.querySelector('.areamap-svg').kept = true")
    whole = section(page)
    page.mouse.move(*middle(page), steps=3)
    named = page.locator(".areamap-hover b").inner_text()
    assert named in {area.label for area in areas.register().values()}
    page.mouse.click(*middle(page))
    page.wait_for_url("**area_code=08**")
    looker.settled()
    expect(page.get_by_role("combobox", name={"de": "Gebiet", "en": "Area"}[lang])).to_have_value(named)
    assert page.evaluate("document.querySelector('.areamap-svg').kept"), "the map was drawn anew"
    assert section(page)[2] < whole[2] / 2, "the map did not come closer"
    marked = page.locator("[data-mark=chosen]").first
    inside, shown = marked.bounding_box(), page.locator(".areamap-svg").bounding_box()
    assert inside
    assert shown
    assert shown["x"] <= inside["x"] + inside["width"] / 2 <= shown["x"] + shown["width"]
    page.get_by_role("button", name={"de": "Ganzes Land", "en": "Whole Land"}[lang]).click()
    assert section(page) == whole
    assert not looker.errors
    assert looker.hosts == {"127.0.0.1"}


def test_arrow_keys_walk_over_neighbours_and_enter_chooses(looker: Reader):
    page = drawn(looker, f"/?area_code={STUTTGART}&period=2026-Q2")
    said = page.locator(".areamap-said")
    page.locator(".areamap-svg").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(first)
    second = said.inner_text()
    assert second.split(":")[0] != first.split(":")[0]
    page.keyboard.press("Enter")
    name = second.split(":")[0]
    expect(page.get_by_role("combobox", name="Gebiet")).to_have_value(name)
    assert not looker.errors


def test_the_map_of_another_measure_shows_the_same_section(looker: Reader):
    page = drawn(looker, f"/?area_code={ULM}&period=2026-Q2")
    page.get_by_role("button", name="Vergrößern").click()
    closer = section(page)
    box = page.get_by_role("combobox", name="Kennzahl")
    box.click()
    page.get_by_role("option", name="Betreute Personen", exact=True).click()
    looker.settled()
    expect(page.locator(".areamap-svg g > circle").first).to_be_attached()
    assert section(page) == closer


def test_the_map_is_taken_away_as_a_picture_with_title_and_source(looker: Reader, tmp_path: Path):
    page = drawn(looker, f"/?area_code={ULM}&period=2026-Q2")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Karte als Bild").click()
    taken.value.save_as(tmp_path / "map.png")
    assert taken.value.suggested_filename.endswith(".png")
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width == 2000
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours
    found = {colour: count for count, colour in colours}
    assert found.get((0xA4, 0x13, 0x3C), 0) > 500, "the chosen place is not marked"
    assert found[255, 255, 255] < 0.6 * sum(found.values()), "no area is drawn"
    assert not looker.errors


def test_the_boundaries_are_fetched_once_and_kept_by_the_browser(reader: Reader):
    asked: list[str] = []
    reader.page.on(
        "response", lambda got: asked.append(got.headers["cache-control"]) if "/map/" in got.url else None
    )
    page = drawn(reader, "/?period=2026-Q2")
    page.mouse.click(*middle(page))
    reader.settled()
    assert len(asked) == 1
    assert "immutable" in asked[0]


def test_six_figures_fit_the_first_screen_of_a_desk(walker: Reader):
    walker.page.set_viewport_size({"width": 1400, "height": 900})
    for lang in ("de", "en"):
        page = walker.turn(f"/?area_code={ULM}&lang={lang}")
        tiles = page.locator(".tile")
        assert tiles.count() == 6
        boxes = [tile.bounding_box() for tile in tiles.all()]
        assert all(box and box["y"] + box["height"] <= 900 for box in boxes)


def test_the_first_two_figures_fit_the_first_screen_of_a_phone(phone: Reader):
    page = phone.open("/")
    boxes = [tile.bounding_box() for tile in page.locator(".tile").all()[:2]]
    assert all(box and box["y"] + box["height"] <= 800 for box in boxes)


def test_the_overview_is_no_longer_than_four_screens_of_a_desk(walker: Reader):
    walker.page.set_viewport_size({"width": 1400, "height": 900})
    page = drawn(walker, f"/?area_code={ULM}")
    assert page.locator('[data-testid="stMain"]').evaluate("e => e.scrollHeight") <= 3600


CUT = """parts => parts.filter(part => [part, ...part.querySelectorAll("*")].some(
    each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible"
)).map(part => part.innerText)"""


def test_no_name_and_no_number_of_a_tile_is_cut_on_a_phone(phone: Reader):
    page = phone.open(f"/?area_code={ULM}")
    parts = ".tile :is(.tile-label > span, .tile-value)"
    assert page.locator(parts).count() == 12
    assert page.locator(parts).evaluate_all(CUT) == []


def test_the_map_prints_with_its_legend_and_without_buttons(walker: Reader):
    page = drawn(walker, f"/?area_code={ULM}")
    page.emulate_media(media="print")
    expect(page.locator(".areamap-legend")).to_be_visible()
    expect(page.locator(".areamap-svg g > path").first).to_be_visible()
    expect(page.locator(".areamap-buttons")).to_be_hidden()
    assert words.of("de").t("chart.attribution") in page.locator(".areamap-source").inner_text()


SCREEN, SCREENS = 900, 4
PHONE: ViewportSize = {"width": 400, "height": 800}
OF_FIGURES = "[class*=st-key-figure_] summary"
FIRST_CHART_STANDS = """above => {
    const chart = document.querySelector(".chart")
    return !chart || chart.getBoundingClientRect().y < above
}"""
TOO_SMALL = "all => all.filter(one => one.offsetParent && one.offsetHeight < 44).map(one => one.innerText)"


@pytest.mark.parametrize(("page", "part"), [(page, part) for page, parts in PARTS.items() for part in parts])
def test_no_part_is_longer_than_four_screens_and_its_message_stands_in_the_first(
    walker: Reader, page: str, part: str
):
    """So does the top of its first chart, if it has one. No longer than four it is on a phone, too."""
    walker.page.set_viewport_size(PHONE)
    # Every other part for a town, some of whose figures are those of its association or its Kreis as well.
    town = list(PARTS.get(page, ())).index(part) % 2
    path, place = MENU.get(f"public/{page}", "gemeinde"), f"area_code={'08415061' if town else '08118'}"
    if page == "groupings":
        place = "grouping=regionen.region-neckar-alb"
    opened = walker.turn(f"/{path}?part={part}&{place}")
    main = opened.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollHeight") <= SCREENS * PHONE["height"]
    small = opened.locator(OF_FIGURES).evaluate_all(TOO_SMALL)
    assert not small, "buttons that a finger misses"
    opened.set_viewport_size({"width": 1400, "height": SCREEN})
    walker.settled()
    assert main.evaluate("e => e.scrollHeight") <= SCREENS * SCREEN
    if page == "methods":
        return
    said = opened.locator("h3").first.bounding_box()
    # Before its parts, a grouping says of how many places its sums are.
    assert said["y"] + said["height"] < SCREEN * (0.85 if page == "groupings" else 0.75)
    # Columns of a desk come one after the other where a phone had one.
    opened.wait_for_function(FIRST_CHART_STANDS, arg=SCREEN - 150, timeout=20_000, polling=LOOK)


def test_on_a_phone_one_tap_leads_from_the_map_to_its_whole_table_and_back(looker: Reader):
    looker.page.set_viewport_size(PHONE)
    page = drawn(looker, "/?area_code=08425&period=2026-Q2")
    numbers = page.locator(".st-key-overview_map_numbers")
    expect(numbers).to_be_hidden()
    page.get_by_role("button", name="Als Tabelle zeigen").click()
    expect(page.locator(".areamap-svg")).to_be_hidden()
    expect(numbers.locator("tbody tr").first).to_be_visible()
    # All of its rows, in no window of its own.
    assert numbers.locator("tbody tr").count() == 20
    assert numbers.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    numbers.get_by_role("searchbox").fill("Langenau")
    expect(numbers.locator("tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Als Karte zeigen").click()
    expect(page.locator(".areamap-svg")).to_be_visible()
    expect(numbers).to_be_hidden()
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(numbers).to_be_visible()
    expect(page.locator(".areamap-turn")).to_be_hidden()


def test_a_part_is_opened_by_keyboard_and_stands_in_the_address(walker: Reader):
    page = walker.turn("/zielerreichung?area_code=08118")
    first = page.get_by_role("tab").first
    expect(first).to_have_attribute("aria-selected", "true")
    first.focus()
    page.keyboard.press("ArrowRight")
    walker.settled()
    page.keyboard.press("ArrowRight")
    walker.settled()
    expect(page.get_by_role("tab", name="Dauer")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".st-key-figure_goals_time")).to_be_visible()
    assert "part=dauer" in walker.query
    page.get_by_role("link", name="Beratung").click()
    walker.settled()
    expect(page.locator(".st-key-figure_counselling_consultations")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.go_back()
    walker.settled()
    expect(page.get_by_role("tab", name="Dauer")).to_have_attribute("aria-selected", "true")
    assert not walker.errors


def test_on_paper_stands_which_part_is_open(walker: Reader):
    page = walker.turn("/zielerreichung?part=plaene&area_code=08118")
    page.emulate_media(media="print")
    expect(page.locator(".st-key-printed")).to_contain_text("Pläne")
    expect(page.locator(".st-key-printed")).to_contain_text("part=plaene")
    expect(page.get_by_role("tablist")).to_be_hidden()
    expect(page.locator(".st-key-figure_goals_plan_rate")).to_be_visible()
