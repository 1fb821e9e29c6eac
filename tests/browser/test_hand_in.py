"""Handing in on the page: upload, what was found, repair, upload again, take over, take back."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext

from data import editions
from data.deliveries import store as deliveries
from data.settings import Settings
from tests import drawn
from tests.browser.conftest import ROOT, Reader

PAGE = "/daten-abgeben"
GOOD = """
    fall_id | ags      | aufnahme_am
    F001    | 08421000 | 05.01.2018
    F002    | 08421000 | 06.01.2018
"""
FAULTY = GOOD.replace("06.01.2018", "31.02.2018")


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    """An empty store of its own."""
    return tmp_path_factory.mktemp("hand-in") / "store"


@pytest.fixture(scope="module")
def office(
    own: Path, serve: Callable[[Path], AbstractContextManager[str]], chromium: BrowserContext
) -> Iterator[Reader]:
    """A dashboard whose internal pages are open, and a browser on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_INTERNAL", "1")
        with serve(own) as address:
            page = chromium.new_page()
            page.set_viewport_size({"width": 1400, "height": 1000})
            yield Reader(page, address)
            page.close()


def files(folder: Path, faelle: str, reporting_date: str = "31.03.2018") -> list[str]:
    path = drawn.delivery(folder, faelle=faelle, reporting_date=reporting_date)
    return [str(file) for file in sorted(path.iterdir())]


def examine(office: Reader, paths: list[str]) -> None:
    page = office.open(PAGE)
    page.get_by_role("textbox", name="Wer gibt ab").fill("M. Muster")
    page.keyboard.press("Tab")
    office.settled()
    page.set_input_files("input[type=file]", paths)
    page.get_by_text("faelle.csv").first.wait_for()
    office.settled()
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_role("heading", name="Was erkannt wurde").wait_for(timeout=60_000)
    office.settled()


def stored(own: Path) -> list[tuple[str, str, str]]:
    settings = Settings(store=own, address="", port=0)
    return [
        (one.reporting_date.isoformat(), one.state, one.handed_in_by)
        for one in deliveries.all_deliveries(settings)
    ]


def test_a_faulty_delivery_is_explained_and_nothing_is_taken_over(office, own, tmp_path):
    examine(office, files(tmp_path / "faulty", FAULTY))
    page = office.page
    assert "kann die Lieferung nicht übernommen werden" in page.get_by_role("alert").first.inner_text()
    found = page.locator(".st-key-finding_0").inner_text()
    assert "aufnahme_am" in found
    assert "31.02.2018" in found
    assert "3" in found  # the line, with the header as line 1
    assert page.get_by_role("button", name="Übernehmen").is_disabled()
    assert stored(own) == []


def test_the_repair_list_marks_the_faulty_cell(office, tmp_path):
    with office.page.expect_download() as waiting:
        office.page.locator(".st-key-handin_repair_list button").click()
    path = tmp_path / "findings.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    commented = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [cell.value for cell in commented] == ["31.02.2018"]


def test_the_repaired_delivery_is_compared_taken_over_and_built(office, own, tmp_path):
    examine(office, files(tmp_path / "good", GOOD))
    page = office.page
    assert "Nichts zu beanstanden" in page.locator('[data-testid="stMain"]').inner_text()
    assert "erste Lieferung dieses Absenders" in page.locator('[data-testid="stMain"]').inner_text()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for(timeout=30_000)
    assert stored(own) == [("2018-03-31", "accepted", "M. Muster")]
    until = time.monotonic() + 60
    while editions.current(own) is None and time.monotonic() < until:
        page.wait_for_timeout(250)
    page.goto(office.address + "/fallzahlen?area_code=08421000")
    page.get_by_text("Stand 31.03.2018").first.wait_for(timeout=30_000)


def test_leaving_the_page_does_not_lose_the_upload(office, own, tmp_path):
    more = GOOD + "    F003    | 08421000 | 07.01.2018\n"
    examine(office, files(tmp_path / "more", more, "30.06.2018"))
    office.open("/methoden")
    page = office.open(PAGE)
    page.get_by_role("button", name="Amt amt-a").last.click()
    office.settled()
    text = page.locator('[data-testid="stMain"]').inner_text()
    assert "1 neu, 0 nicht mehr enthalten" in text
    assert page.get_by_role("row", name="Fälle 2 3 1").count() == 1


def test_a_delivery_is_taken_over_and_taken_back(office, own):
    page = office.page
    page.get_by_role("textbox", name="Wer gibt ab").fill("M. Muster")
    page.keyboard.press("Tab")
    office.settled()
    if page.get_by_role("textbox", name="Warum sind die Warnungen").count():
        page.get_by_role("textbox", name="Warum sind die Warnungen").fill("stimmt so")
        page.keyboard.press("Tab")
        office.settled()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for(timeout=30_000)
    office.settled()
    assert ("2018-03-31", "replaced", "M. Muster") in stored(own)
    page.get_by_text("Eine Lieferung zurücknehmen").click()
    page.get_by_role("combobox", name="Welche Lieferung?").click()
    page.keyboard.type("30.06.2018")
    page.keyboard.press("Enter")
    office.settled()
    page.get_by_role("textbox", name="Grund").fill("falscher Stichtag")
    page.keyboard.press("Tab")
    office.settled()
    page.get_by_role("button", name="Zurücknehmen").click()
    page.get_by_text("Die Lieferung ist zurückgenommen").wait_for(timeout=30_000)
    assert sorted(stored(own)) == [
        ("2018-03-31", "accepted", "M. Muster"),
        ("2018-06-30", "taken_back", "M. Muster"),
    ]
    assert not office.errors


def test_an_office_with_other_columns_assigns_them_by_a_proposal(office, own):
    page = office.open(PAGE)
    page.get_by_role("textbox", name="Wer gibt ab").fill("M. Muster")
    page.get_by_text("Nur eine einzelne Tabelle").click()
    page.get_by_role("textbox", name="Kennung des Absenders").fill("amt-flach")
    page.get_by_role("textbox", name="Stichtag").fill("30.06.2026")
    page.keyboard.press("Tab")
    office.settled()
    page.set_input_files("input[type=file]", str(ROOT / "tests/profiles/samples/fallblatt.csv"))
    page.get_by_text("fallblatt.csv").first.wait_for()
    office.settled()
    page.get_by_role("button", name="Prüfen", exact=True).click()
    page.get_by_role("button", name="Mit dieser Zuordnung prüfen").click(timeout=60_000)
    page.get_by_text("Diese Abgabe wurde mit einer Zuordnung gelesen").wait_for(timeout=60_000)
    office.settled()
    recognised = page.locator('[data-testid="stMain"]').inner_text()
    assert "fallblatt.csv → ziele" in recognised
    reason = page.get_by_role("textbox", name="Warum sind die Warnungen")
    if reason.count():
        reason.fill("Beratungen führt das Programm nicht")
        page.keyboard.press("Tab")
        office.settled()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for(timeout=30_000)
    assert ("2026-06-30", "accepted", "M. Muster") in stored(own)
    assert not office.errors
