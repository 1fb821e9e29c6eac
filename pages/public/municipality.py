"""Gemeinde: one place, beside all that it lies in, over time, its people, and beside places like it."""

import streamlit as st

from pages.figures import association, breakdowns, show, tables
from pages.groupings import beside
from pages.named import every, municipality, shown
from pages.paper import button
from pages.reading import filters, language, notes, tabs

words = language.words()
wanted = shown.wanted()
chosen = wanted.chosen


def numbers() -> None:
    """Every measure of the place beside its association, its Kreis and the Land."""
    for compared in every.of("municipality_compared", wanted):
        headings, rows = breakdowns.lines(compared.published, "area_code", words)
        with show.framed(compared):
            # One line for each measure: no two of a column can be compared.
            right, fixed = range(1, len(headings)), range(len(headings))
            tables.grid(headings, rows, key=compared.key, alt=compared.heading, right=right, fixed=fixed)
    notes.funds_with_kreis(chosen)
    association.draw(chosen, association.ask(chosen))


def course() -> None:
    """People over time, and money."""
    with show.pairs():
        active = shown.draw("municipality_active", wanted)
        shown.draw("municipality_funds", wanted)
    notes.funds_with_kreis(chosen)
    shown.explained(active)


def people() -> None:
    """Who the people are."""
    with show.pairs():
        found = shown.figures([f"municipality_{each}" for each in municipality.BREAKDOWNS], wanted)
    shown.explained(found)


def others() -> None:
    """Up to four other places that the reader chooses, and those of about its size."""
    beside.draw(chosen)
    (peers,) = every.of("municipality_peers", wanted)
    # Alone among its peers it is beside nobody.
    if len(peers.published) > 1:
        codes = municipality.nearest(peers.published, chosen.area_code, filters.MOST_BESIDE)
        text = words.t("municipality.side.peers")
        st.button(text, key="compare_peers", on_click=filters.compare_with, args=codes)
        folder = st.expander(peers.heading, key="peers", bind="query-params")
        if folder.open:
            with folder:
                shown.place([peers], search=False)


with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header(words.area(chosen.area_code), anchor=False, width="content")
    button.draw(chosen)
show.message(*municipality.message(municipality.people_now(wanted), words))
tabs.show("municipality", {"zahlen": numbers, "verlauf": course, "menschen": people, "nebeneinander": others})
