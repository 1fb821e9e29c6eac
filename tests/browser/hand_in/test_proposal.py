"""Files of another shape on the page: an assignment is proposed, confirmed, changed, discarded, saved."""

import re
from pathlib import Path

from playwright.sync_api import expect

from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin.work import import_delivery
from data.foundation.settings import Settings
from tests.browser.boxes import pick
from tests.browser.conftest import Reader
from tests.browser.hand_in.test_delivery import GOOD, PAGE, choose, give_reason, stored
from tests.browser.server import ROOT
from tests.support import drawn

FLAT = ROOT / "tests/deliveries/profiles/samples/fallblatt.csv"


def examine_single(office: Reader, path: Path, sender: str, reporting_date: str) -> None:
    page = office.open(PAGE)
    page.get_by_text("Nur eine einzelne Tabelle").click()
    page.get_by_role("textbox", name="Kennung des Absenders").fill(sender)
    page.get_by_role("textbox", name="Stichtag").fill(reporting_date)
    page.keyboard.press("Tab")
    office.settled()
    choose(office, [str(path)], path.name)
    office.settled()
    page.get_by_role("button", name="Prüfen", exact=True).click()


def made_up(folder, content):
    """The flat table, which says above its header that it is demonstration data."""
    path = folder / FLAT.name
    path.write_bytes(f"{SYNTHETIC}\r\n".encode() + content)
    return path


def test_an_office_with_other_columns_confirms_a_proposal_that_is_saved_for_it(office, own, tmp_path):
    # A single table is demonstration data if it says so, whatever its sender handed in last.
    head = drawn.delivery(
        tmp_path / "flat", sender="amt-flach", software=SYNTHETIC, reporting_date="31.03.2026", faelle=GOOD
    )
    assert import_delivery(head, Settings(own, "", 0)).accepted
    examine_single(office, made_up(tmp_path, FLAT.read_bytes()), "amt-flach", "30.06.2026")
    page = office.page
    page.get_by_role("heading", name="Vorschlag: so werden Ihre Spalten gelesen").wait_for()
    office.settled()
    proposed = page.locator(".st-key-assigned_faelle")
    expect(
        proposed.get_by_role("row", name="Beginn der Beratung (aufnahme_am) Beginn 01.03.2024")
    ).to_have_count(1)
    expect(proposed).to_contain_text("w → weiblich")
    page.get_by_role("button", name="Mit dieser Zuordnung prüfen").click()
    page.get_by_text("Diese Abgabe wurde mit einer Zuordnung gelesen").wait_for()
    office.settled()
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("fallblatt.csv → ziele")
    give_reason(office)
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for()
    assert ("2026-06-30", "accepted", "anna") in stored(own)
    assert 'aufnahme_am = "Beginn"' in (own / "profiles" / "amt-flach.toml").read_text(encoding="utf-8")
    assert not office.errors


def test_the_next_time_the_saved_assignment_is_used_and_nothing_is_proposed(office, tmp_path):
    more = FLAT.read_bytes() + FLAT.read_bytes().splitlines(keepends=True)[1].replace(b"FB-1001", b"FB-2001")
    examine_single(office, made_up(tmp_path, more), "amt-flach", "30.09.2026")
    office.page.get_by_text("Diese Abgabe wurde mit einer Zuordnung gelesen").wait_for()
    office.settled()
    expect(office.page.locator(".st-key-handin_apply")).to_have_count(0)
    expect(office.page.get_by_role("heading", name="Vorschlag")).to_have_count(0)


def test_a_proposal_can_be_discarded_and_asked_for_again(office, tmp_path):
    examine_single(office, made_up(tmp_path, FLAT.read_bytes()), "amt-neu", "30.06.2026")
    page = office.page
    page.get_by_role("button", name="Vorschlag verwerfen").click()
    page.get_by_role("button", name="Zuordnung vorschlagen").wait_for()
    page.wait_for_timeout(1500)  # that nothing comes can't be waited for: the page looks every second
    office.settled()
    expect(page.locator(".st-key-handin_apply")).to_have_count(0)
    page.get_by_role("button", name="Zuordnung vorschlagen").click()
    page.locator(".st-key-handin_apply").wait_for()


def test_an_assignment_is_changed_and_read_as_changed(office):
    page = office.page
    page.locator(".st-key-mapping_faelle summary").click()
    pick(office, "integrationsmanager_id", "Team", "Team")
    row = page.locator(".st-key-assigned_faelle").get_by_role("row", name="integrationsmanager_id")
    chosen = re.compile(r"Team\s+Nord, Süd\s+gewählt, \d+\s%\sder\sWerte\spassen$")  # no id has an umlaut
    expect(row).to_contain_text(chosen, use_inner_text=True)
    expect(page.locator(".st-key-assigned_faelle")).to_contain_text("IM-Kürzel")  # now not assigned
    page.get_by_role("button", name="Mit dieser Zuordnung prüfen").click()
    page.get_by_text("Diese Abgabe wurde mit einer Zuordnung gelesen").wait_for()
    office.settled()
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("IM-Kürzel")
