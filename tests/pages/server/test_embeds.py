"""A figure for the pages of others: its picture, its table and the way back, and who may show it."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from data.foundation import settings
from data.foundation.offering import OfferingError, offering
from pages.figures.browser import scripts
from pages.pictures import embedded
from pages.server import answers
from pages.server.answers import Turns
from pages.server.ready import Ready
from tests.support.answered import answered
from tests.support.published import EMBARGOED, LANGENAU, NEWEST, OLD, ULM

EMBED = f"/einbetten/caseload_active?area_code={ULM}&period=2018&release={OLD}"
SCRIPTS = Starlette(routes=[Route(scripts.PATH, scripts.answer)])
HOST = {"host": "localhost:8501"}


@pytest.mark.usefixtures("public")
def test_a_figure_is_a_page_that_others_may_show_and_whole_without_a_script(monkeypatch: pytest.MonkeyPatch):
    answer = answered(EMBED, **HOST)
    page = answer.body.decode()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    # One script, a file of ours, and nothing of it is needed: what it would change is hidden.
    ((script, content),) = re.findall(r"<script ([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert (re.fullmatch(r'defer src="\.\./scripts/embed\.\w+\.js"', script) is not None, content) == (
        True,
        "",
    )
    assert answered(re.findall(r'src="\.\.([^"]+)"', script)[0], app=SCRIPTS).status == 200
    assert '<p hidden><button type="button" data-chart-from="../zeichnung/caseload_active.json?' in page
    assert not re.search(r" on\w+=|javascript:| style=", page.partition("<code")[0])
    assert 'lang="de"' in page
    assert "DEMONSTRATIONSDATEN" in page
    assert answered(EMBED, **HOST).body == answer.body
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("frame-ancestors *")
    # Both pictures are there as they are at their addresses, with letters that ship; the table too.
    for form in ("breit", "schmal"):
        picture = answered(f"/bild/caseload_active.svg?area_code={ULM}&period=2018&release={OLD}&form={form}")
        assert page.count(picture.body.decode().replace("<svg ", f'<svg class="{form}" ', 1)) == 1
    assert "font-src 'self'" in policy
    for font in re.findall(r'url\("\.\.(/scripts/[^"]+)"\)', page):
        letters = answered(font, app=SCRIPTS)
        assert (letters.status, letters.headers["content-type"]) == (200, "font/woff2")
        assert letters.body[:4] == b"wOF2"
    assert page.count("@font-face") == 4, "those of pictures and those of plotly"
    assert "script-src 'self'; connect-src 'self'; style-src 'sha256-" in policy
    assert "unsafe" not in policy
    (at,) = re.findall(r'data-chart-from="\.\.([^"]+)"', page)
    chart = json.loads(answered(unescape(at)).body)
    assert {"data", "layout", "config"} <= chart.keys()
    assert (chart["config"]["displayModeBar"], chart["data"][0]["y"][-1]) == (False, 60)
    assert f"<td>{ULM}</td>" in page
    assert "http://localhost:8501/z/IM-" in page
    snippet = unescape(unescape(page.partition("<code")[2].partition(">")[2].partition("</code>")[0]))
    assert snippet.startswith('<iframe src="http://localhost:8501/einbetten/caseload_active?area_code=')
    # Only who is named, nobody, or no rubbish.
    monkeypatch.setenv("DASHBOARD_OPEN_EMBED", "https://zeitung.example https://*.stadt.example")
    named = answered(EMBED, **HOST).headers["content-security-policy"]
    assert named.endswith("frame-ancestors https://zeitung.example https://*.stadt.example")
    monkeypatch.setenv("DASHBOARD_OPEN_EMBED", "none")
    assert answered(EMBED, **HOST).headers["content-security-policy"].endswith("frame-ancestors 'none'")
    for wrong in ("zeitung.example", "https://a.example; script-src *", "* https://a.example"):
        with pytest.raises(OfferingError):
            offering({"EMBED": wrong})
    assert settings.offered().embed == "'none'"


@pytest.mark.usefixtures("public")
def test_an_embed_follows_the_rules_of_every_address():
    leads = answered(f"/einbetten/caseload_active?area_code={ULM}", **HOST)
    assert leads.headers["location"] == f"caseload_active?area_code={ULM}&release={NEWEST}"
    withheld = answered(
        f"/einbetten/caseload_active?area_code={LANGENAU}&release={OLD}", **HOST
    ).body.decode()
    assert "zum Schutz der Personen" in withheld
    assert "<script" not in withheld, "there is no chart"
    assert answered(f"/zeichnung/caseload_active.json?area_code={LANGENAU}&release={OLD}").status == 404
    english = answered(f"{EMBED}&lang=en", **HOST).body.decode()
    assert "The figures as a table" in english
    for address, status in (
        ("/einbetten/Qz7Kb", 404),
        (f"{EMBED}&x=Qz7Kb", 400),
        (f"/einbetten/caseload_active?release={EMBARGOED}", 404),
        ("/einbetten/caseload_active?area_code=%3Cscript%3EQz7Kb", 400),
        (f"/einbetten/methods_senders?release={OLD}", 404),
        ("/oembed", 404),
        ("/oembed?url=https://evil.example/einbetten/caseload_active", 404),
        (f"/oembed?url={quote('http://localhost:8501/daten/caseload_active.csv')}", 404),
        (f"/oembed?url={quote('http://localhost:8501' + EMBED)}&format=xml", 501),
        (f"/oembed?url={quote('http://localhost:8501' + EMBED)}&maxwidth=Qz7Kb", 400),
    ):
        answer = answered(address, **HOST)
        assert (answer.status, b"Qz7Kb" in answer.body) == (status, False), address
        # The sentence stands in the frame as well, where the page of others would have a broken one.
        policy = answer.headers.get("content-security-policy", "")
        assert policy.endswith("frame-ancestors *") == address.startswith("/einbetten/"), address
    told = json.loads(
        answered(f"/oembed?url={quote('http://localhost:8501' + EMBED)}&maxwidth=400", **HOST).body
    )
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 400)
    assert told["html"].startswith('<iframe src="http://localhost:8501/einbetten/caseload_active?')


@pytest.mark.usefixtures("public")
def test_whoever_has_to_wait_for_a_picture_waits_for_no_number_and_need_not_click_again(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(answers, "_DRAWING_TURNS", Turns(0))
    monkeypatch.setattr(answers, "_READY", Ready(0))
    query = f"caseload_active.{{}}?area_code={ULM}&period=2018&release={OLD}&ton=grau&form=quadrat"
    for address in (
        f"/bild/{query.format('svg')}",
        EMBED,
        f"/papier/gebiet.pdf?area_code={ULM}&release={OLD}",
    ):
        for accept, again in (("*/*", None), ("text/html,*/*;q=0.8", "5")):
            answer = answered(address, **HOST, accept=accept)
            assert (answer.status, answer.headers["retry-after"]) == (503, "5")
            assert answer.headers.get("refresh") == again, "only what somebody looks at comes again by itself"
            assert ("von selbst" in answer.body.decode()) == bool(again)
    for address in ("/daten/caseload_active.csv", "/satz/caseload_active.txt"):
        assert answered(f"{address}?area_code={ULM}&release={OLD}").status == 200


def test_what_lies_in_one_of_two_pictures_of_a_page_is_not_looked_for_in_the_other():
    drawn = b'<svg x="1"><pattern id="l5"/><rect fill="url(#l5)"/></svg>'
    assert embedded.inline(drawn, "breit") == (
        '<svg class="breit" x="1"><pattern id="breit-l5"/><rect fill="url(#breit-l5)"/></svg>'
    )
