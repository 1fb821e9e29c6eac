"""The releases there are, newest first."""

import streamlit as st

from pages.parts import language
from pages.parts.publishing import card, work

OPEN = 5


def shown() -> None:
    """The newest few, and older ones folded."""
    words = language.words()
    st.header(words.t("publishing.shelf.heading"), anchor=False)
    every, serving = work.releases(), work.serving()
    if not every:
        st.info(words.t("publishing.shelf.none"))
    for made in every[:OPEN]:
        card.shown(made, serving, words)
    if len(every) > OPEN:
        with st.expander(words.t("publishing.shelf.older", count=words.number(len(every) - OPEN))):
            for made in every[OPEN:]:
                card.shown(made, serving, words)
