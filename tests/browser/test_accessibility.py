"""axe-core on every page: WCAG 2.1 AA and good practice, without any fault (BITV 2.0, EN 301 549)."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.menu import LEGAL, MENU, PARTS
from tests.browser.conftest import Lend, Reader
from tests.browser.lying import upon_another
from tests.support.effort import LONG

PAGES = [
    f"/{path}?part={part}"
    for file, path in (MENU | LEGAL).items()
    if path != "impressum"  # of one shape with the two others
    for part in PARTS.get(file.removeprefix("public/"), ("",))
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # every rule is tried at every place; only what passed is not written down
}


def faults(reader: Reader) -> list[str]:
    """All faults of the open page, each with the first place."""
    found = Axe().run(reader.page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {fault['help']} at {fault['nodes'][0]['target']} ({len(fault['nodes'])} places)"
        for fault in found
    ]


# The Land, a Kreis, an association, a town with bands, a village with nothing, and a grouping.
PLACES = (
    "area_code=08", "area_code=08425", "area_code=084255003", "area_code=08425033", "area_code=08425066",
    "grouping=regionen.region-neckar-alb",
)  # fmt: skip
WIDTHS = (1400, 400)
# In `make test` each page once, so that any two of language, width and place come together on some pages.
LOOKED_AT = (
    # Width by width: a chart that a window made narrow stays as high as it was.
    [(path, lang, width, place) for width, path, lang, place in product(WIDTHS, PAGES, ("de", "en"), PLACES)]
    if LONG
    else [
        (path, ("de", "en")[at % 2], WIDTHS[at // 2 % 2], PLACES[at // 3 % len(PLACES)])
        for at, path in enumerate(PAGES)
    ]
)


@pytest.mark.long
@pytest.mark.parametrize(("path", "lang", "width", "place"), LOOKED_AT)
def test_a_page_has_no_fault_and_nothing_on_it_is_cut_or_lies_upon_another(
    walker: Reader, path: str, lang: str, width: int, place: str
):
    walker.page.set_viewport_size({"width": width, "height": 900})
    # Imprint and the like have nothing to choose and say nothing of it for paper, so they are loaded.
    go = walker.open if path.split("?")[0].strip("/") in LEGAL.values() else walker.turn
    page = go(f"{path}&{place}&lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    assert faults(walker) == []
    assert upon_another(walker) == []
    assert not walker.errors
    assert walker.hosts == {"127.0.0.1"}


@pytest.fixture(scope="module")
def overview(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """The first page, opened once."""
    with tab(dashboard) as reader:
        reader.open("/?period=2026-Q3")
        yield reader


def test_a_reader_gets_from_the_top_of_the_page_to_the_first_box_by_keyboard(overview: Reader):
    page = overview.page
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "combobox":
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_withheld_area_of_the_map_is_named_as_such_in_the_legend(overview: Reader):
    legend = overview.page.locator(".st-key-overview_map .areamap-legend")
    expect(legend).to_contain_text("zurückgehalten")
    expect(legend).to_contain_text("keine Lieferung")


def test_the_map_can_be_read_as_a_table(overview: Reader):
    page = overview.page
    expect(page.locator(".st-key-figure_overview_map table tbody tr").nth(19)).to_be_attached()
    expect(page.locator(".st-key-figure_overview_map table")).to_contain_text("Aidlingen")
