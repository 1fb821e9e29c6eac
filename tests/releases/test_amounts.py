"""Money and posts of closed periods: exact, and never changed without a note and an entry in the list."""

import csv

import pytest

from data.releases import make, notices, shelf
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


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """These amounts are published; then more is approved and used, and a post was not filled: with a note."""
    figures = handed_in(Figures(tmp_path_factory.mktemp("amounts")), "31.12.2018")
    figures.release()
    handed_in(figures, "31.03.2019", approved="9000,50", used="700,00", filled="0,00")
    with pytest.raises(make.MissingNoteError, match="in funds"):
        figures.release()
    return figures, figures.release(note="Bescheid geändert, Stelle war unbesetzt")


def changed(manifest):
    return {
        (each["table"], each["count"], each["before"], each["after"])
        for each in manifest.revisions
        if each["area_code"] == PLACE
    }


def test_an_approved_amount_of_a_closed_year_changes_only_with_a_note_and_is_listed(published):
    figures, made = published
    assert ("funds", "approved_eur", 1000.0, 9000.5) in changed(made)
    assert made.revised["funds"] == len([each for each in made.revisions if each["table"] == "funds"])
    with shelf.revisions(figures.settings.store, made.name).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["area_code"] == PLACE and row["table"] == "funds"]
    assert {(row["budget_year"], row["before"], row["after"]) for row in rows} == {
        ("2018", "1000.0", "9000.5")
    }
    (_, newest) = notices.open_to_readers(figures.settings.store)
    of_funds = [each for each in newest.revisions if each.table == "funds"]
    assert {(each.before, each.after) for each in of_funds} == {(1000.0, 9000.5)}


def test_what_is_paid_and_used_goes_on_moving_after_its_year(published):
    _, made = published
    assert {name for table, name, *_ in changed(made) if table == "funds"} == {"approved_eur"}
    assert not [each for each in made.revisions if each["count"] in ("paid_eur", "used_eur")]


def test_posts_of_a_closed_month_and_its_year(published):
    _, made = published
    assert ("posts", "filled_vzae", 0.5, 0.0) in changed(made)
    of_posts = [each for each in made.revisions if each["table"] == "posts"]
    assert {each["period"] for each in of_posts} == {"2018-12", "2018-Q4", "2018"}
