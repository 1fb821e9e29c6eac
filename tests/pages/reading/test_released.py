"""Releases on the pages: an older one by its name in the address, what it changed, how it is explained."""

from collections import Counter
from pathlib import Path

import pytest

from data.access.rights import PUBLIC
from data.foundation import areas
from data.publish import ask
from data.questions.filters import Filters
from tests.support import published, whole, written
from tests.support.figures import Figures
from tests.support.opened import PAGES, opened, parts, said
from tests.support.tabled import tables, unfolded

OLDER = "Ältere Veröffentlichung"
EHINGEN, OEPFINGEN = "084255005", "08425093"


@pytest.fixture(autouse=True)
def public(several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(several))


def ulm(**address: str) -> int:
    """People counselled in Ulm at the end of 2018, as the page of the place says."""
    shown = opened("municipality", area_code=published.ULM, period="2018", **address)
    return int(tables(shown)[0].set_index("Kennzahl")["Ulm"]["Betreute Personen"])


def test_a_release_in_the_address_shows_the_figures_as_they_were():
    assert abs(ulm(release=published.OLD) - 60) <= 5
    assert abs(ulm(release=published.NEWEST) - 90) <= 5
    assert ulm() == ulm(release=published.NEWEST)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_its_release_with_date_and_note_and_says_if_it_is_not_the_newest(page: str):
    newest, old = opened(page), opened(page, release=published.OLD)
    assert f"Veröffentlichung {published.NEWEST} vom " in said(newest)
    assert published.NOTE in said(newest).replace("*n", "*n")
    assert OLDER not in said(newest)
    assert f"Veröffentlichung {published.OLD} vom " in said(old)
    assert "Die erste Veröffentlichung." in said(old)
    assert OLDER in said(old)
    assert published.NEWEST in said(old)
    assert not old.error


def test_an_older_release_stays_in_the_address_until_its_button_leads_to_the_newest():
    shown = opened("caseload", release=published.OLD)
    assert shown.query_params["release"] == published.OLD
    shown = shown.switch_page("public/goals.py").run()
    assert shown.query_params["release"] == published.OLD
    assert OLDER in said(shown)
    shown = shown.button(key="to_newest").click().run()
    assert "release" not in shown.query_params
    assert OLDER not in said(shown)


@pytest.mark.parametrize("name", [published.EMBARGOED, "2031-Q1", "../2018-Q4", "<b>"])
def test_a_release_that_nobody_may_see_is_named_and_the_newest_is_shown(name: str):
    shown = opened(release=name)
    assert name in shown.warning[0].value.replace("\\", "")
    assert f"Veröffentlichung {published.NEWEST}" in said(shown)
    assert "gesperrt" not in said(shown)


def test_the_printed_address_names_the_release_so_that_it_shows_the_same_for_ever():
    assert f"release={published.OLD}" in said(opened(release=published.OLD))
    assert f"release={published.NEWEST}" in said(opened())


def test_the_methods_list_every_release_with_its_note_and_the_figures_that_it_changed():
    shown = opened("methods", part="veroeffentlichungen")
    text = said(shown)
    for words in (published.OLD, published.NEWEST, published.NOTE, "Die erste Veröffentlichung."):
        assert words in text
    assert published.EMBARGOED not in text
    assert "Geänderte Zahlen abgeschlossener Zeiträume gegenüber 2018-Q4: Betreute Personen" in text
    assert not [table for table in tables(shown) if "Wo und wann" in table.columns]
    first = next(table for table in tables(unfolded(shown)) if "Wo und wann" in table.columns).iloc[0]
    # Two Kreise of 44 have delivered, so the largest area with a figure is the Kreis of the 30 more people.
    assert first["Wo und wann"] == "Ulm (Stadtkreis) · 2018"
    assert abs(int(first[published.OLD]) - 60) <= 5
    assert abs(int(first[published.NEWEST]) - 90) <= 5


def test_the_methods_explain_the_protection_and_name_no_bound_of_the_deviation():
    text = said(opened("methods"))
    for words in ("weicht ein wenig zufällig ab", "immer dieselbe", "Summen", "ab 10", "**•**", "**–**"):
        assert words in text
    for bound in ("höchstens 5", "um 5", "±"):
        assert bound not in text


class TestMonths:
    def test_a_municipality_is_offered_quarters_and_years_and_its_kreis_months_too(self):
        def months(**address: str) -> list[str]:
            options = opened(**address).selectbox(key="period_box").options
            return [each for each in options if each == "November 2018"]

        assert months(area_code=published.ULM) == []
        assert months(area_code="08421", compare=published.ULM) == []
        assert months(area_code="08421") == ["November 2018"]

    @pytest.mark.parametrize("page", PAGES)
    def test_a_month_in_the_address_of_a_municipality_becomes_its_quarter_with_a_sentence(self, page: str):
        shown = opened(page, area_code=published.ULM, period="2018-11")
        assert "statt November 2018 das Quartal: 4. Quartal 2018" in said(shown)
        assert shown.selectbox(key="period_box").value == "2018-Q4"
        assert not shown.error
        assert not shown.warning

    def test_the_map_of_municipalities_shows_the_quarter_of_a_month(self):
        text = said(opened(period="2018-11", measure="active_cases"))
        assert "Betreute Personen, 4. Quartal 2018" in text
        assert "Monatszahlen; gezeigt wird das Quartal" in text


@pytest.fixture(scope="module")
def of_the_land(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """80 people in Ehingen, all of one age group, in other Kreise ten each of two: the Land is known."""
    others = [kreis for kreis in whole.half(published.LAND) if kreis != published.ALB_DONAU]
    young = whole.lines(others, "Y{number} | {area_code} | 01.02.2018 | | 18-26 |")
    older = whole.lines(others, "O{number} | {area_code} | 01.02.2018 | | 27-44 |")
    made = Figures(tmp_path_factory.mktemp("of_the_land"))
    ehingen = published.people(3000, 3080, published.ALB_DONAU + "033")
    made.hand_in(reporting_date="31.12.2018", faelle=published.cases(ehingen, young, older)).release()
    return made.settings.store


@pytest.fixture
def where_the_land_is_known(of_the_land: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same store, as the store of this process."""
    monkeypatch.setenv("DASHBOARD_STORE", str(of_the_land))


class TestSmallPlaces:
    def test_where_a_municipality_is_withheld_its_kreis_stands_in_by_name(self):
        shown = parts("caseload", area_code=published.LANGENAU, period="2018")
        text = said(*shown)
        assert "Für Langenau werden manche Zahlen zum Schutz der Personen nicht gezeigt" in text
        assert "Alb-Donau-Kreis – für Langenau zum Schutz der Personen nicht gezeigt" in text
        assert "werden im Alb-Donau-Kreis" in text
        assert sum(len(written.charts(each)) for each in shown) >= 3

    @pytest.mark.usefixtures("where_the_land_is_known")
    def test_its_association_stands_in_before_its_kreis(self):
        """Öpfingen, where nobody is counselled, is in the association of Ehingen, where 80 are."""
        text = said(*parts("caseload", area_code=OEPFINGEN, period="2018"))
        assert "Verwaltungsgemeinschaft Ehingen (Donau) – für Öpfingen zum Schutz der Personen" in text
        assert "werden in der Verwaltungsgemeinschaft Ehingen (Donau)" in text
        # Who the people are is not released for associations, and of a Kreis where all are alike not either.
        assert "Baden-Württemberg – für Öpfingen zum Schutz der Personen" in text
        assert "jeweils genannt ist: Verwaltungsgemeinschaft Ehingen (Donau)." in text
        assert "jeweils genannt ist: Baden-Württemberg." in text

    def test_a_municipality_has_its_association_on_its_page_and_beside_itself(self):
        shown = opened("municipality", area_code=OEPFINGEN, period="2018")
        assert "Ihre Verwaltungsgemeinschaft: Ehingen (Donau)" in said(shown)
        assert "Öpfingen hat mit Ehingen (Donau), Griesingen und Oberdischingen" in said(shown)
        assert abs(int(written.tiles(shown)[0].value) - 80) <= 5
        row = tables(shown)[0].set_index("Kennzahl").loc["Betreute Personen"]
        assert [name.replace("\\", "") for name in row.index] == [
            "Öpfingen", "Verwaltungsgemeinschaft Ehingen (Donau)", "Alb-Donau-Kreis", "Baden-Württemberg",
        ]  # fmt: skip
        assert row.iloc[0] == "•"
        assert row.iloc[1] == written.tiles(shown)[0].value

    @pytest.mark.usefixtures("where_the_land_is_known")
    def test_an_association_has_a_page_that_leads_to_its_municipalities_and_back(self):
        shown = opened("municipality", area_code=EHINGEN, period="2018")
        assert shown.header[0].value == "Verwaltungsgemeinschaft Ehingen (Donau)"
        assert "Die 4 Gemeinden dieser Verwaltungsgemeinschaft" in said(shown)
        people = said(opened("municipality", part="menschen", area_code=EHINGEN, period="2018"))
        assert "nach Gruppen aufgeteilte Zahlen gibt es nicht für Verwaltungsgemeinschaften" in people
        shown.button(key=f"association_{OEPFINGEN}").click().run()
        assert shown.header[0].value == "Öpfingen"
        shown.button(key=f"association_{EHINGEN}").click().run()
        assert shown.header[0].value == "Verwaltungsgemeinschaft Ehingen (Donau)"

    def test_a_municipality_in_no_association_has_none(self):
        assert "Verwaltungsgemeinschaft" not in said(opened("municipality", area_code=published.ULM))

    def test_the_map_of_associations_has_municipalities_that_are_in_none(self):
        assert "Wo eine Gemeinde zu keiner gehört, steht sie für sich." in said(
            opened(level=areas.ASSOCIATION, period="2018")
        )
        mapped = ask("overview/map", Filters(level=areas.ASSOCIATION, period="2018"), PUBLIC)
        levels = Counter(areas.level(str(code)) for code in mapped.column("area_code"))
        assert levels == {areas.ASSOCIATION: 270, areas.GEMEINDE: 190}
        assert abs(mapped.cell("active_cases", area_code=EHINGEN) - 80) <= 5
        assert abs(mapped.cell("active_cases", area_code=published.ULM) - 90) <= 5

    def test_the_overview_says_both_and_fills_the_tiles_with_the_kreis(self):
        shown = opened(area_code=published.LANGENAU, period="2018")
        assert "werden in Langenau so wenige Personen betreut" in said(shown)
        people = next(tile for tile in written.tiles(shown) if tile.label == "Betreute Personen")
        assert abs(int(people.value) - 84) <= 5

    def test_a_municipality_that_is_shown_keeps_its_own_figures(self):
        text = said(opened("caseload", area_code=published.ULM, period="2018"))
        assert "werden in Ulm" in text
        assert "– für Ulm zum Schutz" not in text.split("die Beratung begonnen")[0]
