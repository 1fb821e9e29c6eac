"""Gemeinde: one place on one page, beside all that it lies in, to be printed for a council."""

import streamlit as st

from pages.figures import association, breakdowns, sentences, show, tables
from pages.named import every, municipality, shown
from pages.paper import button
from pages.reading import language, notes

words = language.words()
wanted = shown.wanted()
chosen = wanted.chosen

names = ("active", "funds", *municipality.BREAKDOWNS)
active, money, *of_people = (every.of(f"municipality_{each}", wanted) for each in names)
together = association.ask(chosen)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header(words.area(chosen.area_code), anchor=False, width="content")
    button.draw(chosen)
show.message(*municipality.message(municipality.people_now(wanted), words))
st.caption(
    words.t(
        "municipality.beside",
        places=" · ".join(words.area(code) for code in sentences.above(chosen.area_code)),
    )
)

notes.funds_with_kreis(chosen)
shown.explained(active, *of_people)
for compared in every.of("municipality_compared", wanted):
    headings, rows = breakdowns.lines(compared.published, "area_code", words)
    with show.framed(compared):
        # One line for each measure: no two of a column can be compared.
        numbers, fixed = range(1, len(headings)), range(len(headings))
        tables.grid(headings, rows, key=compared.key, alt=compared.heading, right=numbers, fixed=fixed)

association.draw(chosen, together)

# Alone among its peers it is beside nobody.
if len((peers := every.of("municipality_peers", wanted))[0].published) > 1:
    shown.place(peers, search=False)

with show.pairs():
    for found in (active, money, *of_people):
        shown.place(found)
