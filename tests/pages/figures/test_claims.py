"""Every claim of the pages, held against the exact figures of the same store."""

import pytest

from data.access.rights import PUBLIC
from data.foundation import areas
from data.publish import edition
from data.questions.filters import Filters
from pages.text.claims import Kind
from tests.support import effort, held, signed
from tests.support.held import Held
from tests.support.opened import PAGES, opened, parts, said

KREISE = [code for code, area in areas.register().items() if area.level == areas.KREIS]
GEMEINDEN = [code for code, area in areas.register().items() if area.level == areas.GEMEINDE]

# The Alb-Donau-Kreis hands in no consultations, and of so few cases no reason for leaving is shown, and of so
# few goals neither a share nor a curve.
SILENT = {("counselling", "08425"), ("goals", "08425")}
# Kreise of the demonstration that hand in consultations, and places of theirs.
COUNSELLED = ("08116", "08222000", "08415", "08118079", "08118", "08215", "08222", "08335")[: effort.of(4, 8)]


@pytest.fixture
def both(figures, monkeypatch):
    """The store of the demonstration, with its exact figures open beside the release."""
    signed.sit(monkeypatch, figures)
    return edition(PUBLIC)


def chosen() -> list[str]:
    """The Land and Kreise, and municipalities from the largest cities to villages; all of them at length."""
    every = ["08", "081", "082", "083", "084", *KREISE, *GEMEINDEN]
    return every[:: len(every) // effort.of(5, len(every))]


def true(found: Held) -> bool:
    """No superlative is wrong, no change is told where nothing changed, one sign in a hundred at most is."""
    assert not found.not_ahead
    assert not found.nothing_changed
    assert len(found.wrong_sign) * 100 <= found.changes
    return True


@pytest.mark.long
def test_whatever_may_be_said_of_any_place_holds_for_the_exact_figures(both):
    """Each change and each extreme of each question, by quarter and by year."""
    total = Held()
    for area_code in chosen():
        for period in (both.period, "2025"):
            asked = Filters(area_code=area_code, period=period)
            found = held.against_exact(held.every_claim(asked))
            assert true(found)
            total.changes += found.changes
            total.superlatives += found.superlatives
    assert total.changes > 2_000  # as many as there are of each part of an answer: a part left out is seen
    assert total.superlatives > 5_000


@pytest.mark.parametrize("area_code", ["08", "08111000", "08425"])
def test_what_the_pages_say_holds_for_the_exact_figures(both, area_code):
    """Sentences, arrows of tiles and descriptions of charts, as a page opens them."""
    for page in PAGES:
        with held.heard() as claimed:
            # Exact figures serve themselves where they are open, unless the address names a release.
            parts(page, area_code=area_code, release=both.version)
        assert bool(claimed) == ((page, area_code) not in SILENT), page
        assert true(held.against_exact(claimed))
        asked = {cell.asked.edition for claim in claimed for cell in claim.cells if cell.asked}
        assert asked == ({both.version} if claimed else set())


@pytest.mark.long
def test_what_is_said_of_counselling_holds_where_consultations_are_delivered(both):
    """How many, how often, about what, referred to whom, left why; by quarter, by year, with a comparison."""
    total = Held()
    for area_code in COUNSELLED:
        for period in (both.period, "2024", "2025"):
            with held.heard() as claimed:
                parts("counselling", area_code=area_code, period=period, compare="08", release=both.version)
            found = held.against_exact(claimed)
            assert true(found)
            total.changes += found.changes
            total.superlatives += found.superlatives
    assert total.changes >= 5
    assert total.superlatives >= 100


def test_a_claim_that_is_wrong_is_found_out(both):
    """The checker itself: the same claims the other way round are all wrong."""
    every = list(held.every_claim(Filters(area_code="08", period=both.period)))
    turned = {"more": "less", "less": "more", "most": "least", "least": "most"}
    wrong = [held.turned(claim, turned[claim.direction]) for claim in every if claim.direction in turned]
    found = held.against_exact(wrong)
    assert len(found.wrong_sign) == found.changes > 20
    assert len(found.not_ahead) == found.superlatives > 20
    assert {claim.kind for claim in wrong} == {Kind.CHANGE, Kind.AHEAD}


@pytest.mark.usefixtures("both")
def test_what_is_said_of_exact_figures_reaches_no_log():
    with held.heard() as heard:
        page = opened("municipality", area_code="08111000")
    assert "nicht zur Veröffentlichung" in said(page)
    assert not heard
