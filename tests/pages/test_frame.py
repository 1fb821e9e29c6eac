"""The frame round every page, without a browser: choices in the address, notes, what goes wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.foundation import settings
from pages.menu import LEGAL
from pages.text.words import plain
from tests.support import written
from tests.support.opened import opened as of_page

FRAME = str(Path(__file__).parents[2] / "pages" / "frame.py")


def opened(**address: str) -> AppTest:
    """The first page, as this address opens it."""
    page = AppTest.from_file(FRAME, default_timeout=60)
    for name, code in address.items():
        page.query_params[name] = code
    return page.run()


def said(page: AppTest) -> str:
    """All that stands on the page in words."""
    kinds = (page.markdown, page.caption, page.warning, page.error, page.header)
    return "\n".join([*(str(element.value) for kind in kinds for element in kind), written.text(page)])


def title(page: AppTest) -> str:
    """Whose dashboard it is."""
    return written.tags(page, "h1")[0].text


def on_paper(page: AppTest) -> list[str]:
    """What stands there for paper: what is chosen, and where it is."""
    return written.tags(page, having="on-paper")[0].text.split("\n")


def article(page: AppTest) -> str:
    """The text of an installation."""
    return next(each.proto.body for each in page.get("html") if each.proto.body.startswith("<article"))


def box(page: AppTest, name: str) -> dict[str, Any]:
    """What the box of an area is told."""
    told = (json.loads(each.proto.json) for each in page.get("bidi_component") if each.proto.json)
    return next(each for each in told if isinstance(each, dict) and each.get("id") == name)


def offered(page: AppTest) -> list[str]:
    """What can be chosen in all boxes, a line each."""
    told = (each.proto for each in page.get("bidi_component") if each.proto.component_name == "arealist")
    (only,) = told
    return str(only.bytes.decode()).split("\n")


@pytest.mark.usefixtures("figures")
class TestChoices:
    def test_without_any_choice_the_land_and_the_newest_quarter_are_shown_in_german(self):
        page = opened()
        assert box(page, "area_code")["code"] == "08"
        assert "-Q" in page.selectbox(key="period_box").value
        assert box(page, "compare")["code"] == ""
        assert title(page) == "Integrationsmanagement in Baden-Württemberg"

    def test_the_address_chooses_area_period_comparison_and_language(self):
        page = opened(area_code="08421000", period="2024", compare="08421", lang="en")
        assert box(page, "area_code")["code"] == "08421000"
        assert page.selectbox(key="period_box").value == "2024"
        assert box(page, "compare")["code"] == "08421"
        assert title(page) == "Integration management in Baden-Württemberg"
        assert not page.warning

    def test_a_choice_in_a_box_stands_in_the_address(self):
        page = opened()
        page.selectbox(key="period_box").select("2024").run()
        assert page.query_params["period"] == "2024"

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("area_code", "99999999"),
            ("period", "banana"),
            ("compare", "8421"),
            ("lang", "fr"),
            ("period", "1999"),
        ],
    )
    def test_an_unknown_choice_is_named_and_the_page_is_shown(self, name: str, code: str):
        page = opened(**{name: code})
        assert code in page.warning[0].value
        assert not page.error
        assert not page.exception

    def test_markup_in_the_address_is_shown_as_it_is(self):
        page = opened(area_code="**x** [y](http://z) <b>")
        assert r"\*\*x\*\* \[y\]" in page.warning[0].value

    def test_every_area_can_be_chosen_by_a_label_that_no_other_has(self):
        lines = [line.split("\t") for line in offered(opened())]
        labels = [label for _, _, _, label, _ in lines]
        assert len(labels) == len(set(labels)) == 1420 + 15
        assert labels[0] == "Baden-Württemberg"

    def test_groupings_stand_below_the_kreise_in_both_boxes(self):
        page = opened()
        lines = [line.split("\t") for line in offered(page)]
        of_groupings = [at for at, (*_, grouping) in enumerate(lines) if grouping]
        first = 1 + 4 + 44
        assert of_groupings == list(range(first, first + 15))
        assert lines[first][3:] == ["Wahlkreis A (erfunden) · Beispiel-Wahlkreise", "Beispiel-Wahlkreise"]

    def test_a_grouping_in_the_address_stands_in_the_box_and_an_area_beside_it_does_not(self):
        page = opened(grouping="regionen.region-neckar-alb", area_code="08425")
        assert box(page, "area_code")["code"] == "regionen.region-neckar-alb"
        assert not page.warning
        assert "Region Neckar-Alb · Regionen" in on_paper(page)[0]
        assert "grouping=regionen.region-neckar-alb" in on_paper(page)[1]
        assert "area_code" not in on_paper(page)[1]

    def test_there_is_a_way_to_the_other_language(self):
        """The script of the pages puts it into the address beside what stands there."""
        (way,) = [tag for tag in written.tags(opened(area_code="08421000"), "a") if "lang" in tag.given]
        assert way.given["data-set"] == "lang=en"
        assert way.text.endswith("English")


@pytest.mark.usefixtures("figures")
def test_demonstration_figures_say_so_on_the_page():
    assert "Demonstrationsdaten" in said(opened())
    assert "Demonstration data" in said(opened(lang="en"))
    assert "Mustertext einer Demonstration" in said(of_page("imprint"))


def test_before_the_first_build_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    page = opened()
    assert page.header[-1].value == "Noch keine Zahlen"
    assert not page.error
    assert not page.exception


def test_who_is_responsible_can_be_read_before_there_is_a_figure_and_its_absence_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    monkeypatch.setattr(settings, "_reached_at", ("im.example.de",))
    model = of_page("accessibility", lang="en")
    assert not model.exception
    assert "not complete yet" in model.warning[0].value
    assert "are not complete yet" in said(model)
    assert "Schlichtungsstelle" in article(model)
    assert [tag.text for tag in written.tags(model, "a") if "data-turn" in tag.given][1:] == [
        "Imprint",
        "Privacy",
        "Accessibility",
    ]
    for name in LEGAL.values():
        (tmp_path / "de").mkdir(exist_ok=True)
        (tmp_path / "de" / f"{name}.md").write_text("Stadt Ulm", encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_LEGAL", str(tmp_path))
    own = of_page("accessibility", lang="en")
    assert not own.warning
    assert "not complete yet" not in said(own)
    assert article(own) == '<article lang="de"><p>Stadt Ulm</p>\n</article>'


@pytest.mark.usefixtures("figures")
def test_an_error_that_nobody_foresaw_is_a_sentence_with_a_reference(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr("pages.figures.tiles.key_figure", broken)
    page = opened()
    reference = page.error[0].value.rsplit(" ", 1)[1]
    assert "secret" not in said(page)
    assert not page.exception
    assert f"reference {reference}" in caplog.text
    assert "ValueError: secret" in caplog.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Alb-Donau-Kreis", r"Alb\-Donau\-Kreis"),
        ("![x](http://evil)", r"\!\[x\]\(http\://evil\)"),
        ("a\n# b", r"a \# b"),
        (":material/lock:", "\\:\u2060material/lock\\:"),
        ("www.evil.example", "www\u2060\\.evil\\.example"),
    ],
)
def test_nothing_in_a_name_is_taken_for_markdown(name: str, shown: str):
    assert plain(name) == shown


def test_a_number_is_never_parted_from_its_percent_sign():
    assert "12\N{NO-BREAK SPACE}%" in plain("12\N{NO-BREAK SPACE}%  mehr\nals")
    assert plain("a \n b") == "a b"
