"""A table that readers sort, search and turn the pages of: by mouse, by keyboard, on a phone, on paper."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.boxes import pick
from tests.browser.conftest import Lend, Reader
from tests.support import published
from tests.support.figures import Figures

FUNDS = "/foerdermittel?area_code=08421000&period=2024&part=empfaenger&lang="
GAPS = ("•", ".")
PAPER = 688  # the width of A4 without margins, in CSS pixels
LETTERS = str.maketrans("äöüß", "aous")


def listing(page: Page, figure: str = "funds_recipients") -> Locator:
    return page.locator(f".st-key-figure_{figure} .listing")


def head(table: Locator, label: str) -> Locator:
    """The heading of a column."""
    return table.locator("thead th").filter(has_text=re.compile(f"^{re.escape(label)}"))


def cells(table: Locator, label: str) -> list[str]:
    """The texts of a column on the open page, the mark of one's own place aside."""
    labels = table.locator("thead th").all_inner_texts()
    at = next(at for at, text in enumerate(labels) if text.startswith(label))
    rows = table.locator("tbody tr").evaluate_all("rows => rows.map(r => [...r.cells].map(c => c.innerText))")
    return [row[at].replace("Ihr Gebiet", "").strip() for row in rows]


def number(text: str) -> float:
    """What a German number is worth; – is zero."""
    return 0.0 if text == "–" else float(text.replace("rund", "").replace(".", "").replace(",", "."))


def said(table: Locator) -> Locator:
    """What a screen reader is told."""
    return table.get_by_role("status")


@pytest.fixture(scope="module")
def funds(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """The recipients of 2024, opened once."""
    with tab(dashboard) as reader:
        reader.open(FUNDS + "de")
        yield reader


@pytest.fixture
def recipients(funds: Reader) -> Locator:
    """Their table, as it was in the beginning."""
    table = listing(funds.page)
    table.get_by_role("searchbox").fill("")
    while table.locator("th[aria-sort]").count():
        table.locator("th[aria-sort] button").click()
    expect(table.locator("th[aria-sort]")).to_have_count(0)
    if table.get_by_role("button", name="Erste Seite").get_attribute("aria-disabled") == "false":
        table.get_by_role("button", name="Erste Seite").click()
    return table


def test_a_table_has_a_caption_headings_of_columns_and_of_rows(recipients: Locator):
    expect(recipients.locator("caption")).to_contain_text("Stuttgart am meisten")
    expect(recipients.locator("thead th:not([scope=col])")).to_have_count(0)
    expect(recipients.locator("tbody th[scope=row]")).to_have_count(20)
    # The unit stands in the heading and not in the cells.
    expect(head(recipients, "bewilligt")).to_have_text("bewilligt €")
    assert not any("€" in cell for cell in cells(recipients, "bewilligt"))
    assert recipients.locator("tbody td").nth(2).evaluate("c => getComputedStyle(c).textAlign") == "right"


def test_a_click_sorts_a_column_from_the_largest_then_from_the_smallest_then_as_it_was(recipients: Locator):
    first = cells(recipients, "Gebiet")
    used = head(recipients, "verwendet")
    used.get_by_role("button").click()
    assert used.get_attribute("aria-sort") == "descending"
    expect(recipients.locator("th[aria-sort]")).to_have_count(1)
    shown = [number(cell) for cell in cells(recipients, "verwendet")]
    assert shown == sorted(shown, reverse=True)
    expect(said(recipients)).to_contain_text("Sortiert nach verwendet, größte zuerst.")
    used.get_by_role("button").click()
    assert used.get_attribute("aria-sort") == "ascending"
    shown = [number(cell) for cell in cells(recipients, "verwendet")]
    assert shown == sorted(shown)
    used.get_by_role("button").click()
    assert used.get_attribute("aria-sort") is None
    assert cells(recipients, "Gebiet") == first


def test_the_keyboard_alone_sorts_searches_and_turns_pages(funds: Reader, recipients: Locator):
    keyboard = funds.page.keyboard
    name = head(recipients, "Gebiet").get_by_role("button")
    recipients.get_by_role("searchbox").focus()
    for _ in range(4):  # past one's own place, the box if it scrolls, and the rank
        keyboard.press("Tab")
        if name.evaluate("b => b === document.activeElement"):
            break
    expect(name).to_be_focused()
    assert name.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    keyboard.press("Enter")
    expect(head(recipients, "Gebiet")).to_have_attribute("aria-sort", "ascending")
    expect(name).to_be_focused()
    expect(said(recipients)).to_contain_text("Sortiert nach Gebiet, von A bis Z.")
    keyboard.press("Space")
    expect(head(recipients, "Gebiet")).to_have_attribute("aria-sort", "descending")
    onward = recipients.get_by_role("button", name="Letzte Seite")
    onward.focus()
    keyboard.press("Enter")
    expect(said(recipients)).to_contain_text("Seite 56 von 56")
    expect(onward).to_be_focused()
    expect(onward).to_have_attribute("aria-disabled", "true")


def test_names_stand_as_in_a_german_dictionary(recipients: Locator):
    head(recipients, "Gebiet").get_by_role("button").click()
    recipients.get_by_role("searchbox").fill("ub")
    names = cells(recipients, "Gebiet")
    letters = [re.sub("[^a-z]", "", name.lower().translate(LETTERS)) for name in names]
    assert [name for name in names if name[0] == "Ü"]
    assert [name for name in names if name[0] == "U"]
    assert letters == sorted(letters)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mühlack", "Mühlacker"),
        ("muehlacker", "Mühlacker"),
        ("Muhlacker", "Mühlacker"),
        ("HWENNI", "Villingen"),
    ],
)
def test_a_row_is_found_by_any_part_of_its_name(recipients: Locator, typed: str, found: str):
    recipients.get_by_role("searchbox").fill(typed)
    assert any(found in cell for cell in cells(recipients, "Gebiet"))
    assert len(cells(recipients, "Gebiet")) < 5
    expect(said(recipients)).to_contain_text("1.101 insgesamt")


def test_what_no_row_has_is_said(recipients: Locator):
    recipients.get_by_role("searchbox").fill("zzz")
    expect(recipients.locator("tbody")).to_have_text("Keine Zeile enthält diese Buchstaben.")
    expect(said(recipients)).to_have_text("Keine Zeile enthält diese Buchstaben.")
    expect(recipients.get_by_role("button", name="Ihr Gebiet")).to_contain_text("nicht unter den gefundenen")


def test_pages_say_which_rows_they_show(recipients: Locator):
    counted = recipients.locator(".listing-count")
    expect(counted).to_have_text("1–20 von 1.101")
    recipients.get_by_role("button", name="Nächste Seite").click()
    expect(counted).to_have_text("21–40 von 1.101")
    recipients.get_by_role("button", name="Letzte Seite").click()
    expect(counted).to_have_text("1.101–1.101 von 1.101")
    expect(recipients.locator("tbody tr")).to_have_count(1)


def test_ones_own_place_is_marked_in_words_and_is_found_wherever_it_stands(recipients: Locator):
    head(recipients, "Gebiet").get_by_role("button").click()
    expect(recipients.locator("tr[data-own]")).to_have_count(0)
    jump = recipients.get_by_role("button", name="Ihr Gebiet: Ulm")
    expect(jump).to_have_text(re.compile(r"Ihr Gebiet: Ulm, Zeile 9\d\d von 1\.101"))
    jump.click()
    own = recipients.locator("tr[data-own] th")
    expect(own).to_have_text("Ulm Ihr Gebiet")
    expect(own).to_be_focused()
    expect(own).to_be_in_viewport()


def test_a_table_stays_sorted_when_the_page_is_drawn_anew(reader: Reader):
    page = reader.open(FUNDS + "de")
    table = listing(page)
    head(table, "verwendet").get_by_role("button").click()
    table.get_by_role("searchbox").fill("heil")
    pick(reader, "Gebiet", "08121000", "Heilbronn")
    expect(head(table, "verwendet")).to_have_attribute("aria-sort", "descending")
    expect(table.get_by_role("searchbox")).to_have_value("heil")
    expect(table.locator("tr[data-own] th")).to_have_text("Heilbronn Ihr Gebiet")


def test_the_table_of_a_chart_is_sent_to_those_who_open_it(walker: Reader):
    figure = walker.turn("/fallzahlen?area_code=08&lang=de").locator(".st-key-figure_caseload_active")
    expect(figure.locator(".listing")).to_have_count(0)
    figure.get_by_text("Als Tabelle").click()
    expect(figure.locator(".listing tbody tr").first).to_be_visible()
    assert not walker.errors


def test_what_is_withheld_stands_last_both_ways(walker: Reader):
    page = walker.turn("/?area_code=08425&period=2026-Q3&measure=active_cases&lang=de")
    table = listing(page, "overview_map")
    expect(table.locator("tbody tr")).to_have_count(20)
    column = "Betreute Personen"
    last = table.get_by_role("button", name="Letzte Seite")
    withheld = []
    for way in ("descending", "ascending"):
        head(table, column).get_by_role("button").click()
        expect(head(table, column)).to_have_attribute("aria-sort", way)
        found = cells(table, column)
        shown = [number(cell) for cell in found if cell not in GAPS]
        assert shown == sorted(shown, reverse=way == "descending")
        assert shown
        # Where fewer than a page are shown, what is withheld begins below them.
        assert set(found[len(shown) :]) <= set(GAPS)
        expect(table.locator(".listing-note")).to_contain_text("Reihenfolge naher Werte sagt nichts")
        expect(table.locator(".listing-note")).to_contain_text("steht immer am Ende")
        last.click()
        assert set(cells(table, column)) <= set(GAPS)
        withheld.append(cells(table, "Gebiet"))
    # Nor does the way in which a reader sorts turn them round: their order is that of their names.
    assert withheld[0] == withheld[1]
    assert not walker.errors


@pytest.mark.parametrize("lang", ["de", "en"])
def test_tables_have_no_fault_that_axe_knows(walker: Reader, lang: str):
    page = walker.turn(FUNDS + lang)
    head(listing(page), "Gebiet" if lang == "de" else "Area").get_by_role("button").click()
    for width in (1400, 400):
        page.set_viewport_size({"width": width, "height": 800})
        walker.settled()
        found = Axe().run(page, context=".listing").response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], width


def test_on_a_phone_a_table_scrolls_in_itself_and_keeps_its_head_and_its_names(phone: Reader):
    page = phone.open(FUNDS + "de")
    table = listing(page)
    box = table.locator(".listing-box")
    expect(box).to_have_attribute("tabindex", "0")
    expect(table.get_by_role("region", name="Stuttgart am meisten")).to_have_count(1)
    box.scroll_into_view_if_needed()
    box.focus()
    before = [place(table, each) for each in ("thead th[data-heads]", "tbody tr:nth-child(9) th")]
    box.evaluate("b => b.scrollTo(300, 200)")
    after = [place(table, each) for each in ("thead th[data-heads]", "tbody tr:nth-child(9) th")]
    assert after[0]["y"] == pytest.approx(before[0]["y"], abs=1)
    edge = box.bounding_box()
    assert edge
    assert [each["x"] for each in after] == pytest.approx([edge["x"]] * 2, abs=1)
    assert max(each["width"] for each in after) < 200


def place(table: Locator, selector: str) -> dict[str, float]:
    found = table.locator(selector).bounding_box()
    assert found
    return dict(found)


def no_column_is_cut(page: Page, table: Locator) -> None:
    """On a page as narrow as paper, nothing of a table stands beyond its edge."""
    page.set_viewport_size({"width": PAPER, "height": 1000})
    edges = table.locator("thead th").evaluate_all("all => all.map(t => t.getBoundingClientRect().right)")
    assert max(edges) <= PAPER + 1


def test_on_paper_a_table_is_whole_and_without_its_controls(walker: Reader):
    page = walker.turn("/fallzahlen?area_code=08425&period=2026-Q3&part=bedarf&lang=de")
    table = listing(page, "caseload_posts_needed")
    expect(table.locator("tbody tr")).to_have_count(20)
    page.emulate_media(media="print")
    expect(table.locator("tbody tr")).to_have_count(44)
    for control in (".listing-bar", ".listing-pager"):
        expect(table.locator(control)).to_be_hidden()
    expect(table.locator("thead")).to_contain_text("Betreute Personen")
    no_column_is_cut(page, table)
    page.emulate_media(media="screen")
    expect(table.locator("tbody tr")).to_have_count(20)


def test_of_a_very_long_table_paper_has_the_open_page_and_says_so(funds: Reader, recipients: Locator):
    funds.page.emulate_media(media="print")
    expect(recipients.locator("tbody tr")).to_have_count(20)
    expect(recipients.locator(".listing-count")).to_have_text(
        "1–20 von 1.101. Auf Papier stehen nur diese Zeilen; die ganze Tabelle gibt es als Datei."
    )
    expect(recipients.locator(".listing-count")).to_be_visible()
    no_column_is_cut(funds.page, recipients)
    funds.page.set_viewport_size({"width": 1400, "height": 1000})
    funds.page.emulate_media(media="screen")


HOSTILE = "<img src=x onerror=\"document.title='bad'\"> [Amt](http://example.org) **fett**"


def test_a_name_from_outside_is_a_name_and_nothing_else(
    tmp_path: Path, serve: Callable[[Path], AbstractContextManager[str]], tab: Lend
):
    made = Figures(tmp_path)
    people = published.cases(published.people(1000, 1060, published.ULM))
    made.hand_in(reporting_date="31.12.2018", faelle=people, sender_name=HOSTILE)
    others = published.cases(published.people(3000, 3060, published.LANGENAU))
    made.hand_in(sender="lra-b", reporting_date="30.09.2018", faelle=others).release()
    with serve(made.settings.store) as address, tab(address) as reader:
        page = reader.open("/methoden?part=lieferungen&lang=de")
        table = listing(page, "methods_senders")
        expect(table.locator("tbody")).to_contain_text(HOSTILE)
        expect(table.locator("tbody :is(img, a, b, strong)")).to_have_count(0)
        assert page.title() != "bad"
        head(table, "Stichtag").get_by_role("button").click()
        expect(said(table)).to_contain_text("Sortiert nach Stichtag, früheste zuerst.")
        days = cells(table, "Stichtag")
        assert days[:2] == ["30.09.2018", "31.12.2018"]
        assert set(days[2:]) == {"."}  # who has not delivered
        assert reader.hosts == {"127.0.0.1"}
