"""Daten abgeben: hand a delivery in, understand what was found, repair it, take it over or back."""

import streamlit as st

from pages.internal.handin import decide, messages, stored, upload
from pages.reading import address, language
from pages.work import actions

t = language.words().t

upload.take()
address.bind("upload")
messages.draw_last()

with st.container(key="handin_heading"):
    st.header(t("handin.heading"), anchor=False)
st.markdown(t("handin.explained"))
upload.form()

token = address.read("upload")
chosen = actions.waits(token) if token else messages.last_not_waiting()
if chosen:
    decide.draw(chosen)
elif token:
    st.info(t("handin.gone"))
messages.draw_waiting(token)

st.header(t("handin.stored.heading"), anchor=False)
stored.draw()
