"""Which rows of an answer a page speaks of, and what it leaves to another sentence."""

import pytest

from data.questions.filters import Filters
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.named import shown
from tests.support.charted import published

CHOSEN = Filters(area_code="08118", period="2026-Q3")
RETURNED = """
    area_code | period  | reentries: rate
    08118     | 2025-Q1 | {first}
    08118     | 2025-Q2 | {second}
    08118     | 2026-Q3 | .
    08116     | 2026-Q3 | 0.2
"""


def drawn(first: str, second: str) -> Finest:
    return Finest(published(RETURNED.format(first=first, second=second), "reentries"), CHOSEN)


def described(at: Finest) -> Described:
    return Described("counselling_reentries", "Wieder begonnen", at, at.published)


@pytest.mark.parametrize(
    ("first", "second", "period"),
    [
        ("0.1", "0.2", "2025-Q2"),
        ("0.1", "•", "2025-Q1"),  # the newest number
        ("•", "•", "2025-Q2"),  # withheld is known: it is not "the twelve months are not over"
        (".", ".", "2026-Q3"),
    ],
)
def test_the_newest_period_is_that_of_a_number_else_of_what_is_withheld(first, second, period):
    assert drawn(first, second).newest("reentries") == {"area_code": "08118", "period": period}


@pytest.mark.parametrize(("first", "kept"), [("0.1", 1), ("•", 1)])
def test_what_is_withheld_counts_as_delivered(first, kept):
    assert len(shown.delivered([described(drawn(first, "."))], "reentries")) == kept


def test_a_figure_of_which_nothing_is_delivered_is_left_to_another_sentence():
    own = Finest(drawn(".", ".").published.where(area_code="08118"), CHOSEN)
    assert shown.delivered([described(own)], "reentries") == []
