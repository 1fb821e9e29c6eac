"""Pictures and sentences to take away: they say all that is needed to print them, and nothing withheld."""

import io
import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from data.access.rights import PUBLIC
from data.disclosure.published import is_number
from data.publish import ask
from data.questions import figures
from data.questions.filters import Filters
from pages.charts import trend
from pages.drawing import framed
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.files.kept import Kept
from pages.named import every
from pages.pictures import composed, sizes
from pages.server import answers
from pages.server.ready import Download, Ready
from pages.text.words import of
from tests.support.answered import answered
from tests.support.charted import published
from tests.support.effort import LONG
from tests.support.opened import opened
from tests.support.published import ALB_DONAU, LANGENAU, NEWEST, OLD, ULM
from tests.support.taken import links

OF_ULM = f"area_code={ULM}&period=2018&release={OLD}"
ACTIVE = "/bild/caseload_active"
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [
    name for name, each in figures.register().items() if each.has_picture and not every.RECIPES[name].grouped
]
# One of each way of drawing; all of them where there is time.
OF_EACH_KIND = list({figures.named(name).chart: name for name in DRAWN}.values())


@pytest.fixture
def public(several: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(several))
    return several


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept, as in a process that has just begun."""
    monkeypatch.setattr(answers, "_DRAWN", Kept[Download](most_bytes=0, at_once=2, wait_seconds=1))
    monkeypatch.setattr(answers, "_READY", Ready(0))


def texts(svg: bytes) -> list[str]:
    """The texts of a picture in their order; one that is wrapped is several."""
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def sentence(name: str, query: str) -> dict[str, object]:
    answer = answered(f"/satz/{name}.json?{query}")
    assert answer.status == 200, answer.body
    found: dict[str, object] = json.loads(answer.body)
    return found


@pytest.mark.usefixtures("public", "forgetful")
@pytest.mark.parametrize(
    ("form", "size", "dpi"),
    [("breit", (1200, 675), 96), ("quadrat", (1080, 1080), 96), ("druck", (2480, 1748), 300)],
)
def test_a_picture_has_its_size_and_says_itself_whose_it_is(form: str, size: tuple[int, int], dpi: int):
    first, again = (answered(f"{ACTIVE}.png?{OF_ULM}&form={form}") for _ in range(2))
    assert (first.status, first.headers["content-type"]) == (200, "image/png")
    assert first.body == again.body
    assert first.name == f"caseload-active-{ULM}-2018-{OLD}-demonstrationsdaten-{form}.png"
    with Image.open(io.BytesIO(first.body)) as found:
        assert found.size == size
        assert found.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
        said = {key: str(text) for key, text in found.info.items() if isinstance(text, str)}
    told = sentence("caseload_active", OF_ULM)
    assert said["Title"] == told["sentence"]
    assert said["Citation"] == told["citation"]
    assert OLD in said["Citation"]
    assert "dl-de/by-2-0" in said["Copyright"]
    assert "Stand 31.12.2018" in said["Source"]


@pytest.mark.usefixtures("public")
def test_its_text_is_text_and_names_figure_place_time_source_release_and_licence():
    answer = answered(f"{ACTIVE}.svg?{OF_ULM}")
    said = " ".join(texts(answer.body))
    assert str(sentence("caseload_active", OF_ULM)["sentence"]) in said
    parts = (
        "DEMONSTRATIONSDATEN",
        "Betreute Personen über die Zeit · Ulm",
        "2018",
        "Quelle: ",
        "dl-de/by-2-0",
    )
    for part in (*parts, f"Veröffentlichung {OLD}", "weichen zum Schutz ein wenig ab"):
        assert part in said, said
    english = " ".join(texts(answered(f"{ACTIVE}.svg?{OF_ULM}&lang=en").body))
    assert f"Release {OLD}" in english
    assert "Quelle" not in english


@pytest.mark.long
@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("name", DRAWN if LONG else OF_EACH_KIND)
def test_every_figure_with_a_chart_has_a_picture_under_its_own_sentence(name: str):
    for query in (OF_ULM, f"area_code={ALB_DONAU}&period=2018&release={OLD}&lang=en"):
        answer = answered(f"/bild/{name}.svg?{query}")
        assert answer.status == 200, answer.body
        said = str(sentence(name, query)["sentence"])
        assert said in " ".join(texts(answer.body))
        assert not re.search(r"(^|\s)[.•](\s|$)|  ", said), "a symbol or nothing stands where a word should"
        alternative = ElementTree.fromstring(answer.body).findtext(f"{SVG}desc") or ""
        assert alternative
        assert not re.search(r", *[.,;)]|\( *[,)]", alternative), "nothing stands where a place should"


@pytest.mark.usefixtures("public")
def test_the_numbers_in_a_picture_are_those_of_the_release():
    query = OF_ULM
    asked = Filters(ULM, period="2018", edition=OLD)
    told = ask("caseload/people", asked, PUBLIC).where(breakdown="age_group")
    shown = {str(each) for each in told.column("active_cases") if is_number(each)}
    assert shown
    drawn = texts(answered(f"/bild/caseload_age_group.svg?{query}").body)
    labels = {match[1] for text in drawn if (match := re.fullmatch(r"([\d.]+)(?: \(.*\))?", text))}
    assert shown <= labels | {text.replace(".", "") for text in labels}


@pytest.mark.usefixtures("public")
def test_what_is_withheld_is_said_in_the_picture_and_no_number_of_it_stands_there():
    query = f"area_code={LANGENAU}&period=2018&release={OLD}"
    told = sentence("caseload_age_group", query)
    assert (told["shown"], "zum Schutz" in str(told["instead"])) == (False, True)
    # What nobody delivered is not shown either, and is not said to be withheld.
    undelivered = sentence("counselling_topic", query)
    assert (undelivered["shown"], "zum Schutz" in str(undelivered["instead"])) == (False, False)
    said = texts(answered(f"/bild/caseload_age_group.svg?{query}").body)
    assert str(told["instead"])[:40] in " ".join(said)
    assert not [each for each in said if re.fullmatch(r"[\d.,]+( %)?", each)]


def test_curves_without_a_value_say_why_instead_of_an_empty_plot():
    """Their counts are shown, so not all of the answer is withheld; but nothing could be drawn."""
    drawn = published("""
        area_code | months | at_risk: count | attained_share: rate
        08421     | 3      | 14             | •
        08421     | 6      | 12             | •
    """)
    words = of("de")
    curves = partial(trend.curves, drawn, words=words, y="attained_share", by="area_code")
    at = Finest(drawn, Filters("08421", period="2026-Q3", edition=NEWEST))
    each = Described("goals_time", "Wie lange es in Ulm dauert", at, drawn, curves)
    order = composed.ordered(each, sizes.BY_CODE["breit"], words)
    assert (order["chart"], order["notes"]) == (None, [])
    assert order["nothing"].startswith("Diese Zahlen zeigen wir zum Schutz der Personen nicht")
    assert order["alt"] == order["nothing"]
    assert order["nothing"][:60] in " ".join(texts(framed.drawn(order).svg.encode()))
    shown = published("area_code | months | attained_share: rate\n08421 | 3 | 0.2\n08421 | 6 | •")
    curves = partial(trend.curves, shown, words=words, y="attained_share", by="area_code")
    assert not composed.ordered(replace(each, published=shown, draw=curves), sizes.BY_CODE["breit"], words)[
        "nothing"
    ]


@pytest.mark.usefixtures("public")
def test_a_grey_picture_has_no_colour():
    colour, grey = (answered(f"{ACTIVE}.svg?{OF_ULM}{tone}").body.decode() for tone in ("", "&ton=grau"))
    assert [
        each for each in re.findall(r"#([0-9a-f]{6})", colour) if len({each[:2], each[2:4], each[4:]}) > 1
    ]
    assert not [
        each for each in re.findall(r"#([0-9a-f]{6})", grey) if len({each[:2], each[2:4], each[4:]}) > 1
    ]


@pytest.mark.usefixtures("public")
def test_a_picture_as_pdf_is_one_page_with_its_sentence():
    answer = answered(f"{ACTIVE}.pdf?{OF_ULM}")
    document = pypdfium2.PdfDocument(answer.body)
    assert len(document) == 1
    assert document.get_metadata_dict()["Title"] == sentence("caseload_active", OF_ULM)["sentence"]


@pytest.mark.usefixtures("public")
def test_a_sentence_comes_with_its_source_and_the_way_to_its_numbers():
    told = sentence("caseload_active", OF_ULM)
    lines = answered(f"/satz/caseload_active.txt?{OF_ULM}").body.decode().splitlines()
    assert lines[0] == told["sentence"]
    assert str(told["sentence"]).startswith("Ende 2018 werden in Ulm")
    assert lines[-1] == f"So zitieren: {told['citation']}"
    assert (told["release"], told["as_of"], told["demonstration_data"]) == (OLD, "2018-12-31", True)
    assert answered(str(told["data"])).status == 200


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bild/caseload_active.csv", 404),
        ("/bild/municipality_compared.png", 404),
        ("/bild/goals_development.svg", 404),
        ("/bild/nothing.png", 404),
        ("/bild/../daten/caseload_active.png", 404),
        ("/satz/caseload_active.png", 404),
        (f"/bild/caseload_active.png?{OF_ULM}&form=riesig", 400),
        (f"/bild/caseload_active.png?{OF_ULM}&ton=bunt", 400),
        (f"/daten/caseload_active.csv?{OF_ULM}&form=breit", 400),
        (f"/satz/caseload_active.txt?{OF_ULM}&form=breit", 400),
    ],
)
def test_a_wrong_address_is_refused_in_a_sentence(address: str, status: int):
    answer = answered(address)
    assert answer.status == status
    assert answer.body.endswith(b".\n")
    assert b"riesig" not in answer.body


@pytest.mark.usefixtures("public")
def test_the_menu_of_a_figure_offers_its_pictures_and_its_sentence():
    offered = links(opened("caseload", area_code=ULM, period="2018"))
    of_active = [each for each in offered if "/caseload_active." in each]
    assert [each.partition("?")[0] for each in of_active] == [
        *(f"/daten/caseload_active.{ending}" for ending in ("csv", "xlsx", "zip")),
        *(f"/bild/caseload_active.{ending}" for ending in ("png", "png", "png", "png", "svg", "pdf")),
        "/satz/caseload_active.txt",
    ]
    assert all(f"release={NEWEST}" in each for each in of_active)
    assert {answered(each).status for each in of_active} == {200}
