"""The map of what would be published."""

import streamlit as st

from data.filters import Filters
from data.releases.changes import MEASURES
from data.releases.preview import Preview
from pages.parts import language, say, show
from pages.parts.charts import boundaries, choropleth
from pages.parts.publishing import work

LEVELS = tuple(boundaries.FILES)


def shown(told: Preview) -> None:
    """One main measure of every area, as readers would see it."""
    words = language.words()
    left, right = st.columns(2)
    with left:
        measure = st.selectbox(
            words.t("publishing.map.measure"), MEASURES, format_func=words.label, key="publishing_measure"
        )
    with right:
        level = st.selectbox(
            words.t("publishing.map.level"),
            LEVELS,
            format_func=lambda each: words.t(f"publishing.map.{each}"),
            key="publishing_level",
        )
    answered = work.answer("publishing/areas", Filters(level=level, period=told.period))
    areas = answered.only("area_code", measure)
    show.figure(
        choropleth.classes(areas, words=words, value=measure, level=level),
        published=areas,
        heading=say.largest(
            areas,
            measure,
            words=words,
            key="overview.map",
            label="area_code",
            shown=words.label(measure),
            period=words.period(told.period),
        ),
        key="publishing_map",
        note=words.t("publishing.map.note"),
    )
