"""The part of a page with several places side by side: of an area as of a grouping."""

from dataclasses import replace

import streamlit as st

from data.questions.filters import Filters
from pages.named import shown, side_by_side
from pages.reading import filters, language
from pages.text.words import plain


def draw(chosen: Filters) -> None:
    """The chart of one measure, how the places surely differ, and the table of all measures.

    Without a place to compare with, it is said where to choose some.
    """
    words = language.words()
    several = replace(chosen, compare=",".join(filters.beside()) or None)
    name = shown.choose("figure", side_by_side.measure(shown.wanted(several)), label=words.label)
    wanted = shown.wanted(several, column=name)
    shown.draw("municipality_side", wanted)
    choose = "" if several.compare else words.t("municipality.side.choose")
    st.markdown(plain(" ".join(filter(None, (side_by_side.told(wanted), choose)))))
    shown.draw("municipality_side_table", wanted, search=False)
