"""What a browser gets of ours, and that nothing in the HTML of a figure can become more than a text."""

import gzip
import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import plotly
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from data import publish
from data.access.rights import PUBLIC
from data.questions.filters import Filters
from pages.figures import show
from pages.figures.browser import scripts
from pages.figures.wanted import Wanted
from pages.named import every
from pages.text import markup, words
from pages.text.words import plain
from tests.support.answered import answered
from tests.support.opened import opened
from tests.support.tabled import rows, unfolded
from tests.support.written import headings, read, tags

APP = Starlette(routes=[Route(path, scripts.answer) for path in (scripts.PATH, scripts.STYLES_PATH)])
HOSTILE = '<img src=x onerror="alert(1)"> "--></script>]]> **fett** [x](javascript:alert(1)) & \'{}'


def test_scripts_and_styles_of_a_page_have_addresses_that_a_browser_may_keep_for_ever():
    named = re.findall(r'"\.(/(?:scripts|styles)/[^"]+)"', scripts.tag())
    assert len(set(named)) == 4
    assert re.findall(r'"\.(/styles/[^"]+)"', scripts.sheet()) == [each for each in named if "styles" in each]
    for address in named:
        whole, packed = (answered(address, app=APP, accept_encoding=each) for each in ("identity", "gzip"))
        assert whole.status == 200
        assert gzip.decompress(packed.body) == whole.body
        assert "immutable" in packed.headers["cache-control"]
        kind = "text/css" if "styles" in address else "text/javascript"
        assert whole.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answered("/scripts/page.js", app=APP).status == 404


def test_the_library_is_of_the_version_whose_description_our_charts_are_checked_against():
    python = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    versions = [
        re.search(r"plotly\.js [^v]*v([\d.]+)", file.read_text(encoding="utf-8")[:200])
        for file in (scripts.LIBRARIES["plotly"], python)
    ]
    assert versions[0]
    assert versions[1]
    assert versions[0][1] == versions[1][1]


def test_what_comes_from_outside_stays_a_text():
    attribute = markup.attribute(json.dumps({"name": HOSTILE}))
    (_, tag) = read(f'<div data-chart="{attribute}"></div>')
    assert json.loads(tag.given["data-chart"]) == {"name": HOSTILE}
    # Sanitisers drop attributes in which they see these.
    assert not re.search("[<>]", tag.given["data-chart"])
    for made in (markup.block(plain(HOSTILE)), markup.block(HOSTILE), markup.line(HOSTILE), escape(HOSTILE)):
        assert {each.name for each in read(made)} <= {"div", "p", "strong"}
        assert not any("href" in each.given for each in read(made))


@pytest.mark.usefixtures("figures")
def test_a_figure_says_what_comes_from_outside_and_becomes_nothing_else_by_it():
    edition = publish.edition(PUBLIC)
    chosen = Filters("08118", period=edition.period, edition=edition.version)
    (each, *_) = every.of("caseload_active", Wanted(chosen, words.of("de")))
    made = read(show._whole(replace(each, heading=HOSTILE, note=HOSTILE), words.of("de"), False))
    assert not {"img", "script"} & {tag.name for tag in made}
    assert not [tag for tag in made if "onerror" in tag.given or "javascript" in tag.given.get("href", "")]
    assert [tag.text for tag in made if tag.name == "h3"] == [HOSTILE]
    (chart,) = [tag.given for tag in made if tag.has("chart")]
    assert chart["aria-label"].startswith(HOSTILE)


@pytest.mark.usefixtures("figures")
def test_a_phone_leaves_out_no_source_that_the_page_does_not_say_itself():
    chosen = Filters("08118", period=publish.edition(PUBLIC).period)
    wanted = Wanted(chosen, words.of("de"))
    (active, *_), (published, *_) = (
        every.of(name, wanted) for name in ("caseload_active", "funds_published")
    )
    (compared, *_) = every.of("municipality_compared", wanted)
    assert show._class_of_source(active.published) == "source common"
    assert show._class_of_source(published.published) == "source"
    assert compared.published.inhabitants
    assert show._class_of_source(compared.published) == "source"


@pytest.mark.usefixtures("figures")
def test_the_table_of_a_figure_has_an_address_with_the_rows_of_its_page():
    page = opened("caseload", area_code="08118")
    (first, *_) = tags(page, having="rows")
    answer = answered("/" + first.given["data-from"])
    assert answer.headers["content-type"] == "application/json"
    sent = rows(json.loads(answer.body))
    assert len(sent) > 4
    # The last row is what the sentence above the chart tells.
    assert sent["Betreute Personen"].iloc[-1] in headings(page)[0]
    assert sent.equals(rows(next(iter(unfolded(page).sheets.values()))))
    assert answered("/tabelle/caseload_active.csv").status == 404
    assert answered("/tabelle/nothing.json").status == 404
