"""A code opens what was cited, and says what became of it: of no release that is not out."""

import json
from urllib.parse import parse_qsl

import pytest

from data import publish
from data.access.rights import PUBLIC
from data.disclosure.published import Gap
from data.questions.filters import Filters
from pages.files import codes
from pages.menu import PARTS
from pages.named import cited, every, numbered
from tests.pages.named.test_every import wanted
from tests.support.answered import answered
from tests.support.opened import opened, said
from tests.support.published import ALB_DONAU, EMBARGOED, LAND, LANGENAU, NEWEST, OLD, ULM
from tests.support.taken import links

OF_ULM = f"area_code={ULM}&period=2018&release="


def told(address: str) -> dict[str, object]:
    answer = answered(address)
    assert answer.status == 200, answer.body
    assert answer.headers["cache-control"] == "no-cache"
    found: dict[str, object] = json.loads(answer.body)
    return found


def code_of(name: str, query: str) -> str:
    return str(json.loads(answered(f"/satz/{name}.json?{query}").body)["cite_code"])


@pytest.mark.usefixtures("public")
def test_the_code_of_every_figure_opens_its_page_with_the_same_choices():
    serving = publish.edition(PUBLIC)
    for name, recipe in every.RECIPES.items():
        if recipe.grouped:
            continue
        (own,) = every.of(name, wanted(name, ALB_DONAU, alone=True))
        coded = numbered.read(own.code, every.RECIPES)
        assert (coded.figure, coded.release, coded.code) == (name, serving.version, own.code)
        assert set(coded.given) >= {"area_code", "period", "release", *recipe.choices}
        assert cited.wanted(coded, own_words()).chosen.area_code == own.chosen.area_code
        (again,) = every.of(name, cited.wanted(coded, own_words()))
        assert (again.heading, again.published.rows) == (own.heading, own.published.rows)
        page, _, query = cited.page(coded).partition("?")
        part = dict(parse_qsl(query)).get("part")
        assert page == "/" or part is None or any(part in each for each in PARTS.values())


def own_words() -> object:
    return wanted("caseload_active", LAND).words


@pytest.mark.usefixtures("public")
def test_a_code_leads_to_the_page_as_it_was_published_and_the_page_says_what_changed():
    code = code_of("caseload_active", f"{OF_ULM}{OLD}")
    for typed in (code, code.lower().replace("-", "").replace("1", "i")):
        answer = answered(f"/z/{typed}?lang=en", host="elsewhere.example")
        assert answer.status == 307
        page, _, query = answer.headers["location"].partition("?")
        given = dict(parse_qsl(query))
        assert page == "/fallzahlen"
        assert given == {
            "area_code": ULM, "period": "2018", "release": OLD, "lang": "en", "cite": code,
        }  # fmt: skip
    shown = opened("caseload", **given)
    assert "2018, People counselled: cited **60**, today **90**." in said(shown)
    assert f"first in release {NEWEST} of" in said(shown)
    assert "Ulm hat 30 Fälle *nachgeliefert*." in said(shown)
    assert f"/z/{code}?lang=en" in links(shown)
    assert "today **90**" not in said(opened("caseload", **{**given, "area_code": ALB_DONAU}))


@pytest.mark.usefixtures("public")
def test_what_became_of_a_figure_is_told_with_both_values():
    revised = told(f"/z/{code_of('caseload_active', OF_ULM + OLD)}.json")
    assert revised["status"] == "revised"
    assert [revised[when]["value"] for when in ("then", "now")] == [60, 90]  # type: ignore[index]
    assert revised["revised_by"]["release"] == NEWEST  # type: ignore[index]
    assert revised["revised_by"]["note"] == "Ulm hat 30 Fälle *nachgeliefert*."  # type: ignore[index]
    assert revised["changed"] == [{"what": "Ulm, 2018, Betreute Personen", "before": "60", "after": "90"}]
    unchanged = f"area_code={ALB_DONAU}&period=2018&release={OLD}"
    assert told(f"/z/{code_of('caseload_active', unchanged)}.json")["status"] == "unchanged"
    newest = told(f"/z/{code_of('caseload_active', OF_ULM + NEWEST)}.json")
    assert (newest["status"], newest["revised_by"], newest["changed"]) == ("current", None, [])
    withheld = told(
        f"/z/{code_of('caseload_active', f'area_code={LANGENAU}&period=2018&release={OLD}')}.json"
    )
    assert withheld["then"]["value"] is None  # type: ignore[index]


@pytest.mark.usefixtures("public")
def test_between_two_series_only_what_lies_beyond_both_deviations_is_revised():
    before, after = (
        publish.ask("caseload/by_period", Filters(ULM, period="2018", edition=name), PUBLIC)
        for name in (OLD, NEWEST)
    )
    assert [cited._surely(before, after, "active_cases", 60, now) for now in (60, 70, 71, 50, 49)] == [
        False, False, True, False, True,
    ]  # fmt: skip
    # Withheld in one of two series says nothing: few people are withheld in the one and shown in the other.
    assert not cited._surely(before, after, "active_cases", 60, Gap.WITHHELD)


@pytest.mark.usefixtures("public")
def test_the_code_stands_in_every_form_of_a_figure():
    code = code_of("caseload_active", f"{OF_ULM}{OLD}")
    forms = ("/satz/caseload_active.txt", "/satz/caseload_active.json", "/bild/caseload_active.svg")
    for address in forms:  # that of a PNG is in its citation, which has a test of its own
        assert code.encode() in answered(f"{address}?{OF_ULM}{OLD}").body
    with_compared = code_of("caseload_active", f"{OF_ULM}{OLD}&compare={ALB_DONAU}")
    assert len(with_compared) == len(code) + 5
    assert told(f"/z/{with_compared}.json")["choices"]["compare"] == ALB_DONAU  # type: ignore[index]


@pytest.mark.usefixtures("public")
def test_a_code_of_a_release_that_is_not_out_says_what_one_of_none_says():
    packed = codes.read(code_of("caseload_active", f"{OF_ULM}{OLD}"))[1]
    tag = codes.tags([OLD, NEWEST, EMBARGOED])[EMBARGOED]
    for answer in (
        answered(f"/z/{codes.written(each, packed)}{end}") for each in (tag, "99Q9") for end in ("", ".json")
    ):
        assert answer.status == 404
        assert answer.body.decode().startswith("Eine Veröffentlichung, wie sie in diesem Zitiercode steht")


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("code", "status", "begins"),
    [
        ("IM-18Q4-0000-0001", 404, "In diesem Zitiercode ist ein Zeichen falsch"),
        ("../../etc/passwd", 404, ""),
        ("%3Cscript%3E", 404, "Das ist kein Zitiercode"),
        ("x" * 3000, 404, "Das ist kein Zitiercode"),
        ("IM-18Q4-0000-0001?area_code=08", 400, "Die Adresse enthält eine Angabe"),
    ],
)
def test_a_wrong_code_is_refused_in_a_sentence_and_never_repeated(code: str, status: int, begins: str):
    answer = answered(f"/z/{code}")
    assert answer.status == status
    assert answer.body.decode().startswith(begins)
    assert b"<" not in answer.body
