"""Methoden: every measure, the state of the deliveries, and what is synthetic."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import definitions, filters, language, say, show
from pages.parts.charts import bars

words = language.words()
chosen = filters.chosen()

senders = ask("methods/senders", chosen, Audience.PUBLIC)
missing = ask("methods/missing_values", chosen, Audience.PUBLIC)
by_sender = ask("methods/missing_by_sender", chosen, Audience.PUBLIC)

st.header(words.t("methods.synthetic.heading"), anchor=False)
st.markdown(words.t("methods.synthetic.text"))

st.header(words.t("methods.protection.heading"), anchor=False)
st.markdown(words.t("methods.protection.text"))

st.header(words.t("methods.deliveries.heading"), anchor=False)
show.table(
    senders,
    heading=words.t("methods.deliveries.message", senders=words.number(len(senders))),
    key="methods_senders",
)
show.figure(
    bars.ranked(missing, words=words, x="field", y="missing_share"),
    published=missing,
    heading=say.largest(missing, "missing_share", words=words, key="methods.missing", label="field"),
    key="methods_missing",
)
show.table(by_sender, heading=words.t("methods.by_sender"), key="methods_by_sender")

st.header(words.t("methods.measures.heading"), anchor=False)
definitions.every(words)
