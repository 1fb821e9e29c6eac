"""Every measure with its definition, for the page Methoden."""

import streamlit as st

from data import measures
from pages.parts import show
from pages.parts.notes import plain
from pages.parts.words import Words


def every(words: Words) -> None:
    """All measures in the order of the register, each folded under its name."""
    for measure in measures.register().values():
        with st.expander(plain(measure.text("name", words.lang)), key=f"measure_{measure.id}"):
            show.definition(measure.id, words)
