"""What stands under a figure: its numbers as a table and a file, its definition."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.boxes import taken, wide_tables
from tests.browser.conftest import Lend, Reader

PAGE = "/fallzahlen?area_code=08"
CHART = ".chart"
FIGURE = ".st-key-figure_caseload_active"


@pytest.fixture(scope="module")
def caseload(tab: Lend, dashboard: str) -> Iterator[Reader]:
    """A page opened once: what the tests open below its figure is in nobody's way."""
    with tab(dashboard) as reader:
        reader.open(PAGE)
        yield reader


def test_a_chart_is_described_for_those_who_cannot_see_it(caseload: Reader):
    chart = caseload.page.locator(FIGURE).get_by_role("figure").first
    assert "Betreute Personen" in (chart.get_attribute("aria-label") or "")


def test_a_figure_has_its_numbers_as_a_real_table(caseload: Reader):
    figure = caseload.page.locator(FIGURE)
    figure.get_by_text("Als Tabelle").click()
    caseload.settled()
    expect(figure.locator("table th").get_by_text("Betreute Personen", exact=True)).to_be_visible()
    expect(figure.locator("table tbody tr").nth(4)).to_be_visible()


def test_a_figure_can_be_taken_away_as_a_file_for_a_german_excel_and_for_pandas(caseload: Reader):
    content = taken(caseload.page, "caseload_active", "csv").read_bytes()
    assert content.startswith("\ufeffGebietsschlüssel;Gebiet;Kreis;Zeitraum;".encode())
    frame = pd.read_csv(io.BytesIO(content), sep=";", decimal=",")
    assert frame["Betreute Personen"].dtype.kind in "if"
    assert set(frame["Hinweis"]) == {"DEMONSTRATIONSDATEN"}


def test_a_figure_can_be_taken_away_as_a_workbook(caseload: Reader):
    book = openpyxl.load_workbook(taken(caseload.page, "caseload_active", "xlsx"))
    assert book.sheetnames == ["Zahlen", "Beschreibung"]
    assert isinstance(book["Zahlen"]["E2"].value, datetime)


def test_a_figure_can_be_taken_away_with_what_it_means(caseload: Reader):
    with zipfile.ZipFile(taken(caseload.page, "caseload_active", "zip")) as archive:
        endings = [name.rpartition(".")[2] for name in archive.namelist()]
        assert endings == ["csv", "md", "json"]
        assert "offene Fälle am letzten Tag" in archive.read(archive.namelist()[1]).decode()


def test_a_figure_says_what_it_means(caseload: Reader):
    caseload.page.locator(FIGURE).get_by_text("Was ist gemeint?").click()
    opened = caseload.page.locator(f"{FIGURE} .over[open] .over-body")
    expect(opened).to_contain_text("offene Fälle am letzten Tag")


def test_the_definition_of_a_measure_is_one_click_away(caseload: Reader):
    page = caseload.turn(f"{PAGE}&part=stellen")
    opening = page.locator(".st-key-figure_caseload_per_post .over").first
    opening.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(opening.locator(".over-body")).to_contain_text("64.000 €")
    expect(opening.locator(".over-body")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opening.locator(".over-body")).to_be_hidden()
    expect(opening.locator("summary")).to_be_focused()


def test_a_chart_can_be_listened_to_by_the_keyboard_in_the_words_of_its_hovers(reader: Reader):
    page = reader.open("/fallzahlen?area_code=08421")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "chart2music" in request.url else None)
    chart = page.locator(f"{FIGURE}, .st-key-figure_caseload_active_instead").locator(CHART).first
    button, said = chart.locator(".hearing-start"), page.locator(".hearing-said")
    button.focus()
    assert not fetched
    page.keyboard.press("Enter")
    hovers = chart.locator(".js-plotly-plot").evaluate("plot => plot.data[0].hovertext")
    words = [re.sub("<b>(.*)</b><br>", "", hover) for hover in hovers]
    expect(said).to_contain_text(words[0])
    expect(said).to_contain_text("Escape: verlassen")
    expect(chart).to_have_attribute("role", "application")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(words[1])
    page.keyboard.press("End")
    expect(said).to_have_text(words[-1])
    page.keyboard.press("t")
    expect(said).to_contain_text("Töne an")
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    expect(button).to_be_focused()
    expect(chart).to_have_attribute("role", "figure")
    assert len(fetched) == 1
    assert not reader.errors


def test_a_wide_table_of_a_municipality_says_so_and_can_be_scrolled_with_the_keyboard(phone: Reader):
    wide_tables(phone.open("/gemeinde?area_code=08425071"))


NAMES = """() => [...document.querySelectorAll(".js-plotly-plot")].map((chart) => {
    const boxes = (texts) => [...chart.querySelectorAll(texts)].map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect()
        return [text.textContent, left, right, top, bottom]
    })
    return [boxes(".legendtext"), boxes(".annotation-text")]
})"""


def crossing(page: Page) -> Iterator[str]:
    """The names of events of all charts that lie upon a key of the legend."""
    for keys, names in page.evaluate(NAMES):
        for key, left, right, top, bottom in keys:
            for name, its_left, its_right, its_top, its_bottom in names:
                across = min(right, its_right) - max(left, its_left)
                if across > 0 and min(bottom, its_bottom) - max(top, its_top) > 2:
                    yield f"{name} lies upon {key}"


def test_the_names_of_events_lie_upon_no_key_of_a_legend(phone: Reader):
    page = phone.open("/foerdermittel?area_code=08118&part=kosten")
    charts = page.evaluate(NAMES)
    assert [len(names) >= 3 and len(keys) > 0 for keys, names in charts] == [True, True]
    assert not [*crossing(page)]


def test_a_chart_is_drawn_for_the_size_that_a_window_is_given_later(reader: Reader):
    page = reader.open("/fallzahlen?area_code=08425033&part=bedarf")
    for part, width in (("bedarf", 400), ("stellen", 400), ("stellen", 1400)):
        reader.turn(f"/fallzahlen?area_code=08425033&part={part}")
        page.set_viewport_size({"width": width, "height": 900})
        # Drawn for its box, and nothing on it is where it was before.
        page.wait_for_function(
            """(isPhone) => matchMedia("(max-width: 640px)").matches === isPhone
                && [...document.querySelectorAll(".chart")].filter((box) => box.clientWidth).every((box) => {
                    const { width, height } = box.querySelector(".js-plotly-plot")._fullLayout
                    return Math.abs(width - box.clientWidth) <= 1 && Math.abs(height - box.clientHeight) <= 1
                })""",
            arg=width == 400,
        )
        assert not [*crossing(page)]


ROOM = """async () => {
    const room = ({ _fullLayout: { _size: { l, r, t, b } } }) => [l, r, t, b]
    return Promise.all([...document.querySelectorAll(".js-plotly-plot")].map(async (plot) => {
        const { data, layout, config } = JSON.parse(plot.closest(".chart").dataset.chart)
        const anew = document.createElement("div")
        document.body.append(anew)
        await Plotly.newPlot(anew, data, { ...layout, width: plot._fullLayout.width }, config)
        const found = [room(plot), room(anew), room({ _fullLayout: { _size: plot.layout.margin } })]
        anew.remove()
        return found
    }))
}"""


def test_a_chart_that_was_drawn_before_is_drawn_once_and_has_the_room_that_its_labels_need(reader: Reader):
    reader.open(PAGE)
    # The numbers of a Kreis are shorter than those of the Land: its labels need less room.
    small = "/fallzahlen?area_code=08425"
    # Beside the line of the Land there is none of which it would have to be told by a name at its end.
    money, beside = (f"/foerdermittel?part=verwendung&area_code={code}" for code in ("08", "08425"))
    known = f"{small}&lang=en"
    for path, is_known in ((PAGE, False), (small, False), (known, True), (money, False), (beside, False)):
        charts = reader.turn(path).evaluate(ROOM)
        assert len(charts) > 1
        for room, needed, begun_with in charts:
            assert all(0 <= mine - own <= 16 for mine, own in zip(room, needed, strict=True)), path
            # With more room than it begins with, Plotly draws a chart a second time.
            assert room == begun_with or not is_known


@contextmanager
def newspaper(article: str) -> Iterator[str]:
    """A site of somebody else, with one page. Gives its address."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            head = "<!DOCTYPE html><title>Zeitung</title><body style='margin:0'>"
            self.wfile.write(f"{head}{article}".encode())

        def log_message(self, *_: object) -> None:
            """Nothing: who reads the newspaper is nobody's business."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_a_figure_stands_in_the_page_of_a_newspaper_from_a_phone_to_a_wide_desk(reader: Reader):
    figure = f"{reader.address}/einbetten/caseload_active?area_code=08"
    with urlopen(f"{reader.address}/oembed?{urlencode({'url': figure})}") as answer:
        snippet = json.load(answer)["html"]
    assert figure in snippet.replace("&amp;", "&")
    with newspaper(snippet) as address:
        for width, form in ((320, "schmal"), (1200, "breit")):
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.page.goto(address)
            inside = reader.page.frame_locator("iframe")
            picture = inside.locator("figure svg:visible")
            expect(picture).to_have_class(form)
            drawn = picture.evaluate(
                """(picture) => document.fonts.ready.then(() => [
                    [...document.fonts].filter(each => each.status === "loaded").map(each => each.weight),
                    Math.max(...[...picture.querySelectorAll(":scope > text")].map(each => {
                        const box = each.getBBox(); return box.x + box.width;
                    })) <= picture.viewBox.baseVal.width,
                    document.documentElement.scrollWidth <= innerWidth])"""
            )
            assert sorted(drawn[0]) == ["400", "600"], "the letters that ship are those of the picture"
            assert drawn[1], "no line of the picture is cut off"
            assert drawn[2], f"the figure is wider than its frame of {width} pixels"
            # Its table opens by the keyboard, and the way back leads to a window of its own.
            inside.locator("summary").first.press("Enter")
            expect(inside.get_by_role("region").locator("tbody tr").first).to_be_visible()
            expect(inside.locator("figcaption a")).to_have_attribute("target", "_blank")
    assert reader.hosts == {"127.0.0.1"}
    assert not reader.errors


def test_in_the_page_of_a_newspaper_plotly_comes_once_somebody_asks_for_it(reader: Reader):
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with newspaper(f'<iframe src="{reader.address}/einbetten/caseload_flows?area_code=08"></iframe>') as site:
        for width in (320, 1200):
            asked.clear()
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.page.goto(site)
            reader.page.evaluate(
                "document.querySelector('iframe').style = 'width:100%;height:800px;border:0'"
            )
            inside = reader.page.frame_locator("iframe")
            button = inside.get_by_role("button", name="Als interaktives Diagramm zeigen")
            expect(button).to_be_visible()
            reader.page.wait_for_load_state("networkidle")
            assert not [
                each for each in asked if "plotly" in each or "/zeichnung/" in each or "page." in each
            ]
            button.press("Enter")
            chart = inside.locator(".chart")
            expect(chart.locator(".main-svg").first).to_be_visible()
            expect(chart).to_be_focused()
            assert [each for each in asked if "plotly" in each]
            assert "/zeichnung/caseload_flows.json" in asked
            # It stands in place of the picture, with what the picture said, as wide as its frame at most.
            expect(inside.locator("figure > svg:visible")).to_have_count(0)
            expect(inside.locator(".interactive")).to_contain_text("DEMONSTRATIONSDATEN")
            expect(inside.locator(".interactive h1")).to_contain_text("Baden-Württemberg")
            expect(button).to_be_hidden()
            wide, room, above = chart.evaluate(
                """(chart) => [document.documentElement.scrollWidth, innerWidth,
                    getComputedStyle(chart.querySelector(".main-svg")).position]"""
            )
            assert wide <= room
            assert above == "absolute", "the rules of plotly are let into its sheet"
            # Its values are heard by the keys, as on our own pages.
            chart.locator(".hearing-start").press("Enter")
            expect(inside.locator(".hearing-said")).not_to_be_empty()
            reader.page.keyboard.press("ArrowRight")
            expect(inside.locator(".hearing-said")).to_contain_text("Quartal")
    assert reader.hosts == {"127.0.0.1"}
    assert not reader.errors


def test_a_cited_figure_is_in_sight_below_what_became_of_it_until_somebody_scrolls(reader: Reader):
    with urlopen(f"{reader.address}/satz/goals_time.json?area_code=08") as answer:
        code = json.load(answer)["cite_code"]
    reader.page.set_viewport_size({"width": 400, "height": 800})
    reader.page.goto(f"{reader.address}/z/{code}")
    notice, figure = reader.page.locator(".st-key-cited"), reader.page.locator(".st-key-figure_goals_time")
    expect(notice).to_contain_text(code)
    expect(figure).to_be_in_viewport(ratio=0.3)
    below = "([notice, figure]) => figure.getBoundingClientRect().top - notice.getBoundingClientRect().bottom"
    both = [notice.element_handle(), figure.element_handle()]
    expect(notice).to_be_in_viewport(ratio=1)
    assert 0 <= reader.page.evaluate(below, both) < 40
    reader.page.mouse.move(200, 600)
    reader.page.mouse.wheel(0, -2000)
    reader.page.wait_for_function("() => document.querySelector('h1').getBoundingClientRect().top > 0")
    # And back by the keyboard.
    notice.get_by_role("link").press("Enter")
    expect(figure).to_be_in_viewport(ratio=0.3)
    assert not reader.errors
