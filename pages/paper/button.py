"""The button on the page of a place that hands out its PDF. It is made when somebody asks for it."""

import logging
from functools import partial

import streamlit as st

from data import publish
from data.publish import Audience
from data.questions.filters import Filters
from pages.paper import edition, typeset
from pages.reading import language, reader
from pages.text.words import Words

_LOG = logging.getLogger("dashboard")


class NotMadeError(Exception):
    """Why there is no PDF, as a sentence for the reader."""


def draw(chosen: Filters) -> None:
    """A button for the PDF of the chosen place; beside exact figures, that of the newest release.

    Before the first release there is none.
    """
    if not publish.releases():
        return
    words, exact = language.words(), reader.audience() is Audience.INTERNAL
    version = publish.edition(Audience.PUBLIC, None if exact else chosen.edition).version
    period = chosen.period if chosen.period in edition.periods(version) else None
    of = edition.chosen(chosen.area_code, period, version, chosen.compare)
    st.download_button(
        words.t("paper.offer_released" if exact else "paper.offer"),
        data=partial(_made, of, words),
        file_name=typeset.name(of),
        mime="application/pdf",
        key="paper",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )


def _made(of: Filters, words: Words) -> bytes:
    """The file. What it raises stands on the page, so it says nothing that is not for readers."""
    try:
        return typeset.place(of, words.lang)
    except typeset.BusyError:
        raise NotMadeError(words.t("paper.busy")) from None
    except Exception:
        _LOG.exception("a PDF could not be made")
        raise NotMadeError(words.t("paper.failed")) from None
