"""The pages of a grouping: sums of what its municipalities show, and of how many each sum is."""

import re

import pytest

from tests.pages.groupings.conftest import BOTH, ONE
from tests.support.opened import PAGES, opened, said
from tests.support.tabled import tables, unfolded
from tests.support.written import charts, tiles


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.mark.usefixtures("constituencies")
class TestDrawn:
    def test_a_sum_is_of_the_list_below_it_and_says_of_how_many_places(self):
        page = opened(grouping=BOTH, period="2018-Q4")
        tile = next(each for each in tiles(page) if each.label == "Betreute Personen")
        cells = [str(cell) for cell in tables(page)[0]["Betreute Personen"]]
        assert sum(number(cell) for cell in cells if cell != "•") == number(tile.value)
        assert len(cells) == 3
        assert f"{tile.value} betreute Personen, zusammengezählt aus 2 von 3 Gemeinden" in said(page)

    def test_the_year_before_is_that_of_the_places_that_show_both(self):
        """Langenau had four people, which are withheld: its 40 more are no change that could be told."""
        text = said(opened(grouping=BOTH, period="2019-Q4"))
        assert "zusammengezählt aus allen 3 Gemeinden" in text
        found = re.search(r"Das sind (\d+).% mehr als ein Jahr zuvor, verglichen in 2 von 3", text)
        assert found, text
        assert 60 <= int(found[1]) <= 74  # 150 → 250 are 67 %

    def test_how_far_a_sum_may_be_off_is_that_of_all_its_places(self):
        assert "um höchstens 10 abweichen" in said(opened(grouping=BOTH, period="2018-Q4"))
        assert "um höchstens 15 abweichen" in said(opened(grouping=BOTH, period="2019-Q4"))

    def test_a_rate_is_of_the_places_that_show_both_parts(self):
        """Everybody in Ehingen has a plan, which would tell that of each: only Ulm shows its rate."""
        page = opened(grouping=BOTH, period="2018-Q4")
        tile = next(each for each in tiles(page) if each.label.startswith("Integrationsplan"))
        assert 40 <= number(tile.value) <= 60
        assert "aus nur 1 von 3 Gemeinden" in said(page)

    def test_a_place_under_two_names_is_whole_in_both_and_that_is_said(self):
        for code in (BOTH, ONE):
            text = said(opened(grouping=code, period="2018-Q4"))
            assert "Ulm steht in „Wahlkreise“ unter mehreren Namen" in text
            assert "ganz enthalten, nicht nur zum Teil" in text
        assert "aus 1 von 2 Gemeinden" in text

    def test_funds_are_of_the_places_that_received_some_and_planned_ones_are_told_beside(self):
        text = said(opened("funds", grouping=BOTH, period="2018-Q4"))
        assert "wurden 2018 300.000\N{NO-BREAK SPACE}€ bewilligt, zusammengezählt aus nur 1 von 3" in text
        assert "330.000\N{NO-BREAK SPACE}€, zusammengezählt aus 2 von 3 Gemeinden" in text

    def test_a_grouping_that_the_release_does_not_have_is_told_and_the_land_is_shown(self):
        page = opened(grouping="wahlkreise.west", period="2018-Q4")
        assert (
            "Die Gruppierung „wahlkreise.west“ aus der Adresse gibt es in dieser Veröffentlichung nicht"
            in said(page)
        )
        assert "Baden-Württemberg" in said(page)

    def test_a_month_becomes_its_quarter_as_for_any_municipality(self):
        text = said(opened(grouping=BOTH, period="2018-11"))
        assert "4. Quartal 2018" in text
        assert "werden keine Monatszahlen veröffentlicht" in text


@pytest.mark.usefixtures("figures")
class TestDemonstration:
    @pytest.mark.parametrize("lang", ["de", "en"])
    @pytest.mark.parametrize(
        "code", ["regionen.region-stuttgart", "beispiel-wahlkreise.wahlkreis-a-erfunden"]
    )
    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_says_something_of_a_grouping_and_fails_nowhere(self, page, code, lang):
        shown = opened(page, grouping=code, lang=lang)
        assert not shown.exception
        assert not shown.error
        assert not shown.warning
        assert "{" not in said(shown)
        assert "None" not in said(shown)

    @pytest.mark.parametrize("page", ["caseload", "counselling", "goals"])
    def test_what_has_nothing_for_groupings_says_so_and_leads_to_a_kreis_and_a_municipality(self, page):
        shown = opened(page, grouping="beispiel-wahlkreise.wahlkreis-a-erfunden")
        assert "Für Gruppierungen nicht angeboten" in said(shown)
        assert not tiles(shown)
        assert not charts(shown)
        shown.button(key="way_08425").click().run()
        assert "Für Gruppierungen" not in said(shown)
        assert shown.query_params["area_code"] == "08425"
        assert "grouping" not in shown.query_params

    def test_since_2025_the_money_is_that_of_the_kreise_and_no_sum_is_made_of_it(self):
        shown = opened("funds", grouping="regionen.region-neckar-alb", period="2025")
        assert "2025: die Mittel der Kreise, in denen diese Gemeinden liegen" in said(shown)
        assert "Sie werden nicht aufgeteilt" in said(shown)
        years = [str(year) for table in tables(unfolded(shown)) for year in table.get("Haushaltsjahr", [])]
        assert years.count("2025") == 3  # Reutlingen, Tübingen, Zollernalbkreis
        assert years.count("2024") == 1  # the sum

    def test_the_money_that_is_told_is_that_of_the_last_full_year(self):
        for page, told in (("overview", "Bewilligte Mittel 2025"), ("funds", "2025: die Mittel der Kreise")):
            text = said(opened(page, grouping="regionen.region-neckar-alb", period="2026-Q3"))
            assert told in text
            assert told.replace("2025", "2026") not in text

    def test_the_methods_are_those_of_any_place(self):
        shown = opened("methods", part="herkunft", grouping="regionen.region-neckar-alb")
        assert "Region Neckar-Alb" not in said(shown).split("Stand ")[-1]
