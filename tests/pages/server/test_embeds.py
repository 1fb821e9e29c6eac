"""A figure for the pages of others: its picture, its table and the way back, and who may show it."""

import json
from html import unescape
from urllib.parse import quote

import pytest

from data.foundation import settings
from data.foundation.offering import OfferingError, offering
from tests.support.answered import answered
from tests.support.published import EMBARGOED, LANGENAU, NEWEST, OLD, ULM

EMBED = f"/einbetten/caseload_active?area_code={ULM}&period=2018&release={OLD}"
HOST = {"host": "localhost:8501"}


@pytest.mark.usefixtures("public")
def test_a_figure_is_a_page_without_a_script_that_others_may_show(monkeypatch: pytest.MonkeyPatch):
    answer = answered(EMBED, **HOST)
    page = answer.body.decode()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<script" not in page
    assert 'lang="de"' in page
    assert "DEMONSTRATIONSDATEN" in page
    assert answered(EMBED, **HOST).body == answer.body
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("frame-ancestors *")
    # Both pictures are there, and the table has what the file has.
    for form in ("schmal", "breit"):
        at = next(unescape(each) for each in page.split('"') if f"form={form}" in each and "/bild/" in each)
        picture = answered(at.removeprefix(".."))
        assert (picture.status, picture.body[:4]) == (200, b"\x89PNG"), at
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
    told = json.loads(
        answered(f"/oembed?url={quote('http://localhost:8501' + EMBED)}&maxwidth=400", **HOST).body
    )
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 400)
    assert told["html"].startswith('<iframe src="http://localhost:8501/einbetten/caseload_active?')
