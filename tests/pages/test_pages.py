"""Every page in both languages and at every level of area: a message over every figure, and nothing fails."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.menu import LEGAL
from tests.support import signed, written
from tests.support.effort import in_each_language
from tests.support.opened import EVERY, opened, parts
from tests.support.tabled import folders, sent, tables, unfolded
from tests.support.taken import links

MADE_UP = {"de": "Demonstrationsdaten: erfunden", "en": "Demonstration data: made up"}  # the banner
DEVIATE = {"de": "um wenige ab", "en": "deviate a little"}
AREAS = ("08", "084", "08425", "08111000", "08425002")  # the last: a village with nobody to show


def said(page: AppTest) -> str:
    """All headings and notes."""
    kinds = (page.header, page.subheader, page.markdown, page.caption, page.info, page.error)
    return "\n".join([*(str(element.value) for kind in kinds for element in kind), written.text(page)])


@pytest.mark.usefixtures("figures")
class TestPages:
    @pytest.mark.long
    @pytest.mark.parametrize(
        ("page", "part", "area_code", "lang"),
        in_each_language(*((*page, area_code) for page in EVERY for area_code in AREAS)),
    )
    def test_a_page_shows_its_figures_and_fails_nowhere(self, page, part, area_code, lang):
        """The data are called made up; once it says that figures deviate, and links to the methods."""
        shown = opened(page, part=part, area_code=area_code, lang=lang)
        assert not shown.exception
        assert not shown.error
        # The first page has no name of its own, and always figures.
        named = [*written.tags(shown, "h1"), *written.tags(shown, "h2")]
        assert written.headings(shown) or len(named) == 2
        # A text with a hole in it, or none at all, would show its key or its braces.
        assert "{" not in said(shown)
        assert "None" not in said(shown)
        assert MADE_UP[lang] in said(shown)
        assert said(shown).count(DEVIATE[lang]) == 1
        # What once stood among the case figures is one click away from there.
        links = {("methods", part): 0, ("caseload", "personen"): 2}
        ways = [
            tag
            for tag in written.tags(shown, "a")
            if "data-turn" in tag.given and "data-set" not in tag.given
        ]
        assert len(ways) == links.get((page, part), 1) + len(LEGAL)  # those of the foot

    @pytest.mark.parametrize("period", ["2018", "2026-Q2", "2025-07"])
    @pytest.mark.parametrize(("page", "part"), EVERY)
    def test_a_page_serves_every_grain_of_period_with_a_comparison(self, page, part, period):
        shown = opened(page, part=part, area_code="08425", compare="08421", period=period)
        assert not shown.exception
        assert not shown.error

    def test_every_chart_stands_under_a_message_and_over_its_table_and_its_file(self):
        for page in ("funds", "caseload", "counselling", "goals"):
            charts = 0
            for shown in parts(page, area_code="08118"):
                here = len(written.charts(shown))
                assert len(written.headings(shown)) >= here
                assert not [key for key in sent(shown) if key in folders(shown)], "sent before it is opened"
                assert len(tables(unfolded(shown))) >= here
                assert len(links(shown)) >= 3 * here
                assert not shown.get("download_button"), "a file of a release is in no session's memory"
                charts += here
            assert charts > 3

    def test_a_village_with_few_people_gets_sentences_and_no_empty_chart(self):
        for shown in parts("caseload", area_code="08425002", period="2018"):
            assert "zum Schutz der Personen nicht gezeigt" in said(shown) or not written.charts(shown)
            assert (
                not written.charts(shown)
                or written.tags(shown, having="told")
                or written.tags(shown, having="source")
            )

    @pytest.mark.parametrize(
        ("lang", "told", "named"),
        [
            (
                "de",
                "Einwohner am 31.12.2024, fortgeschrieben vom Zensus 2022, nach einem erfundenen",
                "Betreute Personen je 1.000 Einwohner",
            ),
            (
                "en",
                "Inhabitants as of 31 December 2024, carried forward from the 2022 census, according to a",
                "People counselled per 1,000 inhabitants",
            ),
        ],
    )
    def test_what_is_told_per_1000_says_of_when_and_by_which_census_the_inhabitants_are(
        self, lang, told, named
    ):
        shown = opened("municipality", area_code="08111000", lang=lang)
        assert told in said(shown).replace("\\", "")
        assert any(named in table.to_string() for table in tables(shown))
        overview = opened("overview", measure="per_1000", lang=lang)
        peers = opened("municipality", part="nebeneinander", peers="true", area_code="08111000", lang=lang)
        every = [tag for each in (shown, peers, overview) for tag in written.tags(each, having="source")]
        lines = [tag.text for tag in every]
        # They are part of the source, as of which day they are too.
        sources = [line for line in lines if line.startswith(("Quelle: Lieferungen", "Source: deliveries"))]
        assert [told in line for line in sources].count(True) == 3

    def test_stuttgart_2018_got_3_270_297_euros_and_rank_1(self):
        assert "3.270.297" in said(opened("funds", area_code="08111000", period="2018"))
        ranked = said(opened("funds", part="empfaenger", area_code="08111000", period="2018"))
        assert "3.270.297" in ranked.replace("\\", "")
        assert "Rang **1** von" in ranked

    def test_a_message_is_worked_out_from_the_figures_of_the_place(self):
        shown = opened("caseload", area_code="08111000", lang="en")
        first = written.headings(shown)[0]
        assert "people were being counselled in Stuttgart" in first

    @pytest.mark.parametrize(
        ("lang", "told"), [("de", "Beratungen nicht geliefert"), ("en", "no consultations were reported")]
    )
    def test_where_no_consultations_are_delivered_that_is_said_once_and_nothing_of_them_is_withheld(
        self, lang, told
    ):
        """Alb-Donau-Kreis and Stuttgart hand in none; their reasons for leaving may well be withheld."""
        for area_code in ("08425", "08111000"):
            shown = parts("counselling", area_code=area_code, lang=lang)[:-1]  # the last: how it ends
            headings = [each for part in shown for each in written.headings(part)]
            assert told in headings[0]
            assert not any("je Person" in each or "per person" in each for each in headings)
            assert any("Verweise nicht geliefert" in each or "no referrals were" in each for each in headings)
            assert not re.search("zurückgehalten|withheld", "".join(map(said, shown)))

    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_the_land_says_of_how_many_kreise_consultations_are_and_which_these_are(self, lang):
        shown = opened("counselling", lang=lang)
        assert re.search(r"\b8 (von|of) 44 Kreise", written.headings(shown)[0])
        named = "Beratungen mit Verweis" if lang == "de" else "consultations with a referral"
        [places] = [table for table in tables(unfolded(shown)) if named in table.columns]
        assert len(places) == 8
        assert "Ludwigsburg (Landkreis)" in set(places.iloc[:, 0])

    def test_a_comparison_stands_beside_the_place_in_every_figure_about_consultations(self):
        shown = parts("counselling", area_code="08118", compare="08116", period="2025")
        every = [table for part in shown for table in tables(unfolded(part))]
        about = [table for table in every if "Ausprägung" in table.columns]
        assert (
            len(about) == 5
        )  # topic, kind, place, channel, service; the reasons of so few cases are withheld
        for table in about:
            areas = list(table["Gebiet"])
            assert areas[:2] == ["Ludwigsburg (Landkreis)", "Esslingen (Landkreis)"]
            assert len(set(areas)) == 2

    @pytest.mark.parametrize(
        ("compare", "noted"),
        [("08", "Für Baden-Württemberg nicht aus genug"), ("08425", "Für Alb-Donau-Kreis nicht geliefert")],
    )
    def test_a_comparison_that_delivers_nothing_is_told_and_not_drawn(self, compare, noted):
        shown = opened("counselling", part="themen", area_code="08118", compare=compare, period="2025")
        assert noted in said(shown).replace("\\", "")
        topics = next(table for table in tables(unfolded(shown)) if "Ausprägung" in table.columns)
        assert "Gebiet" not in topics.columns

    def test_what_moved_to_a_page_of_its_own_stands_on_no_other(self):
        caseload = "".join(map(said, parts("caseload", area_code="08118")))
        assert not re.search("Beratungen auf eine|Gründe der Beendigung|wieder begonnen", caseload)
        counselling = "".join(map(said, parts("counselling", area_code="08118")))
        assert re.search("Beratungen auf eine", counselling)
        assert re.search("Gründe? der Beendigung", counselling)

    def test_published_amounts_stand_with_their_source_and_are_not_called_synthetic(self):
        shown = opened("funds", part="quellen")
        published = next(table for table in tables(shown) if "Quelle" in table.columns)
        assert any("GRDrs 341/2019" in cell for cell in published["Quelle"])

    def test_exact_figures_do_not_deviate(self, monkeypatch, store):
        signed.sit(monkeypatch, store)
        assert "um wenige ab" not in said(opened("caseload"))

    def test_a_fall_of_what_should_rise_is_not_coloured_as_good_news(self):
        posts = written.tiles(opened("overview"))[4]
        assert posts.label == "Besetzte Stellen"
        assert posts.delta.startswith("−")
        assert posts.way == "worse"
