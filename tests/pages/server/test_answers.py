"""Addresses that give a file: always the same bytes of a release, for whoever asks, and nothing exact."""

import io
import json
import os
import random
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from pages.files.kept import Kept
from pages.server import answers
from pages.server.answers import Turns
from pages.server.ready import Download, Ready
from tests.support import published, signed
from tests.support.answered import Answer, answered
from tests.support.opened import opened
from tests.support.published import ALB_DONAU, LANGENAU, NEWEST, OLD, ULM
from tests.support.taken import links

ACTIVE = "/daten/caseload_active"
PINNED = f"{ACTIVE}.csv?area_code={ULM}&period=2018&release={OLD}"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


def frame(answer: Answer) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(answer.body), sep=";", decimal=",", dtype={"Gebietsschlüssel": str})


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept, as in a process that has just begun."""
    monkeypatch.setattr(answers, "_KEPT", Kept[Download](most_bytes=0, at_once=2, wait_seconds=1))
    monkeypatch.setattr(answers, "_READY", Ready(0))


@pytest.mark.usefixtures("public")
def test_without_a_release_an_address_leads_to_the_newest_and_nowhere_else():
    answer = answered(f"{ACTIVE}.csv?area_code={ULM}&period=2018", host="elsewhere.example")
    assert answer.status == 307
    assert answer.headers["location"] == f"caseload_active.csv?area_code={ULM}&period=2018&release={NEWEST}"
    of_newest = answered(f"/daten/{answer.headers['location']}")
    assert of_newest.status == 200
    assert f"-{NEWEST}" in of_newest.name


@pytest.mark.usefixtures("public", "forgetful")
@pytest.mark.parametrize("ending", KINDS)
def test_a_file_of_a_release_has_the_same_bytes_each_time(ending: str):
    first, again = (answered(PINNED.replace(".csv", f".{ending}")) for _ in range(2))
    assert first.status == 200
    assert first.body == again.body
    assert first.headers == again.headers
    assert first.name == f"caseload-active-{ULM}-2018-{OLD}-demonstrationsdaten.{ending}"
    assert first.headers["content-type"] == KINDS[ending]
    assert first.headers["content-disposition"].startswith("attachment;")
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert int(first.headers["content-length"]) == len(first.body)


@pytest.mark.usefixtures("public")
def test_as_json_a_figure_is_a_data_package_with_the_rows_of_its_csv():
    package = json.loads(answered(PINNED.replace(".csv", ".json")).body)
    (resource,) = package["resources"]
    assert Package(package).validate().valid
    assert package["x-question"]["filters"]["area_code"] == ULM
    rows, table = resource["data"], frame(answered(PINNED))
    assert [field["name"] for field in resource["schema"]["fields"]] == list(table.columns) == list(rows[0])
    assert len(rows) == len(table)
    for row, (_, line) in zip(rows, table.iterrows(), strict=True):
        for name, value in row.items():
            assert (value is None and pd.isna(line[name])) or value in (line[name], str(line[name])), name
    assert any(isinstance(value, (int, float)) for value in rows[0].values())


@pytest.mark.usefixtures("public")
def test_who_has_a_file_already_is_not_sent_it_again():
    whole = answered(PINNED)
    tag = whole.headers["etag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = answered(PINNED, if_none_match=known)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert answered(PINNED, if_none_match='"other"').status == 200
    # Another release, place, language or form is another file.
    others = (
        PINNED.replace(OLD, NEWEST),
        PINNED.replace(ULM, ALB_DONAU),
        f"{PINNED}&lang=en",
        PINNED.replace(".csv", ".zip"),
    )
    assert len({tag, *(answered(each).headers["etag"] for each in others)}) == 5


@pytest.mark.usefixtures("public")
def test_a_file_leads_to_its_licence_its_whole_address_and_its_description(monkeypatch: pytest.MonkeyPatch):
    choices = f"area_code={ULM}&period=2018&lang=de&release={OLD}"
    unordered = f"release={OLD}&area_code={ULM}&period=2018"
    for file, look in (
        (f"bild/caseload_active.svg?{unordered}&ton=grau", "ton=grau&"),
        (f"satz/caseload_active.txt?{unordered}", ""),
        (f"daten/caseload_active.csv?{unordered}", ""),
    ):
        whole = f"{look}{choices}"
        answer = answered(f"/{file}")
        links = dict(
            reversed(re.fullmatch(r'<(.*?)>; rel="(\w+)".*', each).groups())
            for each in answer.headers["link"].split(", ")
        )
        assert set(links) == {"license", "canonical", "describedby"}
        assert "dl-de/by-2-0" in links["license"]
        path, _, query = links["canonical"].partition("?")
        assert (path, sorted(query.split("&"))) == (
            f"/{file.partition('?')[0]}",
            sorted(whole.split("&")),
        )
        # What is named is there, and the same.
        assert answered(links["canonical"]).body == answer.body
        assert json.loads(answered(links["describedby"]).body)["choices"]["area_code"] == ULM
        assert re.fullmatch(
            rf"caseload-active-{ULM}-2018-{OLD}-demonstrationsdaten(-breit-grau)?\.\w+", answer.name
        )
    monkeypatch.setenv("DASHBOARD_URL", "https://im.example/dash")
    monkeypatch.setattr(answers, "_READY", Ready(0))
    assert "<https://im.example/dash/daten/caseload_active.csv?" in answered(f"/{file}").headers["link"]


@pytest.mark.usefixtures("public")
def test_what_was_sent_before_is_sent_again_until_the_list_of_releases_is_another(
    public: Path, monkeypatch: pytest.MonkeyPatch
):
    ready = Ready(10**6)
    monkeypatch.setattr(answers, "_READY", ready)
    first = answered(PINNED)
    # It is not looked for again, so nobody is asked, and nobody's turn is taken.
    monkeypatch.setattr(answers, "_TURNS", Turns(0))
    assert answered(PINNED).body == first.body
    assert answered(PINNED, "HEAD").headers == first.headers
    assert answered(PINNED, if_none_match=first.headers["etag"]).status == 304
    assert answered(f"{PINNED}&lang=en").status == 503
    os.utime(public / "releases" / "published.json")
    assert answered(PINNED).status == 503


def wrong(chance: random.Random) -> str:
    """An address that is none of ours, by one fault in one that is, or of nothing but chance."""
    good = f"area_code={ULM}&period=2018&release={OLD}"
    bad = chance.choice(
        [
            "<script>",
            "%0d%0aX-A:%201",
            "../../etc/passwd",
            "%00",
            "%f0%9f",
            "08",
            "9" * 40,
            "ü",
            "'--",
            "Mord",
        ]
    )
    under, ending = chance.choice([("bild", "png"), ("bild", "svg"), ("satz", "txt"), ("daten", "csv")])
    file = f"/{under}/caseload_active"
    return chance.choice(
        [
            lambda: f"{file}{bad}.{ending}?{good}",
            lambda: f"{file}.{ending}{bad}?{good}",
            lambda: f"/{under}/{bad}/caseload_active.{ending}?{good}",
            lambda: f"{file}?{good}",
            lambda: f"{file}.{chance.choice(['exe', 'gif', 'PNG', 'php', 'html'])}?{good}",
            lambda: f"{file}.{ending}?{good}&{chance.choice(['level', 'page', 'q', bad])}=1",
            lambda: f"{file}.{ending}?{good}&area_code={ULM}",
            lambda: f"{file}.{ending}?area_code=1{bad}&release={OLD}",
            lambda: f"{file}.{ending}?{good}&compare=x{bad}",
            lambda: f"{file}.{ending}?{good}&lang=x{bad}",
            lambda: f"{file}.{ending}?area_code={ULM}&period=x{bad}&release={OLD}",
            lambda: f"{file}.{ending}?area_code={ULM}&release=x{bad}",
            lambda: f"{file}.{ending}?{good}&{'x=1&' * 25}",
            lambda: f"{file}.{ending}?{good}&{'x' * 1000}",
        ]
    )()


@pytest.mark.usefixtures("public")
def test_two_hundred_wrong_addresses_are_each_refused_in_a_sentence_that_repeats_nothing_of_them():
    chance = random.Random(12)
    for address in (wrong(chance) for _ in range(200)):
        answer = answered(address, chance.choice(["GET", "GET", "HEAD"]))
        assert answer.status in (400, 404), address
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert not {"etag", "link", "content-disposition", "location", "x-a"} & set(answer.headers)
        said = answer.body.decode()
        assert re.fullmatch(r"[A-ZÄÖÜ][^<>\n]*\.\n", said), address
        assert not re.search("script|passwd|9999|Mord|--", said), address


@pytest.mark.usefixtures("public")
def test_head_says_what_get_would_send_and_sends_nothing():
    head, whole = answered(PINNED, "HEAD"), answered(PINNED)
    assert head.body == b""
    assert head.headers == whole.headers
    assert answered(PINNED, "POST").status == 405


@pytest.mark.usefixtures("public")
def test_what_is_withheld_is_empty_and_said_and_is_of_the_place_itself():
    rows = frame(answered(f"{ACTIVE}.csv?area_code={LANGENAU}&release={OLD}"))
    assert set(rows["Gebietsschlüssel"]) == {LANGENAU}
    assert set(rows["Betreute Personen, Status"]) == {"zurückgehalten"}
    assert rows["Betreute Personen"].isna().all()
    described = answered(f"{ACTIVE}.zip?area_code={LANGENAU}&release={OLD}").body
    with zipfile.ZipFile(io.BytesIO(described)) as archive:
        assert "zum Schutz der Personen nicht" in archive.read(archive.namelist()[1]).decode()


@pytest.mark.usefixtures("public")
def test_a_month_becomes_its_quarter_where_months_are_not_published():
    answer = answered(f"{ACTIVE}.csv?area_code={ULM}&period=2018-06&release={OLD}")
    assert answer.name.startswith(f"caseload-active-{ULM}-2018-Q2-")


@pytest.mark.usefixtures("public")
def test_where_exact_figures_are_open_addresses_give_released_ones(
    several: Path, monkeypatch: pytest.MonkeyPatch
):
    addresses = (PINNED, f"{ACTIVE}.csv?area_code={LANGENAU}&period=2018&release={NEWEST}")
    before = [answered(each).body for each in addresses]
    signed.sit(monkeypatch, several)
    monkeypatch.setattr(answers, "_KEPT", Kept[Download](most_bytes=0, at_once=2, wait_seconds=1))
    monkeypatch.setattr(answers, "_READY", Ready(0))
    assert [answered(each).body for each in addresses] == before
    # The page of exact figures links to no figure: its files are handed out by the session.
    page = opened("caseload", area_code=LANGENAU, period="2018")
    assert links(page) == []
    assert len(page.get("download_button")) > 3


def test_a_release_under_its_embargo_is_none_and_is_not_the_newest(public: Path):
    assert answered(PINNED.replace(OLD, published.EMBARGOED)).status == 404
    assert NEWEST in answered(f"{ACTIVE}.csv").headers["location"]


def test_before_the_first_release_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    for address in (f"{ACTIVE}.csv", "/papier/gebiet.pdf"):
        answer = answered(address)
        assert answer.status == 404
        assert answer.body.decode() == "Es ist noch nichts veröffentlicht.\n"


@pytest.mark.usefixtures("public")
def test_no_more_than_so_many_are_answered_at_once(monkeypatch: pytest.MonkeyPatch):
    turns = Turns(1)
    monkeypatch.setattr(answers, "_TURNS", turns)
    monkeypatch.setattr(answers, "_READY", Ready(0))
    with turns:
        answer = answered(f"{PINNED}&lang=en")
        assert answer.status == 503
        assert answer.headers["retry-after"] == "5"
        assert answer.headers["cache-control"] == "no-store"
        assert (
            answer.body.decode()
            == "Other files are being prepared at the moment. Please try again shortly.\n"
        )
    assert answered(PINNED).status == 200
    assert turns.now == 0


@pytest.mark.usefixtures("public")
def test_the_description_in_a_file_names_the_place_and_the_release():
    answer = answered(PINNED.replace(".csv", ".zip"))
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        said = archive.read(archive.namelist()[1]).decode()
    assert "Ulm" in said
    assert OLD in said
