"""A reader saves a figure in every form of its menu: what a browser writes is what it says it is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from pages.named import cited
from pages.named.numbered import Coded
from pages.text.words import of
from tests.browser.conftest import LOOK, TURN, TURNED, Lend, Reader
from tests.support.effort import LONG
from tests.support.saved import FIGURES, FORMS, LANGS, PLACES, TABLES, text_in

SAMPLE = ("municipality_active", "municipality_funds")
MENUS = """(name) => [...document.querySelectorAll(`[class*="st-key-figure_${name}"] .over`)]
    .map((menu) => [...menu.querySelectorAll("a.file-link")].map((link) => link.getAttribute("href")))
    .filter((links) => links.length && links[0].startsWith(`daten/${name}.`))"""
THERE = """(name) => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
    && document.querySelector(`[class*="st-key-figure_${name}"] a.file-link`)"""


def page_of(figure: str, place: str, lang: str) -> str:
    """The address of the page on which a figure of a place stands."""
    return cited.page(Coded(figure, "", {"area_code": place}, ""), lang)


def form_of(href: str) -> str:
    """Which of `FORMS` a link of a menu is."""
    at = urlsplit(href)
    under, _, name = at.path.partition("/")
    if under in ("einbetten", "z"):
        return {"einbetten": "embed", "z": "cite"}[under]
    given = parse_qs(at.query)
    looks = [given.get("form", ["breit"])[0], *given.get("ton", [])] if under == "bild" else []
    return " ".join([name.rpartition(".")[2], *looks])


def downloaded(page: Page, form: str, href: str) -> tuple[str, bytes]:
    """What a click saves, and how it is called. That of the sentence for programs is typed."""
    with page.expect_download() as waiting:
        if form == "json":
            page.evaluate("(address) => location.assign(address)", href.replace(".txt?", ".json?"))
        else:
            page.locator(f'a[href="{href}"]').click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def shown(page: Page, href: str) -> str:
    """The page for other pages, in a tab of its own: its title, and whether the picture stands in it."""
    with page.context.expect_page() as waiting:
        page.locator(f'a[href="{href}"]').click(modifiers=["ControlOrMeta"])
    tab = waiting.value
    tab.locator("figure svg").first.wait_for(state="attached")
    title = tab.title()
    tab.close()
    return title


def saved(page: Page, links: list[str], forms: set[str]) -> None:
    """Open the menu with these links, and save each of these forms: all of the place that the links name."""
    by_form = {form_of(href): href for href in links}
    by_form["json"] = by_form["txt"]
    codes = [urlsplit(href).path.removeprefix("z/") for form, href in by_form.items() if form == "cite"]
    given = {name: codes[0] for name, codes in parse_qs(urlsplit(links[0]).query).items()}
    name, place = urlsplit(links[0]).path, of(given["lang"]).area(given["area_code"]).partition(" (")[0]
    menu, at = page.locator(f'details:has(> .over-body a[href="{links[0]}"])'), page.url
    menu.locator("summary").click()
    assert by_form.keys() <= set(FORMS), f"{name} offers what is not saved here"
    for form in FORMS:
        if form not in forms or form not in by_form:
            continue
        href = by_form[form]
        if form == "cite":
            said = menu.locator(".file-cite").inner_text()
            assert codes[0] in said
        elif form == "embed":
            said = shown(page, href)
        else:
            called, content = downloaded(page, form, href)
            if page.url != at:  # on a busy machine the tab was told to come again, and did
                page.goto(at)
                menu.locator("summary").click()
            assert called.endswith(f".{form.split()[0]}"), (form, called)
            assert given["area_code"] in called or given["area_code"] == "08", (form, called)
            said = text_in(form, content)
        # As a key, not as a part of 0,08 or of 2026-08-01.
        if form in TABLES and not re.search(rf"(?<![\d.,-]){given['area_code']}(?!\d)", said):
            continue  # a table of other places: of those in a Kreis, of all Kreise of the Land
        # Not each sentence names its place, nor what a picture says of itself; the code in both leads there.
        names = [place, *(codes if form.startswith(("txt", "cite", "png")) else [])]
        assert any(each in " ".join(said.split()) for each in names), (name, form, given, said[:300])
    page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def saver(tab: Lend, dashboard: str) -> Iterator[Reader]:
    with tab(dashboard) as reader:
        reader.open("/gemeinde?area_code=08&part=verlauf")
        yield reader


def sample() -> dict[tuple[str, str, str], set[str]]:
    """Forms by figure, place and language: each form once, each figure, place and language with several.
    All pairs are asked for without a browser (`tests/pages/files/test_every_form.py`); of the longer form is
    every form with every place and language.
    """
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for nth, form in enumerate(FORMS):
        at = nth % len(PLACES)
        found[SAMPLE[at % 2], PLACES[at], LANGS[at // 2 % 2]].add(form)
    return found


def test_a_browser_saves_every_form_of_two_figures_at_five_places_in_both_languages(saver: Reader):
    rows = [(*where, form) for where, forms in sample().items() for form in forms]
    for at, values in enumerate((SAMPLE, PLACES, LANGS, FORMS)):
        assert {row[at] for row in rows} == {*values}
    for (figure, place, lang), forms in sample().items():
        at = page_of(figure, place, lang)
        saver.page.evaluate(TURN, at)
        saver.page.wait_for_function(TURNED, arg=saver.drawn(at), polling=LOOK)
        saver.page.wait_for_function(THERE, arg=figure, polling=LOOK)
        saved(saver.page, saver.page.evaluate(MENUS, figure)[0], forms)
    assert not saver.errors


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="some thousand files")
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("place", PLACES)
def test_a_browser_saves_every_figure_in_every_form(saver: Reader, place: str, lang: str):
    pages: dict[str, list[str]] = defaultdict(list)
    for figure in FIGURES:
        pages[page_of(figure, place, lang)].append(figure)
    without = []
    for nth, (at, figures) in enumerate(pages.items()):
        # What is unfolded by an address is no choice that paper names; no test begins where another ended.
        saver.open(at) if nth == 0 or "=true&" in at else saver.turn(at)
        for figure in figures:
            found = saver.page.evaluate(MENUS, figure)
            for links in found:
                saved(saver.page, links, set(FORMS))
            if not found:
                without.append(figure)
    print(place, lang, without)
    assert not saver.errors
