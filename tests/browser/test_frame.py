"""The frame in a real browser: addresses, menu, language, phone, paper, and whom the browser asks."""

import io
import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs
from urllib.request import urlopen

import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from pages.menu import MENU
from tests.browser.boxes import pick, wide_tables
from tests.browser.conftest import Lend, Reader
from tests.support import effort

PAGES = ("/", "/foerdermittel", "/fallzahlen", "/beratung", "/zielerreichung", "/gemeinde", "/methoden")
WITH_WIDE_TABLES = ("/foerdermittel?part=empfaenger", "/beratung", "/methoden?part=lieferungen")
DEEP = "/fallzahlen?area_code=08421000&period=2025&compare=08421&lang=en"


def chosen(reader: Reader) -> dict[str, str]:
    return {name: codes[0] for name, codes in parse_qs(reader.query).items()}


def test_a_deep_link_works_as_the_first_request_after_a_restart(
    store: Path, serve: Callable[[Path], AbstractContextManager[str]], tab: Lend
):
    with serve(store) as address, tab(address) as reader:
        page = reader.open(DEEP)
        expect(page.get_by_role("combobox", name="Area")).to_have_value("Ulm")
        expect(page.get_by_role("combobox", name="Period")).to_have_value("2025")
        expect(page.get_by_role("combobox", name="Compare")).to_have_value("Ulm (Stadtkreis)")
        assert page.title().startswith("Caseload")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert reader.page.url.endswith(DEEP)
        assert not reader.errors


def test_choices_follow_the_reader_through_the_menu_and_back(reader: Reader):
    reader.open("/?lang=en")
    pick(reader, "Area", "malsch rhein", "Malsch (Rhein-Neckar-Kreis)")
    pick(reader, "Compare", "Baden-W", "Baden-Württemberg")
    reader.page.get_by_role("link", name="Funds").click()
    reader.settled()
    assert reader.page.url.startswith(f"{reader.address}/foerdermittel?")
    assert chosen(reader) == {"lang": "en", "area_code": "08226046", "compare": "08"}
    reader.page.go_back()
    reader.settled()
    expect(reader.page).to_have_url(f"{reader.address}/?lang=en&area_code=08226046&compare=08")
    reader.page.go_back()
    reader.settled()
    expect(reader.page.get_by_role("combobox", name="Compare")).to_have_value("")
    assert chosen(reader) == {"lang": "en", "area_code": "08226046"}
    expect(reader.page.get_by_role("combobox", name="Area")).to_have_value("Malsch (Rhein-Neckar-Kreis)")


def test_the_language_of_the_page_is_declared_and_can_be_switched(walker: Reader):
    page = walker.open("/methoden")
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_role("navigation", name="Seiten", exact=True)).to_be_visible()
    page.get_by_role("link", name="English").click()
    walker.settled()
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
    assert chosen(walker) == {"lang": "en"}


@pytest.mark.parametrize("path", dict.fromkeys((*PAGES, *WITH_WIDE_TABLES)))
def test_every_page_asks_this_host_alone_reports_no_error_and_scrolls_one_way_on_a_phone(
    phone: Reader, path: str
):
    page = phone.open(path)
    wider = "e => e.scrollWidth - e.clientWidth"
    assert page.evaluate(f"({wider})(document.documentElement)") == 0
    assert page.locator('[data-testid="stMain"]').evaluate(wider) == 0
    assert phone.hosts == {"127.0.0.1"}
    assert not phone.errors
    if path in WITH_WIDE_TABLES:
        wide_tables(page)
    if path == "/":
        how_late(page)


def how_late(page: Page) -> None:
    """The table of how late each delivery is, which opens on a click, fits on a phone."""
    page.locator(".st-key-news summary").click()
    table = page.locator(".st-key-figure_overview_news .listing-box")
    table.scroll_into_view_if_needed()
    assert table.evaluate("t => t.scrollWidth <= t.clientWidth")


def test_every_answer_keeps_the_browser_to_this_host(dashboard: str):
    with urlopen(dashboard) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"]


def test_paper_shows_the_choices_and_the_address_and_no_boxes(walker: Reader):
    page = walker.turn("/gemeinde?area_code=08421000")
    page.emulate_media(media="print")
    expect(page.locator(".st-key-printed")).to_be_visible()
    expect(page.locator(".st-key-printed")).to_contain_text("area_code=08421000")
    for hidden in (".st-key-filters", '[data-testid="stHeader"]', ".head .print"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_on_paper_charts_are_as_wide_as_the_sheet_and_all_is_as_before_afterwards(walker: Reader):
    page = walker.turn("/zielerreichung?area_code=08421000")
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    walker.settled()
    sizes = """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => {
        const [inner, outer] = [plot.querySelector('.main-svg'), plot.closest('.chart')].map(
            (each) => each.getBoundingClientRect())
        const smaller = Number(plot.style.zoom || 1)
        return { width: Math.round(inner.width), box: outer.width, sheet: 688, smaller }
    })"""
    before = page.evaluate(sizes)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = page.evaluate(sizes)
    assert printed
    for chart in printed:
        assert chart["width"] <= chart["box"] + 1 <= chart["sheet"] + 1
        assert chart["width"] > 0.95 * chart["sheet"]  # one below the other
        assert 0.4 < chart["smaller"] <= 0.75
    ends = page.evaluate("""() => [...document.querySelectorAll("[class*='st-key-figure_']")].map(
        (each) => each.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])""")
    assert all(above[1] <= below[0] for above, below in pairwise(ends))
    expect(page.locator(".footer")).to_be_hidden()
    expect(page.locator(".st-key-printed")).to_contain_text("Datenlizenz Deutschland")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert all(sheet.get_textpage().get_text_bounded().strip() for sheet in sheets), "an empty sheet"
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    # Streamlit puts figures side by side again once it has measured the room.
    page.wait_for_function(
        f"(before) => JSON.stringify(({sizes})()) === before", arg=json.dumps(before, separators=(",", ":"))
    )


# The first screen of each page, as README and the guides show it. `DRAW=1 make test-slow` draws them anew.
PORTRAITS = Path(__file__).parents[2] / "docs" / "pages"
SIZES = {1400: 900, 400: 800}
DRAWN = [(word, width) for word in MENU.values() for width in SIZES]
PIECE = 8  # pixels of a side: how exactly a letter is drawn hangs on the browser
LOOKS_OTHER = 40  # of 255 levels of grey
MOST = 0.03  # of the pieces: the date, and the figures of another day


def portrait(word: str, width: int) -> Path:
    """Where the picture of a page in this width is kept."""
    return PORTRAITS / f"{word or 'ueberblick'}-{width}.png"


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Which share of two pictures looks different; 1 if they have not the same size."""
    if one.size != other.size:
        return 1.0
    small = tuple(length // PIECE for length in one.size)
    pieces = [each.convert("L").resize(small, Image.Resampling.BOX) for each in (one, other)]
    levels = ImageChops.difference(*pieces).histogram()
    return sum(levels[LOOKS_OTHER:]) / sum(levels)


@pytest.mark.long
@pytest.mark.parametrize(("word", "width"), DRAWN if effort.LONG else [("", 1400), ("gemeinde", 400)])
def test_the_documents_show_every_page_as_it_is(walker: Reader, word: str, width: int):
    walker.page.set_viewport_size({"width": width, "height": SIZES[width]})
    page = walker.turn(f"/{word}?area_code={'08118' if word == 'gemeinde' else '08'}")
    page.evaluate("scrollTo(0, 0)")
    shown = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    if os.environ.get("DRAW"):
        PORTRAITS.mkdir(exist_ok=True)
        shown.convert("RGB").quantize(64).save(portrait(word, width), optimize=True)
    kept = Image.open(portrait(word, width)).convert("RGB")
    assert unlike(shown, kept) <= MOST, f"{portrait(word, width).name} is old: DRAW=1 make test-slow"


def test_a_page_that_looks_different_is_told_from_its_picture():
    kept = Image.open(portrait("", 1400)).convert("RGB")
    moved = ImageChops.offset(kept, 0, 40)
    assert unlike(kept, kept) == 0
    assert unlike(kept, moved) > MOST
    assert unlike(kept, kept.resize((700, 450))) > MOST
