"""Every figure in every form, place and language by its addresses: as far as pairs go, and all at length."""

import json
from itertools import combinations
from urllib.parse import urlencode

import pytest

from data.access.rights import PUBLIC
from data.publish import edition
from data.questions import figures as register
from pages.files import formats
from pages.pictures import sentence as told
from pages.pictures import written
from pages.text.words import of
from tests.support.answered import answered
from tests.support.effort import LONG
from tests.support.saved import FIGURES, LANGS, PICTURES, PLACES, TABLES, text_in

FILES = (*TABLES, "package", "txt", "json")  # drawn is none of these
DRAWN = tuple(name for name in FIGURES if register.named(name).has_picture)
Row = tuple[str, str, str, str]


def files() -> list[Row]:
    """Figure, form, place and language, so that each pair of them is there."""
    return [
        (figure, form, PLACES[(nth + at) % len(PLACES)], LANGS[(nth + at) % len(LANGS)])
        for nth, figure in enumerate(FIGURES)
        for at, form in enumerate(FILES)
    ]


def pictures() -> list[Row]:
    """One of each figure, so that each form is there with each place and language. A form is drawn of the
    same order as all others, so a figure that has one has them all.
    """
    forms, places, langs = len(PICTURES), len(PLACES), len(LANGS)
    return [
        (figure, PICTURES[nth % forms], PLACES[nth % places], LANGS[nth // forms % langs])
        for nth, figure in enumerate(DRAWN)
    ]


def every_row() -> list[Row]:
    """All of them."""
    both = ((FIGURES, FILES), (DRAWN, PICTURES))
    return [
        (figure, form, place, lang)
        for names, forms in both
        for figure in names
        for form in forms
        for place in PLACES
        for lang in LANGS
    ]


def pairs(rows: list[Row]) -> set[tuple[str, str]]:
    return {pair for row in rows for pair in combinations(row, 2)}


def address(row: Row, release: str) -> tuple[str, str]:
    """Where it is, and of which kind it has to be."""
    figure, form, place, lang = row
    query = {"area_code": place, "lang": lang, "release": release}
    if form in PICTURES:
        ending, look, *tone = form.split()
        query |= {"form": look} | ({"ton": tone[0]} if tone else {})
        return f"/bild/{figure}.{ending}?{urlencode(query)}", written.BY_ENDING[ending][1]
    if form in ("txt", "json"):
        return f"/satz/{figure}.{form}?{urlencode(query)}", told.BY_ENDING[form][1]
    ending = {"package": "json"}.get(form, form)
    return f"/daten/{figure}.{ending}?{urlencode(query)}", formats.ADDRESSED[ending][1]


def test_each_pair_is_among_them():
    for rows, figures, forms in ((files(), FIGURES, FILES), (pictures(), DRAWN, PICTURES)):
        has = pairs(rows)
        wanted = {(form, each) for form in forms for each in (*PLACES, *LANGS)}
        wanted |= {(place, lang) for place in PLACES for lang in LANGS}
        if forms is FILES:
            wanted |= {(figure, each) for figure in figures for each in (*FILES, *PLACES, *LANGS)}
        assert wanted <= has
        assert {row[0] for row in rows} == {*figures}


@pytest.mark.usefixtures("figures")
@pytest.mark.long
def test_each_address_gives_what_it_says():
    release = edition(PUBLIC).version
    for row in every_row() if LONG else (*files(), *pictures()):
        _, form, place, lang = row
        at, mime = address(row, release)
        # On a busy machine one is told to come again for a picture.
        answer = next(each for each in (answered(at) for _ in range(20)) if each.status != 503)
        assert (answer.status, answer.headers["content-type"]) == (200, mime), at
        assert answer.name.endswith(f".{at.partition('?')[0].rpartition('.')[2]}"), at
        # Some are told of the Kreis or the Land in which a place lies, and say so.
        assert any(f"-{code}-" in answer.name for code in (place, place[:5], "08")), (at, answer.name)
        assert answer.headers["content-language"] == lang, at
        if form == "package":
            package = json.loads(answer.body)
            assert [len(each["data"]) >= 0 for each in package["resources"]] == [True], at
            continue
        said = " ".join(text_in(form, answer.body).split())
        name = of(lang).area(place).partition(" (")[0]
        if form in TABLES or name in said:
            continue
        # What is of another place, of all Kreise, or says it by its code.
        assert "IM-" in said or form.startswith(("svg", "pdf")), (at, said[:200])
