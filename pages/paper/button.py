"""The link on the page of a place to its PDF, which is made when somebody asks for it."""

import streamlit as st

from data import publish
from data.access.rights import PUBLIC
from data.questions.filters import Filters
from pages.figures import downloads
from pages.files import addresses
from pages.paper import edition
from pages.reading import language, reader


def draw(chosen: Filters) -> None:
    """A link to the PDF of the chosen place; beside exact figures, that of the newest release.

    Before the first release there is none.
    """
    if not publish.releases():
        return
    words, exact = language.words(), reader.audience() != PUBLIC
    version = publish.edition(PUBLIC, None if exact else chosen.edition).version
    period = chosen.period if chosen.period in edition.periods(version) else None
    of = edition.chosen(chosen.area_code, period, version, chosen.compare)
    label = words.t("paper.offer_released" if exact else "paper.offer")
    with st.container(key="paper", width="content"):
        st.html(downloads.link(label, addresses.of_place(of, words.lang), icon="picture_as_pdf"))
