"""Daten abgeben: hand a delivery in, understand what was found, repair it, take it over or back."""

import streamlit as st

from pages.parts import actions, address, language
from pages.parts.handin import decide, messages, stored, upload

t = language.words().t

address.keep("upload")
messages.said()

with st.container(key="handin_heading"):
    st.header(t("handin.heading"), anchor=False)
st.markdown(t("handin.explained"))
upload.form()

token = address.read("upload")
chosen = actions.waits(token) if token else messages.unkept()
if chosen:
    decide.examined(chosen)
elif token:
    st.info(t("handin.gone"))
messages.waiting(token)

st.header(t("handin.stored.heading"), anchor=False)
stored.deliveries()
