"""Methoden: what is synthetic, how people are protected, every release, the deliveries, every measure."""

import streamlit as st

from data.publish import ask, releases
from pages.charts import bars
from pages.figures import history, sentences, show
from pages.reading import filters, language, reader

words = language.words()
chosen = filters.chosen()

senders = ask("methods/senders", chosen, reader.audience())
missing = ask("methods/missing_values", chosen, reader.audience())
by_sender = ask("methods/missing_by_sender", chosen, reader.audience())
inhabitants = ask("methods/inhabitants", chosen, reader.audience())

st.header(words.t("methods.synthetic.heading"), anchor=False)
st.markdown(words.t("methods.synthetic.text"))

st.header(words.t("methods.protection.heading"), anchor=False)
st.markdown(words.t("methods.protection.text", limit=words.number(reader.smallest_shown())))

st.header(words.t("methods.releases.heading"), anchor=False)
st.markdown(words.t("methods.releases.text"))
history.draw(releases())

st.header(words.t("methods.deliveries.heading"), anchor=False)
show.table(
    senders,
    heading=words.t("methods.deliveries.message", senders=words.number(len(senders))),
    key="methods_senders",
)
show.figure(
    bars.ranked(missing, words=words, x="field", y="missing_share"),
    published=missing,
    heading=sentences.largest(missing, "missing_share", words=words, key="methods.missing", label="field"),
    key="methods_missing",
)
show.table(by_sender, heading=words.t("methods.by_sender"), key="methods_by_sender")

st.header(words.t("methods.inhabitants.heading"), anchor=False)
st.markdown(words.t("methods.inhabitants.text"))
show.table(
    inhabitants, heading=words.t("methods.inhabitants.message"), key="methods_inhabitants", search=False
)

st.header(words.t("methods.measures.heading"), anchor=False)
show.definitions(words)
