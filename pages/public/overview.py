"""Überblick: six key figures, the map, and what is new."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import filters, language, notes, say, show, tiles
from pages.parts.charts import choropleth

MAPPED = ("active_cases", "caseload", "fill_rate", "plan_rate", "attainment_in_12", "approved_eur")

words = language.words()
chosen = filters.chosen()

key_figures = ask("overview/key_figures", chosen, Audience.PUBLIC)
money = ask("overview/money", chosen, Audience.PUBLIC)
news = ask("overview/news", chosen, Audience.PUBLIC)

show.message(
    say.against_year_before(key_figures, "active_cases", words=words, key="caseload.active", **chosen.now)
)
notes.funds_with_kreis(chosen)
with tiles.grid():
    tiles.key_figure(
        money,
        "approved_eur",
        now=chosen.budget_year,
        by="budget_year",
        key="money",
        label=words.t("overview.money", year=str(chosen.budget_year)),
        measure="funds_by_stage",
    )
    tiles.key_figure(key_figures, "filled_vzae", now=chosen.period, key="posts")
    tiles.key_figure(key_figures, "active_cases", now=chosen.period, key="people")
    tiles.key_figure(key_figures, "plan_rate", now=chosen.period, key="plans")
    tiles.key_figure(key_figures, "attainment_in_12", now=chosen.period, key="attainment")
    tiles.key_figure(key_figures, "independent_exits", now=chosen.period, key="independent")

st.header(words.t("overview.map.heading"), anchor=False)
left, right = st.columns(2)
with left:
    measure = filters.choose("measure", MAPPED, "active_cases", label=words.label)
with right:
    level = filters.choose("level", ("gemeinde", "kreis"), "gemeinde")
places = ask("overview/map", filters.chosen(level=level), Audience.PUBLIC).only("area_code", measure)
show.figure(
    choropleth.classes(places, words=words, value=measure, level=level, chosen=chosen.area_code),
    published=places,
    heading=say.largest(
        places,
        measure,
        words=words,
        key="overview.map",
        label="area_code",
        shown=words.label(measure),
        period=words.period(str(chosen.period)),
    ),
    key="overview_map",
    note=words.t("overview.map.note"),
    on_pick=filters.select_area,
)

st.header(words.t("overview.news.heading"), anchor=False)
show.table(news, heading=words.t("overview.news.message"), key="overview_news", search=False)
