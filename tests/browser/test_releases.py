"""Releases and exact figures in a real browser: what stays in the address, on paper, in files that leave."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.browser.boxes import taken
from tests.browser.conftest import Lend, Reader
from tests.browser.test_accessibility import faults
from tests.support import published

Serve = Callable[..., AbstractContextManager[str]]
WIDTHS = (1400, 400)
STILL = """() => document.querySelector('[data-testid="stSidebar"]').getAnimations({subtree: true})
    .every((each) => each.playState !== "running")"""


@pytest.fixture(scope="module")
def open_to_all(several: Path, serve: Serve) -> Iterator[str]:
    with serve(several) as address:
        yield address


@pytest.fixture(scope="module")
def inside(several: Path, serve: Serve) -> Iterator[str]:
    with serve(several, internal=True) as address:
        yield address


@pytest.fixture(scope="module")
def public_tab(tab: Lend, open_to_all: str) -> Iterator[Reader]:
    with tab(open_to_all) as reader:
        yield reader


@pytest.fixture(scope="module")
def internal_tab(tab: Lend, inside: str) -> Iterator[Reader]:
    with tab(inside) as reader:
        yield reader


def as_wide(reader: Reader, width: int) -> Reader:
    reader.page.emulate_media(media="null")
    reader.page.set_viewport_size({"width": width, "height": 900})
    return reader


@pytest.fixture(params=WIDTHS)
def public(public_tab: Reader, request: pytest.FixtureRequest) -> Reader:
    return as_wide(public_tab, request.param)


@pytest.fixture(params=WIDTHS)
def internal(internal_tab: Reader, request: pytest.FixtureRequest) -> Reader:
    return as_wide(internal_tab, request.param)


def test_an_older_release_follows_the_reader_and_its_button_leads_to_the_newest(public: Reader):
    page = public.open(f"/fallzahlen?release={published.OLD}&area_code={published.ULM}")
    if page.viewport_size["width"] < 800:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Zielerreichung").click()
    public.settled()
    assert "/zielerreichung" in page.url
    assert parse_qs(public.query)["release"] == [published.OLD]
    expect(page.locator(".st-key-older")).to_be_visible()
    expect(page.locator(".st-key-printed")).to_contain_text(f"release={published.OLD}")
    if page.viewport_size["width"] < 800:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.get_by_test_id("stExpandSidebarButton").wait_for()
        page.wait_for_function(STILL)
    assert faults(public) == []
    page.locator(".st-key-older").get_by_role("button").click()
    public.settled()
    assert "release" not in parse_qs(public.query)
    expect(page.locator(".st-key-older")).to_have_count(0)
    assert not public.errors


@pytest.mark.parametrize(
    ("lang", "banner"),
    [
        ("de", "Interne Ansicht: genaue Zahlen, nicht zur Veröffentlichung"),
        ("en", "Internal view: exact figures, not for publication"),
    ],
)
def test_exact_figures_say_so_on_the_screen_and_on_paper(internal: Reader, lang: str, banner: str):
    page = internal.turn(f"/gemeinde?area_code={published.LANGENAU}&period=2018&lang={lang}")
    expect(page.locator(".st-key-exact")).to_contain_text(banner)
    wider = "e => e.scrollWidth - e.clientWidth"
    assert page.locator('[data-testid="stMain"]').evaluate(wider) == 0
    assert faults(internal) == []
    page.emulate_media(media="print")
    expect(page.locator(".st-key-exact")).to_be_visible()
    expect(page.locator(".st-key-exact button")).to_be_hidden()


def test_what_leaves_the_internal_view_is_marked_in_its_name_and_its_rows(internal: Reader):
    page = internal.turn(f"/fallzahlen?area_code={published.ULM}&period=2018")
    figure = page.locator(".st-key-figure_caseload_active")
    path = taken(page, "caseload_active", "csv")
    assert path.name.endswith("-nicht-zur-veroeffentlichung.csv")
    _, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows
    assert all("NICHT ZUR VERÖFFENTLICHUNG" in row for row in rows)
    figure.locator(".js-plotly-plot").hover()
    with page.expect_download() as image:
        figure.locator('.modebar-btn[data-title="Als PNG herunterladen"]').click()
    assert image.value.suggested_filename.endswith("-nicht-zur-veroeffentlichung.png")


def test_without_the_setting_no_address_opens_the_exact_figures(public: Reader):
    page = public.open(f"/gemeinde?area_code={published.LANGENAU}&period=2018&audience=internal&internal=1")
    expect(page.locator(".st-key-exact")).to_have_count(0)
    row = page.locator(".st-key-figure_municipality_compared tbody tr").first.inner_text()
    assert row.split()[:3] == ["Betreute", "Personen", "•"]
