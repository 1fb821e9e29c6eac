"""Every figure on paper is one of the release: what it withholds is withheld, and nothing else is said."""

import re
from itertools import chain

from data.access.rights import PUBLIC
from data.disclosure.published import Gap, Published
from data.publish import ask
from data.questions import measures
from pages.charts.svg import letters
from pages.figures.wanted import Wanted
from pages.named import every, goals, municipality
from pages.paper import sheets
from pages.text import words
from pages.text.words import Words, texts
from tests.pages.paper.conftest import Paper

NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def numbers(*said: object) -> set[str]:
    return {number for text in said for number in NUMBER.findall(str(text))}


def answers(paper: Paper) -> list[Published]:
    """All that the paper was made of."""
    wanted = Wanted(paper.chosen, words.of(paper.lang))
    found = chain(
        municipality.people_now(wanted),
        *municipality.key_figures(wanted).values(),
        *([each.at for each in every.of(name, wanted)] for name in sheets.DRAWN),
        (each.at for each in goals.stands(wanted, "attained")),
    )
    return [profile(paper), *(each.published for each in found)]


def profile(paper: Paper) -> Published:
    """The place beside all it lies in."""
    return ask("municipality/profile", paper.chosen, PUBLIC)


def of_release(paper: Paper, spoken: Words) -> set[str]:
    """Every number that a cell of the release is written with."""
    return {
        number
        for published in answers(paper)
        for row in published
        for name, cell in row.items()
        for number in numbers(spoken.cell(cell, name, published.role(name)))
    }


def of_words(paper: Paper, spoken: Words) -> set[str]:
    """Numbers that are part of a text, a definition or the name of the release."""
    said = [each.text("definition", paper.lang) for each in measures.register().values()]
    said += [each.text("name", paper.lang) for each in measures.register().values()]
    return numbers(texts(spoken.folder), *said, paper.chosen.edition)


def of_charts(paper: Paper, spoken: Words) -> set[str]:
    """Those of axes, which are round, and of bars, which the page shows as well; and changes in headings."""
    wanted = Wanted(paper.chosen, spoken)
    drawn = [each for name in sheets.DRAWN for each in every.of(name, wanted)]
    drawn += goals.stands(wanted, "attained")
    marks = [fig.layout[f"{axis}axis"].ticktext for fig in (each.chart for each in drawn) for axis in "xy"]
    bars = [trace.text for each in drawn for trace in each.chart.data if trace.type == "bar"]
    headings = [each.heading for each in drawn]
    tiles = [tile["change"] for tile in sheets.of(paper.chosen, spoken)["glance"]["tiles"]]
    message = municipality.message(municipality.people_now(wanted), spoken)
    return numbers(marks, bars, headings, tiles, *message)


def of_state(paper: Paper, spoken: Words) -> set[str]:
    """Dates, numbers of offices, and how many Kreise there are."""
    source = sheets.of(paper.chosen, spoken)["source"]["lines"]
    compared = sheets.of(paper.chosen, spoken)["compared"]
    pages = f"1 2 3 4 {compared['heading']} {compared['note']}"
    return numbers(*source, pages, spoken.period(str(paper.chosen.period)))


def test_every_number_on_it_is_one_of_the_release_or_of_a_text(paper: Paper):
    spoken = words.of(paper.lang)
    known = of_release(paper, spoken) | of_words(paper, spoken) | of_charts(paper, spoken)
    said = numbers(paper.text())
    assert len(said) > 20
    assert said <= known | of_state(paper, spoken)


def test_what_the_release_withholds_is_withheld_on_it(paper: Paper):
    spoken, text = words.of(paper.lang), paper.text()
    stands = profile(paper).where(period=paper.chosen.period)
    withheld = 0
    for name in municipality.MEASURES:
        cells = stands.column(name)
        written = [spoken.cell(cell, name, stands.role(name)) for cell in cells]
        withheld += sum(cell is Gap.WITHHELD for cell in cells)
        line = " ".join([spoken.label(name), *written])
        # A long name stands on two lines, and its numbers behind the first.
        assert " ".join(line.split()) in text or " ".join(written) in text
    if paper.kind in ("bands", "nothing"):
        assert withheld
        assert Gap.WITHHELD.value in text


def test_signs_that_the_font_lacks_are_a_box():
    assert letters.shown("Größe – ½ €") == "Größe – ½ €"
    assert letters.shown("中\u0007\u2060a") == "□a"
