"""Überblick: the answer for the place and six key figures, the map, and what is new."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.figures import finest, sentences, show, tiles
from pages.named import municipality, overview, shown
from pages.reading import filters, language, notes, reader
from pages.text.words import plain

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
with tiles.grid():
    for key, column in municipality.KEY_FIGURES.items():
        # The last is the finest level that has a number now.
        tiles.key_figure(key_figures[key][-1], column, key=key)
    tiles.key_figure(
        money[-1],
        "approved_eur",
        key="money",
        by="budget_year",
        label=words.t("overview.money", year=str(money[-1].chosen.budget_year)),
        measure="funds_by_stage",
    )
# What comes and goes has a place of its own, so that the map below it stays what it is.
larger = st.container(key="overview_larger")
if chosen.kreis_holds_funds or any(each.reason for found in key_figures.values() for each in found):
    with larger, st.expander(words.t("overview.larger")):
        notes.funds_with_kreis(chosen)
        finest.explained(*key_figures.values())

st.header(words.t("overview.map.heading"), anchor=False)
with st.grid(2, min_column_width=150):
    with st.container():
        measure = shown.choose("measure", overview.measure(shown.wanted()), label=words.label)
    with st.container():
        level = shown.choose("level", overview.level(shown.wanted()))
mapped = shown.draw("overview_map", shown.wanted(level=level, column=measure), on_pick=filters.select_area)
if standing := overview.standing(mapped[0], measure, chosen.area_code, words):
    st.markdown(plain(standing))

st.header(words.t("overview.compared.heading"), anchor=False)
fairly = st.expander(words.t("overview.compared.open"), key="fairly", bind="query-params")
if fairly.open:
    with fairly:
        share = shown.choose("compared", overview.compared(shown.wanted()), label=words.label)
        shown.draw("overview_compared", shown.wanted(column=share))

st.header(words.t("overview.news.heading"), anchor=False)
if kreis := areas.within(chosen.area_code, areas.KREIS):
    here = ask("overview/news_here", replace(chosen, area_code=kreis), reader.audience())
    late = "late" if here.cell("behind_days", area_code=kreis) else "due"
    st.markdown(
        plain(
            sentences.plainly(here, "behind_days", words=words, key=f"overview.news.{late}", area_code=kreis)
        )
    )
deliveries = st.expander(words.t("overview.news.message"), key="news", bind="query-params")
if deliveries.open:
    with deliveries:
        shown.draw("overview_news", shown.wanted(), search=False)
