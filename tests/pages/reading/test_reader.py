"""Who sees which figures: exact ones only where they are open, and nothing else by any address."""

from pathlib import Path

import pytest

from data.warehouse import versions
from tests.support import published, signed
from tests.support.opened import PAGES, opened, parts, said
from tests.support.tabled import tables
from tests.support.taken import handed_out
from tests.support.written import charts

BANNER = {"de": "Interne Ansicht: genaue Zahlen, nicht zur Veröffentlichung", "en": "not for publication"}


@pytest.fixture
def public(several: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process for readers."""
    monkeypatch.setenv("DASHBOARD_STORE", str(several))
    return several


@pytest.fixture
def internal(public: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process in which somebody is signed in who reads exact figures."""
    signed.sit(monkeypatch, public)
    return public


@pytest.mark.usefixtures("internal")
class TestExact:
    @pytest.mark.parametrize("lang", ["de", "en"])
    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_with_exact_figures_says_so_and_withholds_nothing(self, page: str, lang: str):
        shown = opened(page, area_code=published.LANGENAU, period="2018", lang=lang)
        assert not shown.exception
        assert not shown.error
        text = said(shown)
        assert BANNER[lang] in text
        assert {"de": "nicht zur Veröffentlichung. Weiterverwendet", "en": "not for publication. What"}[
            lang
        ] in text
        assert "dl-de/by-2-0" not in text, "exact figures are under no licence"
        if page != "methods":  # it explains the symbols of releases
            assert "•" not in text

    def test_four_people_are_four_and_nobody_is_0(self):
        shown = opened("municipality", area_code=published.LANGENAU, period="2018")
        rows = tables(shown)[0].set_index("Kennzahl")["Langenau"]
        assert rows["Betreute Personen"] == "4"
        assert rows["Beendete Fälle"] == "0"

    def test_a_release_in_the_address_shows_what_everybody_sees(self):
        shown = opened("municipality", area_code=published.LANGENAU, period="2018", release=published.NEWEST)
        assert BANNER["de"] not in said(shown)
        assert tables(shown)[0].set_index("Kennzahl")["Langenau"]["Betreute Personen"] == "•"

    def test_a_file_says_what_it_is_in_its_name_and_in_every_row(self, monkeypatch):
        chosen = {"area_code": published.LANGENAU, "period": "2018"}
        for lang in ("de", "en"):
            offered = handed_out("caseload", monkeypatch, lang=lang, **chosen)
            assert offered
            for name, made in offered.items():
                assert name.rpartition(".")[0].endswith("-nicht-zur-veroeffentlichung")
                if name.endswith(".csv"):
                    _, *rows = made().decode("utf-8-sig").splitlines()
                    assert all("nicht zur veröffentlichung" in row.lower() for row in rows)
                    assert not any("zurückgehalten" in row or ",withheld," in row for row in rows)

    def test_every_chart_is_marked_and_so_is_the_name_of_its_image(self):
        shown = parts("caseload", area_code=published.ULM, period="2018")
        drawn = [chart for part in shown for chart in charts(part)]
        assert len(drawn) > 3
        for chart in drawn:
            assert "intern – nicht zur Veröffentlichung" in str(chart["layout"])
            assert "nicht-zur-veroeffentlichung" in str(chart["config"])


def exact_version(store: Path) -> str:
    pointer = versions.current(store)
    assert pointer
    return pointer.version


def test_without_the_setting_nothing_exact_is_reachable_by_any_address(public: Path):
    version = exact_version(public)
    for address in (
        {"audience": "internal"},
        {"audience": "COMMAND", "edition": version},
        {"release": version},
        {"release": f"../warehouse-{version}"},
        {"edition": version, "internal": "1"},
    ):
        shown = opened("municipality", area_code=published.LANGENAU, period="2018", **address)
        assert BANNER["de"] not in said(shown)
        assert tables(shown)[0].set_index("Kennzahl")["Langenau"]["Betreute Personen"] == "•"
        assert f"Veröffentlichung {published.NEWEST}" in said(shown)
    assert not opened(area_code=published.LANGENAU).error


def test_files_and_charts_of_a_release_are_not_marked_as_internal(public: Path):
    chart = charts(opened("caseload", area_code=published.ULM, period="2018"))[0]
    assert "nicht-zur-veroeffentlichung" not in str(chart["config"])
    assert f"caseload-active-08421000-2018-{published.NEWEST}" in str(chart["config"])
    assert "nicht zur Veröffentlichung" not in str(chart)
