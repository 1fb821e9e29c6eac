"""Handing in on the page: upload, what was found, repair, upload again, take over, take back."""

import time
from contextlib import nullcontext, suppress
from pathlib import Path

import openpyxl
from playwright.sync_api import TimeoutError, expect

from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from data.releases import make
from data.warehouse import versions
from tests.browser.boxes import pick
from tests.browser.conftest import Reader
from tests.support import drawn

PAGE = "/daten-abgeben"
GOOD = """
    fall_id | ags      | aufnahme_am
    F001    | 08421000 | 05.01.2018
    F002    | 08421000 | 06.01.2018
"""
FAULTY = GOOD.replace("06.01.2018", "31.02.2018")


def files(folder: Path, faelle: str, reporting_date: str = "31.03.2018", **drawings: str) -> list[str]:
    drawings = {"software": SYNTHETIC} | drawings
    path = drawn.delivery(folder, faelle=faelle, reporting_date=reporting_date, **drawings)
    return [str(file) for file in sorted(path.iterdir())]


def choose(office: Reader, paths: list[str], shown: str) -> None:
    """Choose files, until one is shown: a page that is just drawn anew on a busy machine lets them go."""
    for patience in (40_000, 40_000, None):
        office.page.set_input_files("input[type=file]", paths)
        with suppress(TimeoutError) if patience else nullcontext():
            office.page.get_by_text(shown).first.wait_for(timeout=patience)
            return


def examine(office: Reader, paths: list[str]) -> None:
    page = office.open(PAGE)
    page.keyboard.press("Tab")
    office.settled()
    choose(office, paths, "faelle.csv")
    office.settled()
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_role("heading", name="Was erkannt wurde").wait_for()
    office.settled()


def give_reason(office: Reader) -> None:
    reason = office.page.get_by_role("textbox", name="Warum sind die Warnungen")
    may_go_on = office.page.get_by_role("button", name="Übernehmen", disabled=False)
    expect(reason.or_(may_go_on).first).to_be_visible()
    if reason.count():
        reason.fill("stimmt so")
        office.page.keyboard.press("Tab")
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
    expect(page.get_by_role("alert").first).to_contain_text("kann die Lieferung nicht übernommen werden")
    found = page.locator(".st-key-finding_0")
    for said in ("aufnahme_am", "31.02.2018", "3"):  # the line, with the header as line 1
        expect(found).to_contain_text(said)
    expect(page.get_by_role("button", name="Übernehmen")).to_be_disabled()
    assert stored(own) == []


def test_the_repair_list_marks_the_faulty_cell(office, tmp_path):
    with office.page.expect_download() as waiting:
        office.page.locator(".st-key-handin_repair_list button").click()
    path = tmp_path / "findings.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    commented = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [cell.value for cell in commented] == ["31.02.2018"]


def test_a_file_that_can_not_be_read_is_explained_and_leaves_nothing_behind(office, own, tmp_path):
    before = {path for path in own.rglob("*") if path.is_file()}
    broken = files(tmp_path / "broken", GOOD)
    Path(broken[0]).write_text("fall_id;ags;aufnahme_am\nF001;08421000;05.01.2018;Quastenflosser\n", "utf-8")
    examine(office, broken)
    page = office.page
    for said in ("Der Server hat nichts davon gespeichert", "4 statt 3 Felder"):
        expect(page.locator('[data-testid="stMain"]')).to_contain_text(said)
    expect(page.get_by_role("button", name="Übernehmen")).to_be_disabled()
    with page.expect_download() as waiting:
        page.locator(".st-key-handin_repair_list button").click()
    waiting.value.save_as(tmp_path / "findings.xlsx")
    book = openpyxl.load_workbook(tmp_path / "findings.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "row-length" in cells
    assert not any("Quastenflosser" in str(cell) for cell in cells)
    kept = {path for path in own.rglob("*") if path.is_file()} - before
    assert not [path for path in kept if b"Quastenflosser" in path.read_bytes()]
    assert not [path for path in kept if "waiting" in path.parts]


def test_the_repaired_delivery_is_compared_taken_over_and_built(office, own, tmp_path):
    examine(office, files(tmp_path / "good", GOOD))
    page = office.page
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("Nichts zu beanstanden")
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("erste Lieferung dieses Absenders")
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for()
    assert stored(own) == [("2018-03-31", "accepted", "anna")]
    until = time.monotonic() + 60
    while versions.current(own) is None and time.monotonic() < until:
        page.wait_for_timeout(250)
    make.make(Settings(own, "", 0), lambda *_: None)  # readers see what was published, not what was handed in
    page.goto(office.address + "/fallzahlen?area_code=08421000")
    # On paper it stands once more, above and unseen.
    page.get_by_text("Stand 31.03.2018").locator("visible=true").first.wait_for()


def test_a_demonstration_takes_no_real_delivery_and_says_so(office, own, tmp_path):
    before = stored(own)
    path = drawn.delivery(tmp_path / "real", sender="amt-b", faelle=GOOD, reporting_date="31.03.2018")
    office.open(PAGE).keyboard.press("Tab")
    office.settled()
    choose(office, [str(each) for each in path.iterdir()], "faelle.csv")
    office.page.get_by_role("button", name="Prüfen", exact=True).click()
    office.page.get_by_text("nimmt nur Demonstrationsdaten an. Die Lieferung").first.wait_for()
    office.settled()
    expect(office.page.get_by_role("button", name="Übernehmen")).to_have_count(0)
    assert stored(own) == before
    assert not office.errors


def test_leaving_the_page_does_not_lose_the_upload(office, own, tmp_path):
    more = GOOD + "    F003    | 08421000 | 07.01.2018\n"
    examine(office, files(tmp_path / "more", more, "30.06.2018"))
    office.open("/methoden")
    page = office.open(PAGE)
    page.get_by_role("button", name="Amt amt-a").last.click()
    page.get_by_text("1 neu, 0 nicht mehr enthalten").first.wait_for()
    office.settled()
    expect(page.get_by_role("row", name="Fälle 2 3 1")).to_have_count(1)


def test_a_delivery_is_taken_over_and_taken_back(office, own):
    page = office.page
    page.keyboard.press("Tab")
    office.settled()
    give_reason(office)
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for()
    office.settled()
    assert ("2018-03-31", "replaced", "anna") in stored(own)
    page.get_by_text("Eine Lieferung zurücknehmen").click()
    pick(office, "Welche Lieferung?", "30.06.2018", "Amt amt-a, 30.06.2018")
    page.get_by_role("textbox", name="Grund").fill("falscher Stichtag")
    page.keyboard.press("Tab")
    office.settled()
    page.get_by_role("button", name="Zurücknehmen").click()
    page.get_by_text("Die Lieferung ist zurückgenommen").wait_for()
    assert sorted(stored(own)) == [
        ("2018-03-31", "accepted", "anna"),
        ("2018-06-30", "taken_back", "anna"),
    ]
    assert not office.errors


def test_the_way_of_writing_is_told_in_the_language_of_the_reader(office, tmp_path):
    paths = files(tmp_path / "written", GOOD, mittel="betrag_eur | gebucht_am\n1.200,00 | 01.02.2018")
    examine(office, paths)
    german = "UTF-8, Semikolon, Dezimalkomma, TT.MM.JJJJ"
    expect(office.page.get_by_role("row", name=f"mittel mittel.csv {german} 1")).to_have_count(1)
    office.page.get_by_role("link", name="English").click()
    office.settled()
    english = "UTF-8, semicolon, decimal comma, DD.MM.YYYY"
    expect(office.page.get_by_role("row", name=f"mittel mittel.csv {english} 1")).to_have_count(1)
    expect(office.page.locator('[data-testid="stMain"]')).not_to_contain_text(german)
