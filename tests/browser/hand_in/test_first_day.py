"""docs/first-day.md on the page: the sheet of an office, its proposal, the take-over, in an empty store."""

import re

from playwright.sync_api import expect

from data.deliveries.store import deliveries
from data.demo import first_day
from data.foundation.settings import Settings
from tests.browser.hand_in.test_delivery import PAGE, choose, stored


def test_the_sheet_of_the_first_day_is_proposed_confirmed_and_taken_over_on_the_page(office, own, tmp_path):
    sheet = first_day.write(tmp_path, 2018)
    page = office.open(PAGE)
    page.keyboard.press("Tab")
    office.settled()
    choose(office, [str(sheet)], "026-09.xlsx")  # as the browser shortens it
    office.settled()
    page.get_by_role("button", name="Prüfen", exact=True).click()
    page.get_by_role("heading", name="Vorschlag: so werden Ihre Spalten gelesen").wait_for()
    office.settled()

    main = page.locator('[data-testid="stMain"]')
    for said in (
        "Aus Spalten werden Zeilen: Ziel 1–2, Status Ziel 1–2, Ziel 1–2 vereinbart am, Ziel 1–2 erreicht am.",
        "Leer, daher nicht gelesen: Bemerkung",
        "(Jahre, daraus werden Altersgruppen)",
    ):
        expect(main).to_contain_text(said)
    totals = page.get_by_role("checkbox", name="Zeilen auslassen, die Summen oder Vermerke sind")
    expect(totals).to_be_checked()
    expect(page.get_by_role("button", name="Mit dieser Zuordnung prüfen")).to_be_disabled()

    page.locator(".st-key-handin_single summary").click()
    page.get_by_role("textbox", name="Kennung des Absenders").fill("lra-alb-donau-kreis")
    page.get_by_role("textbox", name="Stichtag").fill("30.09.2026")
    page.keyboard.press("Tab")
    office.settled()
    page.get_by_role("button", name="Mit dieser Zuordnung prüfen").click()
    page.get_by_text("Diese Abgabe wurde mit einer Zuordnung gelesen").wait_for()
    office.settled()
    expect(main).to_contain_text("Alles in Ordnung. Die Lieferung kann übernommen werden.")
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Die Lieferung ist übernommen").wait_for()

    assert stored(own) == [("2026-09-30", "accepted", "anna")]
    (taken,) = deliveries.all_deliveries(Settings(own, "", 0))
    assert (taken.synthetic, taken.rows) == (True, {"faelle": 300, "ziele": 357})
    profile = (own / "profiles" / "lra-alb-donau-kreis.toml").read_text(encoding="utf-8")
    assert re.search(r"repeat = 2\b", profile)
    assert 'leave_out = { "Fall-Nr." = ["Gesamt"] }' in profile
    assert not office.errors
