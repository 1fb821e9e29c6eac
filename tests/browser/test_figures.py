"""What stands under a figure: its numbers as a table and a file, its definition."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.boxes import wide_tables
from tests.browser.conftest import Lend, Reader

PAGE = "/fallzahlen?area_code=08"
FIGURE = ".st-key-figure_caseload_active"


@pytest.fixture(scope="module")
def caseload(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """A page opened once: what the tests open below its figure is in nobody's way."""
    with tab(dashboard) as reader:
        reader.open(PAGE)
        yield reader


def test_a_figure_has_its_numbers_as_a_real_table(caseload: Reader):
    figure = caseload.page.locator(FIGURE)
    figure.get_by_text("Als Tabelle").click()
    caseload.settled()
    assert "Betreute Personen" in figure.locator("table th").all_inner_texts()
    assert figure.locator("table tbody tr").count() > 4


def test_a_figure_can_be_taken_away_as_a_file_for_a_german_excel(caseload: Reader):
    figure = caseload.page.locator(FIGURE)
    with caseload.page.expect_download() as taken:
        figure.get_by_text("CSV herunterladen").click()
    assert taken.value.suggested_filename.endswith(".csv")
    content = Path(taken.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# ")
    lines = content.decode("utf-8-sig").splitlines()
    assert "DEMONSTRATIONSDATEN" in lines[1]
    assert any(line.startswith("Gebiet;") and "Betreute Personen" in line for line in lines)


def test_a_figure_says_what_it_means(caseload: Reader):
    caseload.page.locator(FIGURE).get_by_text("Was ist gemeint?").click()
    assert (
        "offene Fälle am letzten Tag" in caseload.page.locator('[data-testid="stPopoverBody"]').inner_text()
    )


def test_the_definition_of_a_measure_is_one_click_away(caseload: Reader):
    page = caseload.page
    page.keyboard.press("Escape")  # closes what the test before has opened
    page.locator(".st-key-caseload_per_post_definition button").click()
    caseload.settled()
    assert "64.000 €" in page.locator('[data-testid="stPopoverBody"]').inner_text()


def test_a_chart_is_described_for_those_who_cannot_see_it(caseload: Reader):
    chart = caseload.page.locator(FIGURE).get_by_role("figure").first
    assert "Betreute Personen" in (chart.get_attribute("aria-label") or "")


def test_a_wide_table_of_a_municipality_says_so_and_can_be_scrolled_with_the_keyboard(phone: Reader):
    wide_tables(phone.open("/gemeinde?area_code=08425071"))
