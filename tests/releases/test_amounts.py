"""Money and posts of closed periods: exact, and never changed without a note and an entry in the list."""

import csv

import pytest

from data.releases import make, notices, shelf
from tests.support import stores
from tests.support.figures import Figures

PLACE = "08421000"
FUNDS = """
    buchung_id | ags | haushaltsjahr | programm | stufe | betrag_eur | gebucht_am
    B001 | 08421000 | 2018 | PIK Integrationsmanagement | bewilligt | {approved} | 01.02.2018
    B002 | 08421000 | 2018 | PIK Integrationsmanagement | verwendet | {used} | 01.12.2018
"""
POSTS = """
    stelle_id | monat | ags | vzae_bewilligt | vzae_besetzt
    S001 | 01.12.2018 | 08421000 | 1,00 | {filled}
"""


def handed_in(figures, reporting_date, approved="1000,00", used="400,00", filled="0,50"):
    return figures.hand_in(
        sender="amt-a",
        reporting_date=reporting_date,
        faelle="fall_id | ags | aufnahme_am\nF001 | 08421000 | 05.01.2018",
        mittel=FUNDS.format(approved=approved, used=used),
        stellen=POSTS.format(filled=filled),
    )


@pytest.fixture
def published(tmp_path, tmp_path_factory):
    """A copy of the store with the first release of these amounts."""

    def first(folder):
        handed_in(Figures(folder), "31.12.2018").release()

    return stores.copied(stores.once(tmp_path_factory, "amounts", first), tmp_path)


def changed(manifest):
    return {
        (each["table"], each["count"], each["before"], each["after"])
        for each in manifest.revisions
        if each["area_code"] == PLACE
    }


def test_an_approved_amount_of_a_closed_year_changes_only_with_a_note_and_is_listed(published):
    handed_in(published, "31.03.2019", approved="9000,50")
    with pytest.raises(make.MissingNoteError, match="in funds"):
        published.release()
    made = published.release(note="Bescheid geändert")
    assert changed(made) == {("funds", "approved_eur", 1000.0, 9000.5)}
    assert made.revised["funds"] == len([each for each in made.revisions if each["table"] == "funds"])
    with shelf.revisions(published.settings.store, made.name).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["area_code"] == PLACE]
    assert {(row["budget_year"], row["before"], row["after"]) for row in rows} == {
        ("2018", "1000.0", "9000.5")
    }
    (_, newest) = notices.open_to_readers(published.settings.store)
    assert {(each.before, each.after) for each in newest.revisions} == {(1000.0, 9000.5)}


def test_what_is_paid_and_used_goes_on_moving_after_its_year(published):
    handed_in(published, "31.03.2019", used="700,00")
    made = published.release()
    assert made.revised == {}


def test_posts_of_a_closed_month_and_its_year(published):
    handed_in(published, "31.03.2019", filled="0,00")
    made = published.release(note="Stelle war unbesetzt")
    assert ("posts", "filled_vzae", 0.5, 0.0) in changed(made)
    assert {each["period"] for each in made.revisions} == {"2018-12", "2018-Q4", "2018"}
