"""What programs find: feeds, the catalogue, files at fixed places, and nothing where nothing is."""

import json
from urllib.parse import quote

import feedparser
import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, RDF
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from data.foundation import settings
from data.releases.afterwards import withdrawals
from pages.server import found
from tests.support import stores
from tests.support.answered import answered
from tests.support.published import ALB_DONAU, EMBARGOED, NEWEST, NOTE, OLD, ULM

HOST = {"host": "localhost:8501"}
ROOT = "http://localhost:8501"


@pytest.mark.usefixtures("public")
def test_a_feed_reader_reads_releases_corrections_and_places():
    for name, titles in (
        ("veroeffentlichungen", [f"Veröffentlichung {NEWEST}", f"Veröffentlichung {OLD}"]),
        ("berichtigungen", [f"{NEWEST} hat Zahlen geändert, die mit {OLD} veröffentlicht waren"]),
        (ULM, None),
        (ALB_DONAU, None),
    ):
        answer = answered(f"/feed/{name}.atom", **HOST)
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert answered(f"/feed/{name}.atom", **HOST).body == answer.body
        assert answered(f"/feed/{name}.atom", if_none_match=answer.headers["etag"], **HOST).status == 304
        read = feedparser.parse(answer.body)
        assert (read.bozo, read.version) == (False, "atom10"), name
        assert titles is None or [each.title for each in read.entries] == titles
        assert EMBARGOED not in answer.body.decode()
        assert read.feed.updated == max(each.updated for each in read.entries)
        assert {each.link.startswith(f"{ROOT}/") for each in read.entries} == {True}
    places = feedparser.parse(answered(f"/feed/{ULM}.atom?lang=en", **HOST).body)
    assert [each.id.rpartition("=")[2] for each in places.entries] == [NEWEST, OLD]
    assert "people" in places.entries[0].title
    assert NOTE in answered("/feed/veroeffentlichungen.atom", **HOST).body.decode()
    for wrong in ("/feed/99.atom", "/feed/08.rss", "/feed/.atom"):
        assert answered(wrong, **HOST).status == 404


def test_a_withdrawn_release_is_an_entry_with_the_reason(several, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(stores.copied(several.parent, tmp_path).settings.store))
    told_before = {
        name: feedparser.parse(answered(f"/feed/{name}.atom", **HOST).body).entries
        for name in ("berichtigungen", ULM)
    }
    alone = feedparser.parse(answered(f"/feed/{ULM}.atom?release={NEWEST}", **HOST).body)
    assert [each.id for each in alone.entries] == [told_before[ULM][0].id]
    withdrawals.carry_out(settings.from_environment(), withdrawals.Wish(NEWEST, "Falsch <b>zugeordnet</b>."))
    read = feedparser.parse(answered("/feed/veroeffentlichungen.atom", **HOST).body)
    assert [each.title for each in read.entries] == [
        f"Veröffentlichung {NEWEST} zurückgezogen",
        f"Veröffentlichung {OLD}",
    ]
    assert read.entries[0].content[0].value == "Falsch <b>zugeordnet</b>."
    assert read.feed.updated == read.entries[0].updated > read.entries[1].updated
    assert NEWEST not in answered("/daten/katalog.ttl", **HOST).body.decode()
    # Where a feed had told figures of it, that is told under the same id, so that a reader forgets them.
    for name in ("berichtigungen", ULM):
        now = feedparser.parse(answered(f"/feed/{name}.atom", **HOST).body)
        assert now.entries[0].title == f"Veröffentlichung {NEWEST} zurückgezogen"
        assert now.entries[0].content[0].value == "Falsch <b>zugeordnet</b>."
        assert now.entries[0].id == told_before[name][0].id
        assert now.entries[0].updated > told_before[name][0].updated
        assert now.feed.updated == now.entries[0].updated
    # A feed of that release alone is gone, like all else of it, with the way to the same of all.
    for name in ("veroeffentlichungen", "berichtigungen", ULM):
        gone = answered(f"/feed/{name}.atom?lang=en&release={NEWEST}", **HOST)
        assert (gone.status, "Falsch <b>zugeordnet</b>." in gone.body.decode()) == (410, True)
        assert gone.headers["link"] == f'<{name}.atom?lang=en>; rel="latest-version"'
        assert answered(f"/feed/{name}.atom?release={EMBARGOED}", **HOST).status == 404
        alone = feedparser.parse(answered(f"/feed/{name}.atom?release={OLD}", **HOST).body)
        assert {OLD in each.id for each in alone.entries} <= {True}
    # What a program asks for an embed of it says where that of the newest is.
    embed = quote(f"{ROOT}/einbetten/caseload_active?area_code={ULM}&release={NEWEST}", safe="")
    gone = answered(f"/oembed?url={embed}", **HOST)
    assert (gone.status, "Falsch <b>zugeordnet</b>." in gone.body.decode()) == (410, True)
    assert gone.headers["link"] == f'</einbetten/caseload_active?area_code={ULM}>; rel="latest-version"'


@pytest.mark.usefixtures("public")
def test_the_catalogue_is_one_graph_in_three_forms_and_its_files_are_there(monkeypatch: pytest.MonkeyPatch):
    contributor = "http://dcat-ap.de/def/contributors/land"
    monkeypatch.setenv("DASHBOARD_OPEN_CONTRIBUTOR", contributor)
    monkeypatch.setenv("DASHBOARD_OPEN_MAIL", "daten@example.de")
    graphs = {}
    for ending, form in (("ttl", "turtle"), ("jsonld", "json-ld"), ("xml", "xml")):
        answer = answered(f"/daten/katalog.{ending}", **HOST)
        assert (answer.status, answered(f"/daten/katalog.{ending}", **HOST).body) == (200, answer.body)
        graphs[ending] = Graph().parse(data=answer.body, format=form)
    assert len({frozenset(each) for each in graphs.values()}) == 1
    graph = graphs["ttl"]
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 8, "four subjects of two releases"
    assert contributor in answer.body.decode()
    assert "mailto:daten@example.de" in answer.body.decode()
    files = {str(each) for each in graph.objects(None, DCAT.downloadURL)}
    assert len(files) > 40
    for at in sorted(files)[::9]:
        assert answered(at.removeprefix(ROOT), "HEAD").status == 200, at
    for made in graph.objects(None, DCAT.distribution):
        assert graph.value(made, DCTERMS.license) is not None


@pytest.mark.usefixtures("public")
def test_what_is_looked_for_at_fixed_places_and_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch):
    assert f"Sitemap: {ROOT}/sitemap.xml" in answered("/robots.txt", **HOST).body.decode()
    assert f"<loc>{ROOT}/fallzahlen?lang=en</loc>" in answered("/sitemap.xml", **HOST).body.decode()
    assert answered("/.well-known/security.txt", **HOST).status == 404
    monkeypatch.setenv("DASHBOARD_OPEN_SECURITY", "sicher@example.de")
    assert (
        b"Contact: mailto:sicher@example.de\nExpires: 20"
        in answered("/.well-known/security.txt", **HOST).body
    )

    async def index(request: object) -> HTMLResponse:
        streamlit = '<link rel="shortcut icon" href="./favicon.png" />'
        return HTMLResponse(f"<html><head><title>x</title>{streamlit}</head></html>", headers={"etag": '"a"'})

    async def part(request: object) -> PlainTextResponse:
        return PlainTextResponse("part")

    pages = ["", "fallzahlen"]
    app = Starlette(
        routes=[Route("/_stcore/{rest:path}", part), Route("/{rest:path}", index)],
        middleware=[
            Middleware(found.Nothing, pages=pages, routes=found.ROUTES),
            Middleware(found.Head, pages=pages),
        ],
    )
    for address in (
        "/nix.php",
        "/.env",
        "/a/b",
        "/fallzahlen/x",
        "/.well-known/x",
        "/feed/a/b",
        "/static/js/x.js",
        "/%2e%2e/x.toml",
    ):
        assert answered(address, app=app, **HOST).status == 404, address
    for address in ("/_stcore/health", "/fallzahlen/_stcore/health", "/favicon.png", "/feed/08.atom"):
        assert answered(address, app=app, **HOST).status == 200, address
    page = answered("/fallzahlen?lang=en&release=%3Cscript%3E", app=app, if_none_match='"a"', **HOST)
    body = page.body.decode()
    assert (page.status, "etag" in page.headers) == (200, False)
    assert int(page.headers["content-length"]) == len(page.body)
    assert 'href="/feed/veroeffentlichungen.atom?lang=en"' in body
    told = json.loads(body.partition('ld+json">')[2].partition("</script>")[0])
    assert (told["@type"], told["version"]) == ("Dataset", NEWEST)
    assert body.count("<script") == 1
    assert 'icon" href="/favicon.ico" type="image/svg+xml"' in body
    own = answered("/favicon.ico", **HOST)
    assert (own.status, own.headers["content-type"]) == (200, "image/svg+xml")
    assert own.body.startswith(b"<svg")
