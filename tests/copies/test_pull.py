"""A copy of another installation's releases: what is published there is here, as a whole, and no later than
it is withdrawn there.
"""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from data import publish
from data.access.rights import PUBLIC
from data.commands import main
from data.deliveries.store import kind
from data.foundation import settings as of_environment
from data.foundation.durable import copy_lock
from data.foundation.settings import Settings
from data.releases import make, shelf
from data.releases.afterwards import withdrawals
from data.releases.afterwards.copies import copied, pulled, signing
from data.releases.afterwards.copies.fetched import UnreachedError
from data.releases.afterwards.withdrawals import Wish
from data.upkeep import health
from data.upkeep.integrity import damages_and_leftovers
from pages.server import answers
from tests.support.answered import APP, answered
from tests.support.handed_out import Publisher, at, end_embargo
from tests.support.opened import opened, said
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

WHY = "Der Ostalbkreis hatte falsch geliefert."
ADDRESSES = (
    f"/daten/caseload_active.csv?area_code={ULM}&release={NEWEST}",
    f"/satz/caseload_active.json?area_code={ULM}&release={OLD}",
    "/daten/caseload_active.csv",
    f"/daten/alles/{NEWEST}.json",
    "/daten/veroeffentlichungen.json",
    "/feed/berichtigungen.atom",
    f"/daten/alles/{EMBARGOED}.duckdb",
)


def bodies(store: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bytes]]:
    with monkeypatch.context() as here:
        here.setenv("DASHBOARD_STORE", str(store))
        answers = [answered(each) for each in ADDRESSES]
        return [(each.status, each.body or each.headers.get("location", "").encode()) for each in answers]


def test_a_pulled_store_answers_as_its_publisher_and_has_nothing_but_releases(
    publisher: Publisher, reader: Settings, monkeypatch: pytest.MonkeyPatch
):
    first = pulled.pull(reader, publisher.url)
    assert (first.pinned, first.serving, first.new) == (True, NEWEST, (OLD, NEWEST))
    assert first.copy.key == signing.public(signing.load(publisher.settings))
    again = pulled.pull(reader)
    assert (again.pinned, again.new, again.bytes) == (False, (), 0)
    assert publisher.asked[-1][0] == pulled.LISTED
    inside = {path.name for path in reader.store.iterdir() if not path.name.endswith("lock")}
    assert inside == {"releases", "kind.json"}
    assert bodies(reader.store, monkeypatch) == bodies(publisher.settings.store, monkeypatch)
    assert EMBARGOED not in (reader.store / "releases" / "signed.json").read_text()
    found = damages_and_leftovers(reader)
    assert (found.damages, found.leftovers, found.releases) == ((), (), 2)

    # The public role stands on it, and a copy can be followed itself, with the key of who published.
    monkeypatch.setenv("DASHBOARD_STORE", str(reader.store))
    shown = opened("caseload", area_code=ULM, period="2018")
    assert not shown.exception
    assert NEWEST in said(shown)
    assert kind.of(reader) is kind.Kind.DEMONSTRATION
    # Nothing is published or handed over by a copy.
    for command in (["withdraw", OLD, "--reason", WHY], ["key", "--sign"], ["key", "--new"]):
        assert main(command) == 2
    with pytest.raises(shelf.CopiedError):
        shelf.begin(reader.store)


def test_what_is_published_and_withdrawn_there_comes_and_goes_here(
    publisher: Publisher, reader: Settings, monkeypatch: pytest.MonkeyPatch
):
    pulled.pull(reader, publisher.url)
    end_embargo(publisher.settings, EMBARGOED)
    publisher.publish()
    assert pulled.pull(reader).new == (EMBARGOED,)
    withdrawals.carry_out(publisher.settings, Wish(OLD, WHY))
    publisher.publish()
    gone = pulled.pull(reader)
    assert gone.withdrawn == (OLD,)
    assert bodies(reader.store, monkeypatch) == bodies(publisher.settings.store, monkeypatch)
    monkeypatch.setenv("DASHBOARD_STORE", str(reader.store))
    answer = answered(ADDRESSES[1])
    assert (answer.status, WHY in answer.body.decode()) == (410, True)
    assert [each.revisions for each in publish.releases() if each.name == NEWEST] == [()]
    # Somebody who begins now never gets it, and knows why all the same.
    late = replace(reader, store=reader.store.with_name("late"))
    assert pulled.pull(late, publisher.url).new == (NEWEST, EMBARGOED)
    assert [each.name for each in shelf.withdrawn(late.store)] == [OLD]
    assert damages_and_leftovers(late).damages == ()
    withdrawals.carry_out(publisher.settings, Wish(OLD, "Doch richtig.", back=True))
    publisher.publish()
    for store, new in ((reader, (NEWEST,)), (late, (OLD, NEWEST))):  # what NEWEST corrected is told again
        assert pulled.pull(store).new == new
        assert bodies(store.store, monkeypatch) == bodies(publisher.settings.store, monkeypatch)
    assert any(each.revisions for each in publish.releases() if each.name == NEWEST)


def test_an_open_page_stays_with_its_release_and_an_old_copy_says_how_old(
    publisher: Publisher, reader: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(reader.store))
    monkeypatch.setenv("DASHBOARD_COPY_OF", publisher.url)
    where = of_environment.from_environment()
    assert (health.look(where).ready, health.look(where).copy) == (False, "behind")
    known = pulled.pull(where).copy
    found = health.look(where)
    assert (found.ready, found.copy, found.copied_at) == (True, "ok", known.asked_at)
    page = opened("overview", area_code=ULM)
    assert f"Veröffentlichung {NEWEST} vom" in said(page)
    assert "Stand der Kopie" not in said(page)

    end_embargo(publisher.settings, EMBARGOED)
    publisher.publish()
    pulled.pull(where)
    copied.keep(reader.store, replace(copied.of(reader.store), asked_at=known.asked_at - timedelta(hours=2)))
    page.run()
    assert f"Veröffentlichung {NEWEST} vom" in said(page)
    assert f"Die neueste Veröffentlichung ist {EMBARGOED}" in said(page).replace("\\", "")
    assert "Stand der Kopie: " in said(page)
    assert (health.look(where).ready, health.look(where).copy) == (True, "behind")
    assert f"Veröffentlichung {EMBARGOED} vom" in said(opened("overview", area_code=ULM)).replace("\\", "")
    page.button(key="to_newest").click().run()
    assert f"Veröffentlichung {EMBARGOED} vom" in said(page).replace("\\", "")

    withdrawals.carry_out(publisher.settings, Wish(EMBARGOED, WHY))
    publisher.publish()
    pulled.pull(where)
    page.run()
    assert f"Veröffentlichung {NEWEST} vom" in said(page)
    assert [WHY in each.value.replace("\\", "") for each in page.warning] == [True]
    # A clock that was set back can't say how old it is.
    copied.keep(
        reader.store, replace(copied.of(reader.store), asked_at=datetime.now(UTC) + timedelta(days=1))
    )
    assert "Stand der Kopie: " in said(page.run())


def test_a_withdrawal_waits_for_no_file_and_a_new_release_for_all_of_them(
    publisher: Publisher, reader: Settings
):
    pulled.pull(reader, publisher.url)
    end_embargo(publisher.settings, EMBARGOED)
    withdrawals.carry_out(publisher.settings, Wish(NEWEST, WHY))
    publisher.publish().cut = 100_000
    with pytest.raises(UnreachedError, match="bytes of a file are missing"):
        pulled.pull(reader)
    assert [each.name for each in shelf.open_to_readers(reader.store)] == [OLD]
    known = copied.of(reader.store)
    assert known.asked_at < datetime.now(UTC)
    publisher.cut = None
    done = pulled.pull(reader)
    assert publisher.asked[-1] == (at(EMBARGOED), "bytes=100000-")
    assert (done.new, done.serving) == ((EMBARGOED,), EMBARGOED)
    whole = shelf.database(publisher.settings.store, EMBARGOED)
    assert shelf.database(reader.store, EMBARGOED).read_bytes() == whole.read_bytes()
    assert done.bytes < whole.stat().st_size
    assert copied.of(reader.store).asked_at > known.asked_at


def test_a_break_is_gone_on_from_with_the_real_addresses(
    publisher: Publisher, reader: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(publisher.settings.store))
    server = uvicorn.Server(uvicorn.Config(APP, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        publisher.cut = 50_000
        with pytest.raises(UnreachedError):
            pulled.pull(reader, publisher.url)
        parts = (reader.store / "releases" / shelf.PULLING).glob("*")
        came = sum(part.stat().st_size for part in parts)
        assert came > 50_000
        whole = pulled.pull(reader, url)
        sizes = [each.size for one in publisher.listed.releases for each in one.files]
        assert whole.bytes == sum(sizes) - came
        assert whole.copy.address == url
    finally:
        server.should_exit = True
        thread.join(20)


def test_what_is_damaged_here_is_named_and_made_good_again(publisher: Publisher, reader: Settings):
    known = pulled.pull(reader, publisher.url).copy
    path = shelf.database(reader.store, OLD)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert [each.file for each in damages_and_leftovers(reader).damages] == [f"releases/{OLD}/release.duckdb"]
    copied.keep(reader.store, replace(known, looked_at=datetime.now(UTC) - timedelta(days=2)))
    assert pulled.pull(reader).new == (OLD,)
    assert path.read_bytes() == whole
    path.unlink()
    assert pulled.pull(reader).new == (OLD,)
    assert path.read_bytes() == whole


def test_a_store_with_something_of_its_own_follows_nobody_and_one_pull_is_at_work_at_a_time(
    publisher: Publisher, reader: Settings, several: Path
):
    with pytest.raises(pulled.NoCopyError, match="of its own"):
        pulled.pull(replace(publisher.settings), publisher.url)
    with copy_lock(reader.store), pytest.raises(pulled.AtWorkError):
        pulled.pull(reader, publisher.url)
    kind.decide(reader, kind.Kind.REAL)
    with pytest.raises(kind.KindError):
        pulled.pull(reader, publisher.url)
    assert copied.of(reader.store) is None


def test_the_command_says_what_is_new_and_every_error_in_a_sentence(
    publisher: Publisher,
    reader: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("DASHBOARD_STORE", str(reader.store))
    assert main(["pull"]) == 2
    monkeypatch.setenv("DASHBOARD_COPY_OF", publisher.url + "/")
    right = signing.fingerprint(signing.public(signing.load(publisher.settings)))
    assert main(["pull", "--accept-key", right.replace(right[0], "x")]) == 4
    assert main(["pull", "--accept-key", right.upper()]) == 0
    capsys.readouterr()
    assert main(["pull", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["fingerprint"], told["serving"], told["bytes"]) == (right, NEWEST, 0)
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["release"]["name"] == NEWEST

    # Another key is taken by hand alone, and then the copy is looked through from the beginning.
    monkeypatch.setenv("DASHBOARD_STORE", str(publisher.settings.store))
    assert main(["key", "--new", "--json"]) == 0
    other = json.loads(capsys.readouterr().out)["fingerprint"]
    publisher.publish()
    monkeypatch.setenv("DASHBOARD_STORE", str(reader.store))
    assert main(["pull"]) == 4
    assert other in capsys.readouterr().err
    assert publish.edition(PUBLIC).version == NEWEST
    assert main(["pull", "--accept-key", right]) == 4
    assert main(["pull", "--accept-key", other]) == 0
    assert signing.fingerprint(copied.of(reader.store).key) == other
    assert main(["pull"]) == 0
    capsys.readouterr()

    publisher.answers.clear()
    assert main(["pull"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["pull", "http://dashboard.example"]) == 2
    monkeypatch.setattr(pulled, "SPARE_BYTES", 2**60)
    (reader.store / "releases" / OLD / shelf.MANIFEST).unlink()
    publisher.publish()
    assert main(["pull"]) == 1
    assert "MiB" in capsys.readouterr().err
    (reader.store / "releases" / shelf.COPY).write_text("{")
    assert main(["pull"]) == 6
    (reader.store / "releases" / shelf.COPY).unlink()
    assert main(["pull"]) == 2, "what it followed is lost, so it trusts nobody anew"


def test_a_release_is_refused_on_a_copy_whatever_was_handed_in(publisher: Publisher, reader: Settings):
    pulled.pull(reader, publisher.url)
    assert make.last(reader.store).name == NEWEST
    with pytest.raises(shelf.CopiedError):
        withdrawals.carry_out(reader, Wish(OLD, WHY))


def test_what_is_withdrawn_while_it_is_put_together_is_put_together_again(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
):
    """A reader who asks at that moment gets an answer of what holds then, and no error."""
    where = publisher.settings
    monkeypatch.setenv("DASHBOARD_STORE", str(where.store))

    def withdrawn_meanwhile(_: object) -> PlainTextResponse:
        if not shelf.withdrawn(where.store):
            withdrawals.carry_out(where, Wish(NEWEST, WHY))
            publish.whole(NEWEST)
        return PlainTextResponse("whole")

    async def answer(request: Request) -> Response:
        return await answers.in_turn(request, withdrawn_meanwhile)

    found = answered("/x", app=Starlette(routes=[Route("/x", answer)]))
    assert (found.status, found.body) == (200, b"whole")

    page = AppTest.from_function(_loses_its_figures).run()
    assert [each.value for each in page.markdown] == ["whole"]
    assert not page.error
    page.session_state["never"] = True
    assert len(page.run().error) == 1


def _loses_its_figures() -> None:
    import streamlit as st

    from data import publish
    from data.access.rights import PUBLIC
    from pages.reading import notes

    def run() -> None:
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        if st.session_state["runs"] == 1 or "never" in st.session_state:
            raise publish.NoFiguresError(PUBLIC)
        st.markdown("whole")

    notes.whole(lambda: notes.guarded(run))
