"""A release that is withdrawn: gone for readers, with the reason and a way on, and nothing of it deleted."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from data import publish
from data.access import audit
from data.access.rights import PUBLIC
from data.commands import main
from data.foundation import settings as of_environment
from data.releases import make, manifest, shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.withdrawals import Wish
from pages.server.gone import Gone
from pages.text.words import plain
from tests.support import stores
from tests.support.answered import answered
from tests.support.opened import opened, said
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

WHY = "Der *Ostalbkreis* hatte <b>falsch</b> geliefert"  # and no full stop: readers get one
EVERY = (
    f"/daten/caseload_active.csv?area_code={ULM}&period=2018",
    f"/daten/caseload_active.zip?area_code={ULM}&period=2018",
    f"/bild/caseload_active.svg?area_code={ULM}&period=2018&form=quadrat",
    f"/satz/caseload_active.json?area_code={ULM}&period=2018",
    f"/papier/gebiet.pdf?area_code={ULM}&period=2018",
)
WHOLE = (f"/daten/alles/{NEWEST}.zip", f"/daten/alles/{NEWEST}.duckdb")


@pytest.fixture
def store(several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the store with three releases, the newest of them under an embargo."""
    figures = stores.copied(several.parent, tmp_path)
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    return figures.settings.store


def contents(store: Path) -> dict[str, int]:
    """Every file of a release, by its size."""
    files = (each for each in (store / "releases").rglob("*") if each.parent.name != "releases")
    return {each.relative_to(store).as_posix(): each.stat().st_size for each in files if each.is_file()}


def test_the_newest_is_withdrawn_and_everything_of_it_is_gone_with_the_reason_and_a_way_on(
    store: Path, capsys: pytest.CaptureFixture[str]
):
    kept, last = contents(store), make.last(store)
    pinned = [f"{each}&release={NEWEST}" for each in EVERY]
    before = [answered(each) for each in pinned]
    assert {each.status for each in before} == {200}
    assert main(["withdraw", NEWEST, "--reason", "  "]) == 5
    assert main(["withdraw", "2001-Q1", "--reason", WHY]) == 2
    assert main(["withdraw", NEWEST, "--take-back", "--reason", WHY]) == 2
    capsys.readouterr()
    assert main(["withdraw", NEWEST, "--reason", WHY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["release"]["withdrawn"]["reason"], told["serving"]) == (WHY, OLD)
    assert main(["withdraw", NEWEST, "--reason", WHY]) == 2

    for address, tag in zip(pinned, before, strict=True):
        for answer in (answered(address), answered(address, if_none_match=tag.headers["etag"])):
            assert answer.status == 410, address
            assert f"{WHY}. " in answer.body.decode(), address
            assert answer.headers["cache-control"] == "no-store"
        way = answer.headers["link"].partition(">")[0].removeprefix("<")
        assert "latest-version" in answer.headers["link"]
        onward = answered(f"{address.rpartition('/')[0]}/{way}")
        assert (onward.status, OLD in onward.headers["location"]) == (307, True), address
        assert "2018" in onward.headers["location"], "what was chosen is kept"
    for address in WHOLE:
        answer = answered(address)
        assert (answer.status, WHY in answer.body.decode()) == (410, True)
        assert answer.headers["link"].startswith(f"</daten/alles.{address.rpartition('.')[2]}>")
    # What is no choice of the newest leads there all the same, and a wrong address says no word of its own.
    assert answered(f"/daten/caseload_active.csv?x=Qz7Kb&release={NEWEST}").status == 410
    assert b"Qz7Kb" not in answered(f"/daten/caseload_active.csv?x=Qz7Kb&release={NEWEST}").body
    assert answered(f"/daten/nothing.csv?release={NEWEST}").status == 404
    assert answered("/daten/caseload_active.csv").headers["location"].endswith(f"release={OLD}")

    # A page shows the one before, and why; the list of releases has it without a way to it.
    shown = opened("caseload", area_code=ULM, release=NEWEST)
    assert "wurde am" in said(shown)
    assert [plain(WHY) in each.value for each in shown.warning] == [True]
    assert OLD in said(shown)
    listed = opened("methods", part="veroeffentlichungen")
    assert said(listed).count("zurückgezogen") == 1
    assert f"open_{NEWEST}" not in [each.key for each in listed.button]
    with pytest.raises(publish.WithdrawnError, match="Ostalbkreis"):
        publish.edition(PUBLIC, NEWEST)

    # Nothing is deleted, what comes next is compared with what came last, and the store is sound.
    assert contents(store) == kept
    assert make.last(store) == last
    assert (store / "releases" / "published.json").read_text().count("withdrawn") == 1
    capsys.readouterr()
    assert main(["verify"]) == 0
    assert main(["status"]) == 0
    assert f"release: {NEWEST}, WITHDRAWN ({WHY})" in capsys.readouterr().out

    assert main(["withdraw", NEWEST, "--take-back", "--reason", "Es war doch richtig."]) == 0
    assert [answered(each).body for each in pinned] == [each.body for each in before]
    entries = [
        (each.action, each.what, each.result) for each in audit.entries(of_environment.from_environment())
    ]
    assert ("withdraw release", f"{NEWEST}: {WHY}", "done") in entries
    assert entries[-1] == ("put back release", f"{NEWEST}: Es war doch richtig.", "done")


def test_a_later_release_stands_and_tells_no_figure_of_the_withdrawn_one(store: Path):
    before = {each.name: each for each in publish.releases()}
    assert before[NEWEST].revisions
    codes = [json.loads(answered(f"{EVERY[3]}&release={name}").body)["cite_code"] for name in (OLD, NEWEST)]
    withdrawals.carry_out(of_environment.from_environment(), Wish(OLD, WHY))
    for end in ("", ".json"):
        cited = answered(f"/z/{codes[0]}{end}")
        assert (cited.status, WHY in cited.body.decode()) == (410, True)
        assert cited.headers["link"].startswith("</fallzahlen?period=2018&area_code=08421000>")
    assert answered(f"/z/{codes[1]}.json").status == 200, "the code of another release is what it was"
    (left,) = publish.releases()
    assert (left.name, left.revisions) == (NEWEST, ())
    assert (left.note, left.revised, left.before) == (before[NEWEST].note, before[NEWEST].revised, OLD)
    assert manifest.read(shelf.manifest(store, NEWEST)).before == OLD


def test_where_none_is_left_readers_are_told_why_and_a_release_nobody_saw_is_never_named(store: Path):
    where = of_environment.from_environment()
    withdrawals.carry_out(where, Wish(EMBARGOED, "Geheim-Qz7Kb"))
    assert answered(f"{EVERY[0]}&release={EMBARGOED}").status == 404
    assert EMBARGOED not in publish.every_release()
    # Also on the day on which its embargo would have ended.
    entry = shelf.entries(store)[-1]
    shelf.change(store, replace(entry, serves_from=entry.withdrawn.at + timedelta(microseconds=1)))
    assert [each.name for each in publish.withdrawn()] == []
    assert answered(f"{EVERY[0]}&release={EMBARGOED}").status == 404
    for name in (OLD, NEWEST):
        withdrawals.carry_out(where, Wish(name, WHY))
    answer = answered(f"{EVERY[0]}&release={OLD}")
    assert (answer.status, "link" in answer.headers, WHY in answer.body.decode()) == (410, False, True)
    newest = answered(EVERY[0])
    assert (newest.status, WHY in newest.body.decode()) == (404, True)
    shown = opened("caseload")
    assert not shown.exception
    assert any(plain(WHY) in each.value for each in shown.markdown)
    assert "Qz7Kb" not in said(shown)
    assert (shelf.open_to_readers(store), publish.releases()) == ((), ())


def test_two_people_withdraw_where_two_publish(store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_TWO_PEOPLE", "1")
    where = of_environment.from_environment()
    asked = ["withdraw", OLD, "--reason", WHY]

    def by(name: str, *more: str) -> int:
        monkeypatch.setattr("data.commands.operator", lambda: name)
        return main([*asked, *more])

    assert by("anna") == 2
    assert by("anna", "--confirm") == 4
    assert by("anna", "--propose", "--json") == 0
    assert by("anna", "--confirm") == 2
    assert by("bert", "--confirm", "--take-back") == 4
    assert [each.withdrawn for each in shelf.entries(store)] == [None] * 3
    assert by("bert", "--confirm") == 0
    assert [each.name for each in shelf.withdrawn(store)] == [OLD]
    assert withdrawals.waiting(where) is None
    assert by("anna", "--confirm", "--take-back") == 4
    told = [(each.who, each.action, each.result) for each in audit.entries(where)]
    assert told[-3:] == [
        ("bert", "put back release", "NoProposalError"),
        ("bert", "withdraw release", "done"),
        ("anna", "put back release", "NoProposalError"),
    ]
    assert audit.entries(where)[-2].what == f"{OLD}: {WHY}, proposed by anna"
    with pytest.raises(withdrawals.TwoPeopleWithdrawError):
        withdrawals.carry_out(replace(where, two_people=True), Wish(NEWEST, WHY))


def test_a_page_of_a_withdrawn_release_has_the_status_of_one_that_is_gone(
    store: Path,
):
    async def index(request: object) -> PlainTextResponse:
        return PlainTextResponse("index", headers={"etag": '"a"'})

    app = Starlette(
        routes=[Route("/fallzahlen", index), Route("/else", index)],
        middleware=[Middleware(Gone, pages=["", "fallzahlen"])],
    )
    withdrawals.carry_out(of_environment.from_environment(), Wish(OLD, WHY))
    found = {
        address: (answered(address, app=app).status, answered(address, app=app).body)
        for address in ("/fallzahlen", f"/fallzahlen?release={NEWEST}", f"/else?release={OLD}")
    }
    assert set(found.values()) == {(200, b"index")}
    gone = answered(f"/fallzahlen?release={OLD}", app=app, if_none_match='"a"')
    assert (gone.status, gone.body) == (410, b"index")
