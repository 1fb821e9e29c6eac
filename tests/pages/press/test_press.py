"""The parcel of a place for newsrooms, and what is said to be new: sure changes and corrections alone."""

import io
import json
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from data.access.rights import PUBLIC
from data.disclosure import bounds
from data.disclosure.published import is_number
from data.foundation import settings
from data.foundation.settings import WrongSettingError
from data.publish import edition
from data.questions import events
from data.questions.filters import Filters
from pages.drawing import wire
from pages.figures.wanted import Wanted
from pages.files.kept import Kept
from pages.press import material, parcel
from pages.press.material import Quote
from pages.server import answers
from pages.server.ready import Download
from pages.text.words import of
from tests.support.answered import Answer, answered
from tests.support.effort import LONG
from tests.support.opened import opened, said
from tests.support.published import ALB_DONAU, EMBARGOED, NEWEST, OLD, ULM
from tests.support.taken import links

CONTACT = "Pressestelle <b>Test</b>, presse@im.example"
ADDRESS = f"/presse/paket.zip?area_code={ULM}&period=2018&release={NEWEST}"
EMBED = f"/einbetten/caseload_active?area_code={ULM}&period=2018&release={NEWEST}"


@pytest.fixture
def public(several: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(several))
    monkeypatch.setenv("DASHBOARD_PRESS_CONTACT", CONTACT)
    return several


def of_ulm(release: str, lang: str = "de", period: str = "2018", area_code: str = ULM) -> Wanted:
    chosen = Filters(area_code, period=period, edition=edition(PUBLIC, release).version)
    return Wanted(chosen, of(lang))


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("de", ["LIES-MICH.txt", "saetze.txt", "neu.txt", "definitionen.txt"]),
        ("en", ["READ-ME.txt", "sentences.txt", "news.txt", "definitions.txt"]),
    ],
)
def test_the_parcel_has_tables_sentences_news_and_definitions(lang: str, names: list[str]):
    of_place = of_ulm(NEWEST, lang)
    charts = material.charts(of_place)
    assert [each.key for each in charts] == list(material.CHARTS)
    assert len(parcel.tables(charts, of_place.words)) == 12
    parts = {**parcel.read_me(of_place, charts), **parcel.texts(of_place, charts)}
    assert list(parts) == names
    read_me, quotes, news, definitions = (each.decode("utf-8-sig") for each in parts.values())
    mark = "DEMONSTRATIONSDATEN" if lang == "de" else "DEMONSTRATION"
    for text in (CONTACT, "IM-19Q1-", "dl-de/by-2-0", mark):
        assert text in read_me
    if lang == "de":
        assert "Ende 2018 werden in Ulm 90 Personen betreut.\r\n" in quotes
        assert "Ulm, 2018, Betreute Personen: bisher 60, jetzt 90." in news
        assert "Betreute Personen: Fälle, die am letzten Tag" in definitions


@pytest.mark.usefixtures("public")
@pytest.mark.long
def test_its_pictures_are_wide_square_and_svg_and_it_has_the_same_bytes_each_time(
    monkeypatch: pytest.MonkeyPatch,
):
    of_place = of_ulm(NEWEST)
    charts = material.charts(of_place)[: len(material.CHARTS) if LONG else 1]
    pictures = parcel.pictures(charts, of_place.words)
    assert len(pictures) == 3 * len(charts)
    assert {content[:4] for name, content in pictures.items() if name.endswith("png")} == {b"\x89PNG"}
    assert [name.rpartition("-")[2] for name in pictures][:3] == ["breit.png", "quadrat.png", "breit.svg"]
    if not LONG:  # all 18 take five seconds, twice
        return
    monkeypatch.setattr(answers, "_DRAWN", Kept[Download](most_bytes=0, at_once=2, wait_seconds=1))
    first, again = answered(ADDRESS), answered(ADDRESS)
    assert (first.status, first.headers["content-type"]) == (200, "application/zip")
    assert first.body == again.body
    assert first.name == f"presse-{ULM}-2018-{NEWEST}-demonstrationsdaten.zip"
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert answered(ADDRESS, if_none_match=first.headers["etag"]).status == 304
    with zipfile.ZipFile(io.BytesIO(first.body)) as packed:
        assert {name: packed.read(name) for name in pictures} == pictures


@pytest.mark.usefixtures("public")
def test_nobody_waits_longer_than_for_one_picture_and_what_was_drawn_is_there_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answers, "ANSWER_SECONDS", 0.7)
    with slow(tmp_path / "drawing", takes=0.05) as orders:
        monkeypatch.setenv("DASHBOARD_DRAWING", str(tmp_path / "drawing"))
        for address, pictures in ((ADDRESS, 18), (EMBED, 2)):
            orders.clear()
            taken, refused = [], 0
            while (answer := timed(address, taken)).status == 503:
                assert (answer.headers["retry-after"], refused < pictures) == ("5", True)
                refused += 1
            assert answer.status == 200
            # All of them take longer than an answer may; two do only where others have the processors.
            assert refused or pictures == 2, f"{refused} tries at {address}"
            # One that was too late is drawn once more.
            assert pictures <= len(orders) <= pictures + refused
    with slow(tmp_path / "hangs", takes=60):
        monkeypatch.setenv("DASHBOARD_DRAWING", str(tmp_path / "hangs"))
        for address in (ADDRESS, EMBED):
            taken = []
            assert timed(address.replace("2018", "2018-Q4"), taken).status == 503
            assert max(taken) < 20, "no matter how long a picture takes"


def timed(address: str, taken: list[float]) -> Answer:
    """What is answered; how long it took, once figures are known."""
    began = time.monotonic()
    answer = answered(address)
    taken.append(time.monotonic() - began)
    return answer


@contextmanager
def slow(at: Path, takes: float) -> Iterator[list[str]]:
    """A service that takes so many seconds for each drawing. Gives the kinds that were ordered."""
    orders: list[str] = []
    ended = threading.Event()

    def draw(connection: socket.socket) -> None:
        with connection, suppress(wire.GoneError, TimeoutError):
            orders.append(json.loads(wire.received(connection))["kind"])
            if not ended.wait(takes):
                wire.send(connection, wire.DONE + b"<svg viewBox='0 0 1 1'></svg>")

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=draw, args=(listening.accept()[0],), daemon=True).start()

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(at))
        listening.listen()
        threading.Thread(target=serve, daemon=True).start()
        yield orders
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.usefixtures("public")
def test_without_a_release_it_leads_to_the_newest_and_refuses_like_every_address():
    answer = answered(f"/presse/paket.zip?area_code={ULM}&period=2018")
    assert (answer.status, f"release={NEWEST}" in answer.headers["location"]) == (307, True)
    wrong = {
        f"{ADDRESS}&form=breit": 400,
        ADDRESS.replace(ULM, "99"): 400,
        ADDRESS.replace(NEWEST, EMBARGOED): 404,
        ADDRESS.replace("paket.zip", "anderes.zip"): 404,
    }
    assert {address: answered(address).status for address in wrong} == wrong


@pytest.mark.usefixtures("public")
def test_corrections_are_those_of_the_place_and_of_this_release():
    assert material.corrections(of_ulm(OLD)) == []
    own = material.corrections(of_ulm(NEWEST))
    assert own
    assert all(each.startswith("Ulm") for each in own)
    assert material.corrections(of_ulm(NEWEST, area_code=ALB_DONAU)) == []
    assert any("previously" in each for each in material.corrections(of_ulm(NEWEST, "en")))


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(("lang", "short"), [("de", "„VwV 2023“"), ("en", "“Rule of 2023”")])
def test_short_names_of_events_in_its_charts_are_explained(lang: str, short: str):
    serving = edition(PUBLIC)
    of_place = Wanted(Filters("08", period=serving.period, edition=serving.version), of(lang))
    charts = material.charts(of_place)
    drawn = {note.text.strip() for each in charts for note in each.chart.layout.annotations}
    assert short.strip("„“”") in drawn
    told = parcel.definitions(charts, of_place.words)
    (one,) = [each for each in told if each.startswith(short)]
    assert "VwV Integrationsmanagement" in one
    assert ("06.06.2023" if lang == "de" else "6 June 2023") in one
    # Of those that are drawn, each once, and of no other.
    shown = [each for each in events.register() if of_place.words.pick(each.short) in drawn]
    assert [each[1 : each.index(short[-1])] for each in told if each.startswith(short[0])] == [
        of_place.words.pick(each.short) for each in shown
    ]


@pytest.mark.usefixtures("figures")
def test_a_change_is_news_only_where_it_is_sure():
    """The demonstration has a year before: what is told apart by more than both deviations, largest first."""
    serving = edition(PUBLIC)
    told = {}
    for code in ("08118", "08425002"):
        of_place = Wanted(Filters(code, period=serving.period, edition=serving.version), of("de"))
        told[code] = material.changes(of_place)
        assert len(told[code]) <= material.CHANGES
        assert len(material.quotes(of_place)) <= material.SENTENCES
    for quote in (each for found in told.values() for each in found):
        assert quote.code in quote.citation
        assert " waren es " in quote.text
        assert quote.text.endswith(").")
    english = replace(of_place, words=of("en"), chosen=replace(of_place.chosen, area_code="08118"))
    texts = [each.text for each in (*material.quotes(english), *material.changes(english))]
    assert any("n the Landkreis Ludwigsburg" in text for text in texts)
    for text in texts:
        # What no editor prints: a label in brackets after "in", a share of "as many", a number that "is it".
        assert not re.search(r"[Ii]n [A-Z]\w+ \((Land|Stadt)kreis\)|% .*as many as|: In .* it is ", text), (
            text
        )
    tried = [news_of(of_place, name, column, told["08118"]) for name, column in material.NEWS]
    assert {True, False} <= set(tried), "some changes are sure, and some are none"


def news_of(of_place: Wanted, name: str, column: str, told: list[Quote]) -> bool:
    """Whether a change is sure; one that is not stands in no sentence."""
    each = material.figure(name, replace(of_place, chosen=replace(of_place.chosen, area_code="08118")))
    answer, now = each.published, each.chosen.now
    before = {**now, "period": answer.cell("year_before", **now)}
    found, earlier = answer.cell(column, **now), answer.cell(column, **before)
    numbers = is_number(found) and is_number(earlier)
    sure = numbers and bool(bounds.told_apart(answer, column, found, earlier))
    told_of = [quote for quote in told if quote.text.startswith(f"{of('de').label(column)}: ")]
    assert sure or not told_of, "a deviation is no news"
    return sure


@pytest.mark.usefixtures("public")
def test_the_page_has_the_parcel_the_news_the_contact_and_sentences_to_copy():
    page = opened("press", area_code=ULM, period="2018")
    assert not page.exception
    assert links(page)[0].startswith("/presse/paket.zip?area_code=08421000&period=2018")
    assert "Ulm, 2018, Betreute Personen: bisher 60, jetzt 90." in said(page)
    who = next(each.value for each in page.markdown if "Pressestelle" in each.value)
    assert "<b>" not in who.replace("\\<b", "")
    assert all("IM-19Q1-" in each.value for each in page.code)
    page = opened("press", area_code=ULM, period="2018", part="saetze")
    assert any(each.value.startswith("Ende 2018 werden in Ulm 90 Personen betreut.\n") for each in page.code)
    assert all("IM-19Q1-" in each.value for each in page.code)


def test_a_contact_of_several_lines_is_refused(monkeypatch: pytest.MonkeyPatch):
    for wrong in ("a\nb", "x" * 201):
        monkeypatch.setenv("DASHBOARD_PRESS_CONTACT", wrong)
        with pytest.raises(WrongSettingError, match="DASHBOARD_PRESS_CONTACT"):
            settings.from_environment()
