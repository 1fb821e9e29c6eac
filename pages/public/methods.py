"""Methoden: how people are protected, what is synthetic, every release, the deliveries, every measure."""

import streamlit as st

from data.publish import ask, releases
from pages.charts import bars
from pages.figures import history, sentences, show
from pages.reading import filters, language, reader, tabs

words = language.words()


def protection() -> None:
    """How figures are protected, what is made up, and where numbers of inhabitants come from."""
    inhabitants = ask("methods/inhabitants", filters.chosen(), reader.audience())
    st.subheader(words.t("methods.protection.heading"), anchor=False)
    st.markdown(words.t("methods.protection.text", limit=words.number(reader.smallest_shown())))
    st.subheader(words.t("methods.synthetic.heading"), anchor=False)
    st.markdown(words.t("methods.synthetic.text"))
    st.subheader(words.t("methods.inhabitants.heading"), anchor=False)
    st.markdown(words.t("methods.inhabitants.text"))
    show.table(
        inhabitants, heading=words.t("methods.inhabitants.message"), key="methods_inhabitants", search=False
    )


def published() -> None:
    """Every release, the newest first, and what it changed."""
    st.markdown(words.t("methods.releases.text"))
    history.draw(releases())


def deliveries() -> None:
    """Who has delivered when, and which values are missing."""
    chosen = filters.chosen()
    senders = ask("methods/senders", chosen, reader.audience())
    missing = ask("methods/missing_values", chosen, reader.audience())
    by_sender = ask("methods/missing_by_sender", chosen, reader.audience())
    show.table(
        senders,
        heading=words.t("methods.deliveries.message", senders=words.number(len(senders))),
        key="methods_senders",
    )
    show.figure(
        bars.ranked(missing, words=words, x="field", y="missing_share", top=10),
        published=missing,
        heading=sentences.largest(
            missing, "missing_share", words=words, key="methods.missing", label="field"
        ),
        key="methods_missing",
    )
    show.table(by_sender, heading=words.t("methods.by_sender"), key="methods_by_sender")


def measures() -> None:
    """What each measure is."""
    show.definitions(words)


tabs.show(
    "methods",
    {
        "schutz": protection,
        "veroeffentlichungen": published,
        "lieferungen": deliveries,
        "kennzahlen": measures,
    },
)
