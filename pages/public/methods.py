"""Methoden: how people are protected, what is synthetic, every release, the deliveries, every measure."""

import streamlit as st

from data.publish import releases, withdrawn
from pages.figures import history, show
from pages.named import shown
from pages.reading import language, reader, tabs

words = language.words()


def protection() -> None:
    """How figures are protected."""
    st.subheader(words.t("methods.protection.heading"), anchor=False)
    st.markdown(words.t("methods.protection.text", limit=words.number(reader.smallest_shown())))


def origin() -> None:
    """What is made up, and where numbers of inhabitants come from."""
    st.subheader(words.t("methods.synthetic.heading"), anchor=False)
    st.markdown(words.t("methods.synthetic.text"))
    st.subheader(words.t("methods.inhabitants.heading"), anchor=False)
    st.markdown(words.t("methods.inhabitants.text"))
    shown.draw("methods_inhabitants", shown.wanted(), search=False)


def published() -> None:
    """Every release, the newest first, and what it changed."""
    st.markdown(words.t("methods.releases.text"))
    history.draw(releases(), withdrawn())


def deliveries() -> None:
    """Who has delivered when."""
    shown.draw("methods_senders", shown.wanted())


def missing_values() -> None:
    """Which values are missing, of all together and by sender."""
    shown.figures(("methods_missing", "methods_by_sender"), shown.wanted())


def measures() -> None:
    """What each measure is."""
    show.definitions(words)


tabs.show(
    "methods",
    {
        "schutz": protection,
        "herkunft": origin,
        "veroeffentlichungen": published,
        "lieferungen": deliveries,
        "angaben": missing_values,
        "kennzahlen": measures,
    },
)
