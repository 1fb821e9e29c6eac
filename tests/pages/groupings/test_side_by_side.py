"""Several places in one chart and one table: areas and groupings, and how they surely differ."""

import json
from urllib.parse import parse_qsl

import pytest

from pages.menu import PARTS
from pages.named.side_by_side import comparable, difference
from pages.text import words
from tests.pages.groupings.conftest import BOTH, LANGENAU, ONE, ULM
from tests.pages.groupings.test_views import number
from tests.support import written
from tests.support.answered import answered
from tests.support.charted import published
from tests.support.opened import opened, said
from tests.support.tabled import rows, sent
from tests.support.taken import links

DE = words.of("de")
PART = {"part": "nebeneinander"}


def chart(page):
    (found,) = written.charts(page)
    return [each["name"] for each in found["data"] if each.get("mode") == "lines+markers"]


def listed(page):
    return rows(sent(page)["municipality_side_table"])


def test_a_difference_is_told_only_where_no_deviation_can_have_made_it():
    now = published("""
        area_code | active_cases: count
        08425     | 40
        08421     | 70
        08426     | 45
        08117     | 12
        08118     | •
    """)
    assert difference(now, "active_cases", "08425", DE) == (
        "Sicher höher als Alb-Donau-Kreis: Ulm (Stadtkreis). Sicher niedriger als Alb-Donau-Kreis: Göppingen "
        "(Landkreis). Kein sicherer Unterschied zu Alb-Donau-Kreis: Biberach (Landkreis)."
    )
    assert difference(now, "active_cases", "08118", DE) == ""


def test_that_a_whole_has_more_than_its_part_is_no_news_and_a_share_of_it_may_be_higher():
    now = published("""
        area_code | active_cases: count | fill_rate
        08425     | 40                  | 0.5
        08        | 7000                | 0.9
        08425002  | 12                  | 0.8
        08421     | 70                  | 0.7
    """)
    compared = {
        name: comparable(now, name, "08425").column("area_code") for name in ("active_cases", "fill_rate")
    }
    assert compared == {"active_cases": ("08425", "08421"), "fill_rate": ("08425", "08", "08425002", "08421")}


@pytest.mark.usefixtures("figures")
class TestAreas:
    def test_five_places_stand_in_one_chart_and_one_table_in_the_order_of_the_address(self):
        """A sixth is left out."""
        page = opened(
            "municipality",
            area_code="08425",
            compare="08421,08426, 08117,08118,08111",
            figure="plan_rate",
            **PART,
        )
        names = ["Alb-Donau-Kreis", "Ulm (Stadtkreis)", "Biberach (Landkreis)", "Göppingen (Landkreis)"]
        names += ["Ludwigsburg (Landkreis)"]
        assert list(listed(page)["Gebiet"]) == names
        assert chart(page) == names
        assert not page.warning

    def test_an_address_with_one_place_shows_two_and_one_with_none_what_the_place_lies_in(self):
        page = opened("municipality", area_code="08425", compare="08421", **PART)
        assert list(listed(page)["Gebiet"]) == ["Alb-Donau-Kreis", "Ulm (Stadtkreis)"]
        page = opened("municipality", area_code="08425", figure="approved_eur", **PART)
        assert list(listed(page)["Gebiet"]) == ["Alb-Donau-Kreis", "Baden-Württemberg"]
        assert "den höchsten Wert" not in said(page)
        assert "Sicher höher" not in said(page)
        assert "Bis zu vier weitere Orte" in said(page)

    def test_what_no_place_is_called_is_named_and_the_others_are_shown(self):
        page = opened("municipality", area_code="08425", compare="08421,nowhere", lang="en", **PART)
        assert "nowhere" in page.warning[0].value
        assert len(listed(page)) == 2

    def test_other_pages_show_the_first_place_and_say_where_all_of_them_stand(self):
        page = opened("caseload", area_code="08425", compare="08421,08426")
        assert "Hier steht daneben: Ulm (Stadtkreis)" in said(page)
        assert "Hier steht daneben" not in said(opened("caseload", area_code="08425", compare="08421"))


@pytest.mark.usefixtures("constituencies")
class TestGroupings:
    def test_a_grouping_stands_beside_a_place_with_the_sum_of_what_its_municipalities_show(self):
        page = opened("municipality", grouping=BOTH, compare=f"{ULM},{LANGENAU}", period="2018-Q4", **PART)
        table = listed(page).set_index("Gebiet")["Betreute Personen"]
        assert list(table.index) == ["Nord · Wahlkreise", "Ulm", "Langenau"]
        assert 145 <= number(table["Nord · Wahlkreise"]) <= 155
        assert table["Langenau"] == "•"
        assert "betreute Personen aus 2 von 3 Gemeinden" in said(page)

    def test_a_code_names_every_place_and_opens_them_side_by_side_again(self):
        shown = opened(
            "municipality",
            grouping=BOTH,
            compare=f"{ULM},{ONE}",
            period="2018-Q4",
            figure="plan_rate",
            **PART,
        )
        cited = [each for each in links(shown) if each.startswith("/z/")]
        assert len(cited) == 2, "the chart and the table have one each"
        for address in cited:
            onward = answered(address).headers["location"]
            given = dict(parse_qsl(onward.partition("?")[2]))
            assert (given["grouping"], given["compare"]) == (BOTH, f"{ULM},{ONE}")
            again = opened("municipality", **{name: code for name, code in given.items() if name != "lang"})
            assert not again.exception
            assert chart(again) == ["Nord · Wahlkreise", "Ulm", "Süd · Wahlkreise"]
            assert given["cite"] in said(again)
            told = json.loads(answered(address.replace("?", ".json?")).body)
            assert told["status"] == "current"
            assert answered(told["then"]["data"]).status == 200
        signs = given["cite"].removeprefix("IM-").replace("-", "")
        assert len(signs) in (4 + 16, 4 + 20)

    def test_several_places_have_addresses_that_name_them(self):
        table = f"/daten/municipality_side_table.csv?grouping={BOTH}&period=2018-Q4&compare="
        onward = answered(f"{table}{ULM},{LANGENAU}").headers["location"]
        rows = answered(f"/daten/{onward}").body.decode("utf-8-sig").splitlines()
        assert [
            next(name for name in ("Nord · Wahlkreise", "Ulm", "Langenau") if name in row)
            for row in rows[1:4]
        ] == ["Nord · Wahlkreise", "Ulm", "Langenau"]
        wrong = (f"{ULM},nowhere", f"{ULM},{ULM}", "08421,08426,08117,08118,08111", ",", f"{ULM},", "<b>")
        assert {answered(f"{table}{each}").status for each in wrong} == {400}
        # Beside an area too, with its quarters.
        beside = f"/daten/municipality_side.csv?area_code={ULM}&compare={BOTH},{LANGENAU}&period=2018-12"
        assert "2018-Q4" not in beside
        leads = answered(beside).headers["location"]
        assert answered(f"/daten/{leads}").status == 200
        drawn = answered("/bild/" + onward.replace("_table.csv", ".svg"))
        assert (drawn.status, b"Langenau" in drawn.body) == (200, True)
        # Others name one place to compare with, as before.
        assert answered(f"/daten/caseload_active.csv?area_code=08425&compare={ULM},{LANGENAU}").status == 400

    def test_each_part_of_its_page_opens(self):
        for part in PARTS["groupings"]:
            page = opened("municipality", grouping=BOTH, period="2018-Q4", part=part)
            assert not page.exception
            assert not page.warning
            assert written.headings(page)
