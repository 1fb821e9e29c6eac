"""axe-core on every page: WCAG 2.1 AA and good practice, without any fault (BITV 2.0, EN 301 549)."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.menu import LEGAL, MENU, PARTS
from tests.browser.conftest import Lend, Reader
from tests.support.effort import in_each_language

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


@pytest.mark.long
@pytest.mark.parametrize(("path", "lang"), in_each_language(*PAGES))
def test_no_page_has_a_fault_at_a_desk_in_german_or_on_a_phone_in_english(
    walker: Reader, path: str, lang: str
):
    walker.page.set_viewport_size(
        {"width": 1400, "height": 1000} if lang == "de" else {"width": 400, "height": 800}
    )
    # Imprint and the like have nothing to choose and say nothing of it for paper, so they are loaded.
    go = walker.open if path.split("?")[0].strip("/") in LEGAL.values() else walker.turn
    page = go(f"{path}&area_code=08421000&lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    assert faults(walker) == []


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
