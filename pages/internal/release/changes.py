"""What would change, told first: the message, and the main measures of the Land."""

import streamlit as st

from data.disclosure.published import Role
from data.measures import register
from data.releases.changes import Change
from data.releases.preview import Preview
from pages.parts import grid, language, show
from pages.parts.words import Words


def message(told: Preview) -> None:
    """The sentence that the page opens with."""
    words = language.words()
    if told.before is None:
        show.message(words.t("publishing.message.first", period=words.period(told.period)))
        return
    places = len({each.area_code for each in told.places})
    revised = sum(told.draft.revised.values())
    holds = {"series": told.draft.starts_series, "revised": revised, "more": places or told.new_periods}
    key = next((name for name, each in holds.items() if each), "same")
    show.message(
        words.t(
            f"publishing.message.{key}",
            before=told.before,
            period=words.period(told.period),
            places=words.number(places),
            revised=words.number(revised),
            periods=words.number(len(told.new_periods)),
        )
    )


def land(told: Preview) -> None:
    """The main measures of the Land before and after."""
    words = language.words()
    heading = words.t("publishing.land", period=words.period(told.period))
    st.subheader(heading, anchor=False)
    headings = [words.t(f"publishing.column.{name}") for name in ("measure", "before", "after")]
    rows = [[words.label(each.name), *cells(each, words)] for each in told.land]
    grid.draw(headings, rows, alt=heading, right=[1, 2])


def cells(change: Change, words: Words) -> list[str]:
    """Both values as texts."""
    role = Role.RATE if register()[change.name].unit == "percent" else Role.COUNT
    return [words.cell(cell, change.name, role) for cell in (change.before, change.after)]
