"""Gemeinde: one place on one page, beside all that it lies in, to be printed for a council."""

import streamlit as st

from pages.figures import association, breakdowns, finest, place, sentences, show
from pages.paper import button
from pages.reading import filters, language, notes, reader

words = language.words()
chosen = filters.chosen()

answers = place.ask(chosen, reader.audience())
together = association.ask(chosen)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header(words.area(chosen.area_code), anchor=False, width="content")
    button.draw(chosen)
show.message(*place.message(answers.people_now, words))
st.caption(
    words.t(
        "municipality.beside",
        places=" · ".join(words.area(code) for code in sentences.above(chosen.area_code)),
    )
)

notes.funds_with_kreis(chosen)
finest.explained(answers.active, *answers.of_people.values())
compared = place.compared(answers, words)
breakdowns.side_by_side(
    compared.published, by="area_code", heading=compared.heading, key=compared.key, note=compared.note
)

association.draw(chosen, together)

if peers := place.peers(answers, words):
    show.table(peers.published, heading=peers.heading, key=peers.key, note=peers.note, search=False)

with show.pairs():
    show.figures(place.figures(answers, words))
