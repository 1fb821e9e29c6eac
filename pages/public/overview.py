"""Überblick: the answer for the place and six key figures, the map, and what is new."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.charts import funnel
from pages.figures import finest, place, sentences, show, tiles
from pages.maps import boundaries, choropleth
from pages.reading import filters, language, notes, reader
from pages.text.words import plain

MAPPED = (
    "per_1000",
    "caseload",
    "fill_rate",
    "plan_rate",
    "attainment_in_12",
    "active_cases",
    "approved_eur",
)
# Shares that are compared fairly, and the base of each.
COMPARED = {
    "plan_rate": "plans_known",
    "attainment_in_12": "decided_in_12",
    "independent_exits": "exits_known",
}
YEARLY = ("approved_eur",)  # of a budget year, whatever the quarter

words = language.words()
chosen = filters.chosen()

# The money of a year that still runs is no headline.
of_year = filters.of_full_year(chosen)
money = finest.answer("overview/money", of_year, "approved_eur", time="budget_year")
key_figures = {
    key: finest.answer("overview/key_figures", chosen, column) for key, column in place.KEY_FIGURES.items()
}
people = finest.answer("overview/key_figures", chosen, "active_cases", always=True)

show.message(
    *(
        sentences.against_year_before(
            at.published, "active_cases", words=words, key="caseload.active", **at.chosen.now
        )
        for at in people
    )
)
with tiles.grid():
    for key, column in place.KEY_FIGURES.items():
        # The last is the finest level that has a number now.
        tiles.key_figure(key_figures[key][-1], column, key=key)
    tiles.key_figure(
        money[-1],
        "approved_eur",
        key="money",
        by="budget_year",
        label=words.t("overview.money", year=str(of_year.budget_year)),
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
        measure = filters.choose("measure", MAPPED, "per_1000", label=words.label)
    with st.container():
        level = filters.choose("level", tuple(boundaries.FILES), areas.GEMEINDE)
mapped = filters.mapped(level)
if measure in YEARLY:
    mapped = filters.of_full_year(mapped)
everywhere = ask("overview/map", mapped, reader.audience())
places = everywhere.only("area_code", measure)
if measure == "per_1000":
    places = places.by_inhabitants_of(everywhere)
held = finest.held(level, mapped, measure)
show.on_map(
    choropleth.classes(places, words=words, value=measure, level=level, held=held),
    published=places,
    heading=sentences.largest(
        places,
        measure,
        words=words,
        key="overview.map",
        label="area_code",
        shown=words.t("overview.map.money") if measure in YEARLY else words.label(measure),
        period=words.period(str(mapped.budget_year if measure in YEARLY else mapped.period)),
    ),
    key="overview_map",
    note=" ".join(
        [
            *([words.t("overview.map.alone")] if level == areas.ASSOCIATION else []),
            *([words.t("overview.map.held")] if held else []),
            words.t(
                f"overview.map.{'note' if measure in YEARLY or mapped.period == chosen.period else 'quarter'}"
            ),
        ]
    ).lstrip(),
    on_pick=filters.select_area,
)

standing = sentences.standing(
    places, measure, words=words, key="overview.standing", area_code=chosen.area_code
)
if standing:
    st.markdown(plain(standing))

st.header(words.t("overview.compared.heading"), anchor=False)
fairly = st.expander(words.t("overview.compared.open"), key="fairly", bind="query-params")
if fairly.open:
    with fairly:
        share = filters.choose("compared", tuple(COMPARED), "plan_rate", label=words.label)
        own = funnel.told_by(chosen.area_code)
        answered = ask("overview/compared", replace(chosen, area_code=own), reader.audience())
        compared = answered.only("area_code", share, COMPARED[share])
        around = funnel.Funnel(compared, share, COMPARED[share], own)
        peers = "peers" if areas.level(own) == areas.GEMEINDE else "kreise"
        show.figure(
            funnel.plot(compared, words=words, share=share, base=COMPARED[share], own=own),
            published=compared,
            heading=funnel.verdict(
                around,
                words=words,
                key="overview.compared",
                shown=words.label(share),
                period=words.period(str(chosen.period)),
            ),
            key="overview_compared",
            note=" ".join(
                [
                    words.t(f"overview.compared.{peers}"),
                    funnel.counted(around, words=words, key="overview.compared.counted"),
                    words.t("overview.compared.limits"),
                ]
            ),
        )

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
        show.table(
            ask("overview/news", chosen, reader.audience()),
            heading=words.t("overview.news.message"),
            key="overview_news",
            search=False,
        )
