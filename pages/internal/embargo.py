"""Unter Sperrfrist: what the press office has before everybody, and until when nobody else."""

import streamlit as st

from data import publish
from pages.internal.release import pictures
from pages.reading import language, reader
from pages.text.words import plain

words = language.words()
t = words.t

with st.container(key="embargo_heading"):
    st.header(t("publishing.ahead.heading"), anchor=False)
waiting = publish.ahead(reader.person())
st.markdown(t("publishing.ahead.explained"))
if not waiting:
    st.info(t("publishing.ahead.none"))
for one in reversed(waiting):
    with st.container(border=True, key=f"release_{one.name}"):
        st.subheader(plain(one.name), anchor=False)
        st.markdown(t("publishing.shelf.embargo", at=pictures.moment(one.serves_from, words)))
        pictures.draw_links(one.name, words)
