"""Überblick: the answer for the place and six key figures, the map, and what is new."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.figures import finest, sentences, show, tiles
from pages.named import municipality, overview, shown
from pages.reading import filters, language, notes, reader

words = language.words()
chosen = filters.chosen()

key_figures = municipality.key_figures(shown.wanted())
money = key_figures.pop(municipality.MONEY)
people = municipality.people_now(shown.wanted())

show.message(
    *(
        sentences.against_year_before(
            at.published, "active_cases", words=words, key="caseload.active", **at.chosen.now
        )
        for at in people
    )
)
# The last of each is the finest level that has a number now.
people_and_more = [
    tiles.key_figure(key_figures[key][-1], column, key=key)
    for key, column in municipality.KEY_FIGURES.items()
]
funds = tiles.key_figure(
    money[-1],
    "approved_eur",
    key="money",
    by="budget_year",
    label=words.t("overview.money", year=str(money[-1].chosen.budget_year)),
    measure="funds_by_stage",
)
tiles.draw([*people_and_more, funds])
# What comes and goes has a place of its own, so that the map below it stays what it is.
larger = st.container(key="overview_larger")
if chosen.kreis_holds_funds or any(each.reason for found in key_figures.values() for each in found):
    with larger, st.expander(words.t("overview.larger")):
        notes.funds_with_kreis(chosen)
        finest.explained(*key_figures.values())

show.heading(words.t("overview.map.heading"))
with st.grid(2, min_column_width=150):
    measure = shown.choose("measure", overview.measure(shown.wanted()), label=words.label)
    level = shown.choose("level", overview.level(shown.wanted()))
# The map is the same whichever place is marked on it.
everywhere = replace(chosen, area_code=areas.LAND, compare=None, level=level)
mapped = shown.draw("overview_map", shown.wanted(everywhere, column=measure), on_pick=filters.select_area)
standing = overview.standing(mapped[0], measure, chosen.area_code, words)
show.heading(words.t("overview.compared.heading"), before=standing)
fairly = st.expander(words.t("overview.compared.open"), key="fairly", bind="query-params")
if fairly.open:
    with fairly:
        share = shown.choose("compared", overview.compared(shown.wanted()), label=words.label)
        shown.draw("overview_compared", shown.wanted(column=share))

said = ""
if kreis := areas.within(chosen.area_code, areas.KREIS):
    here = ask("overview/news_here", replace(chosen, area_code=kreis), reader.audience())
    late = "late" if here.cell("behind_days", area_code=kreis) else "due"
    key = f"overview.news.{late}"
    said = sentences.plainly(here, "behind_days", words=words, key=key, area_code=kreis)
show.heading(words.t("overview.news.heading"), after=said)
deliveries = st.expander(words.t("overview.news.message"), key="news", bind="query-params")
if deliveries.open:
    with deliveries:
        shown.draw("overview_news", shown.wanted(), search=False)
