"""The sheets as somebody sees them who has printed them."""

import numpy as np

from tests.pages.paper.conftest import Paper

A4 = (595, 842)
EDGE = 40  # points; the margin is 18 mm, which are 51
INK = 200


def dark(paper: Paper) -> list[np.ndarray]:
    """Where something is printed, for each sheet, at one pixel a point."""
    pages = paper.pages()
    return [np.asarray(pages[at].render(scale=1).to_pil().convert("L")) < INK for at in range(len(pages))]


def test_it_has_two_to_four_sheets_of_a4(paper: Paper):
    pages = paper.pages()
    assert 2 <= len(pages) <= 4
    for at in range(len(pages)):
        assert tuple(round(side) for side in pages[at].get_size()) == A4


def test_nothing_stands_in_the_margins_and_no_sheet_is_empty(paper: Paper):
    for sheet in dark(paper):
        assert not sheet[:, :EDGE].any()
        assert not sheet[:, -EDGE:].any()
        assert not sheet[:20].any()
        assert not sheet[-20:].any()
        assert sheet[EDGE:-EDGE].mean() > 0.01


def test_every_sheet_says_which_of_how_many_it_is_and_that_figures_are_made_up(paper: Paper):
    pages = paper.pages()
    number, mark = {
        "de": ("Seite {} von {}", "DEMONSTRATIONSDATEN"),
        "en": ("Page {} of {}", "DEMONSTRATION DATA"),
    }[paper.lang]
    for at in range(len(pages)):
        text = pages[at].get_textpage().get_text_range()
        assert number.format(at + 1, len(pages)) in text
        assert mark in text
        assert str(paper.chosen.edition) in text
