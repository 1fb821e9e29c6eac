"""Presse: all of a place for a newsroom in one file, what is new, and sentences to take over."""

from functools import partial

import streamlit as st

from data import publish
from data.access.rights import PUBLIC
from pages.figures import downloads, show
from pages.figures.wanted import Wanted
from pages.files import addresses
from pages.paper import edition
from pages.press import material, parcel
from pages.press.material import Quote
from pages.reading import filters, language, reader, tabs
from pages.text.words import plain

words = language.words()
t = words.t


def wanted() -> Wanted:
    """The place and the period that are chosen, of a release: exact figures are not for a newsroom."""
    now, exact = filters.chosen(), reader.audience() != PUBLIC
    version = publish.edition(PUBLIC, None if exact else now.edition).version
    period = now.period if now.period in edition.periods(version) else None
    return Wanted(edition.chosen(now.area_code, period, version, now.compare), words)


def taken(quote: Quote) -> None:
    """A sentence with its source in a field that one button copies."""
    st.code(quote.whole, language=None, wrap_lines=True)


def news(of: Wanted) -> None:
    """The largest sure changes, and what was corrected."""
    st.subheader(t("press.news"), anchor=False)
    changes, corrected = material.changes(of), material.corrections(of)
    st.markdown(t("press.changes" if changes else "press.no_changes"))
    for quote in changes:
        taken(quote)
    st.markdown(t("press.corrections" if corrected else "press.no_corrections"))
    if corrected:
        st.markdown("\n".join(f"- {plain(each)}" for each in corrected))


def quotes(of: Wanted) -> None:
    """Ten sentences that can stand alone."""
    st.subheader(t("press.quotes"), anchor=False)
    st.caption(t("press.quotes_text"))
    for quote in material.quotes(of):
        taken(quote)


if publish.releases():
    of = wanted()
    named = {"area": words.area(of.chosen.area_code), "period": words.period(str(of.chosen.period))}
    show.message(t("press.message", **named))
    st.markdown(t("press.text"))
    if reader.audience() != PUBLIC:
        st.info(t("press.released"))
    with st.container(key="paper", width="content"):
        st.html(
            downloads.link(t("press.offer"), addresses.of_press(of.chosen, words.lang), icon="folder_zip")
        )
    if who := parcel.contact(words):
        st.markdown(plain(who))
    tabs.show("press", {"neues": partial(news, of), "saetze": partial(quotes, of)})
