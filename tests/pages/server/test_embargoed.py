"""Pictures of a release under its embargo: for publishers and press, marked, in the log, and kept nowhere."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from data.access import accounts, audit
from data.foundation import settings
from pages.server import embargoed
from tests.support import signed
from tests.support.answered import Answer, answered
from tests.support.opened import said
from tests.support.published import EMBARGOED, NEWEST, ULM

PAGE = Path(__file__).parents[3] / "pages" / "internal" / "embargo.py"
PICTURE = f"caseload_active.svg?area_code={ULM}&release={EMBARGOED}"


@pytest.fixture
def inside(public: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setenv("DASHBOARD_ROLE", "internal")
    return Starlette(routes=embargoed.routes(settings.from_environment()))


def asked(app: Starlette, query: str = PICTURE, *rights: tuple[str, str], name: str = "paula") -> Answer:
    cookie = signed.cookie(settings.from_environment(), name, *rights) if rights else ""
    return answered(f"/gesperrt/bild/{query}", app=app, cookie=cookie)


@pytest.mark.parametrize(("name", "right"), [("paula", "publish"), ("pia", "press")])
def test_who_may_publish_or_is_of_the_press_office_gets_it_marked_and_is_written_down(
    inside: Starlette, name: str, right: str
):
    answer = asked(inside, PICTURE, (right, ""), name=name)
    assert answer.status == 200, answer.body
    written = " ".join("".join(each.itertext()) for each in ElementTree.fromstring(answer.body).iter())
    assert "GESPERRT BIS " in written
    assert " UHR · DEMONSTRATIONSDATEN" in written
    assert EMBARGOED in written
    assert answer.headers["cache-control"] == "private, no-store"
    assert not {"etag", "link"} & set(answer.headers)
    assert "-gesperrt-bis-2" in answer.name
    newest = audit.entries(settings.from_environment())[-1]
    assert newest.who.startswith(name)
    assert (newest.action, newest.what) == (embargoed.ACTION, answer.name)
    # Nobody else gets it thereby, under any address.
    assert answered(f"/bild/{PICTURE}").status == 404
    assert asked(inside).status == 403


@pytest.mark.parametrize("right", [("read", "08"), ("send", "all"), ("administer", ""), ("audit", "")])
def test_nobody_else_does_and_learns_nothing(inside: Starlette, right: tuple[str, str]):
    for query in (PICTURE, PICTURE.replace(EMBARGOED, "none"), "x.exe?y=z"):
        answer = asked(inside, query, right, name="else")
        assert answer.status == 403
        assert b"und die Pressestelle" in answer.body
    newest = audit.entries(settings.from_environment())[-1]
    assert (newest.action, newest.result) == ("refused", audit.REFUSED)


def test_a_release_that_readers_see_has_no_embargo_and_a_locked_account_nothing(inside: Starlette):
    where = settings.from_environment()
    cookie = signed.cookie(where, "petra", ("publish", ""))
    for query, status in (
        (PICTURE, 200),
        (PICTURE.replace(EMBARGOED, NEWEST), 404),
        (PICTURE.replace(f"&release={EMBARGOED}", ""), 404),
        (PICTURE.replace("caseload_active", "grouping_active"), 404),
        (f"{PICTURE}&period=1999", 400),
    ):
        assert answered(f"/gesperrt/bild/{query}", app=inside, cookie=cookie).status == status, query
    taken = [each.who for each in audit.entries(where) if each.action == embargoed.ACTION]
    accounts.lock(where, taken[-1])
    assert answered(f"/gesperrt/bild/{PICTURE}", app=inside, cookie=cookie).status == 403


def test_the_press_office_has_a_page_of_them_and_nobody_else_has_it(
    public: Path, monkeypatch: pytest.MonkeyPatch
):
    signed.sit(monkeypatch, public, "pressestelle", ("press", ""))
    shown = AppTest.from_file(str(PAGE), default_timeout=60).run()
    assert not shown.exception
    assert EMBARGOED in said(shown)
    links = "".join(each.value for each in shown.get("html"))
    assert f'href="gesperrt/bild/caseload_active.png?release={EMBARGOED}&amp;lang=de"' in links, links[:500]
    assert "grouping_active" not in links
    signed.sit(monkeypatch, public, "leserin", ("read", "08"))
    refused = AppTest.from_file(str(PAGE), default_timeout=60).run()
    assert [each.message for each in refused.exception]
    assert EMBARGOED not in said(refused)
