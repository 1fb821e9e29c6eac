"""Veröffentlichen: what would change, whether it may, and the release."""

import streamlit as st

from pages.parts import language
from pages.parts.publishing import (
    begin,
    complete,
    form,
    mapped,
    places,
    progress,
    revised,
    shelf,
    tested,
    told,
    useful,
    work,
)

t = language.words().t

with st.container(key="publishing_heading"):
    st.header(t("publishing.heading"), anchor=False)

progress.noticed()
waiting = work.previewed()
preview = waiting if waiting and waiting.is_current else None
if preview:
    told.message(preview)
else:
    st.markdown(t("publishing.changed" if waiting else "publishing.explained"))
begin.button(again=preview is not None)
progress.shown()
if preview:
    told.land(preview)
    mapped.shown(preview)
    places.shown(preview)
    complete.shown(preview)
    tested.protection(preview)
    useful.shown(preview)
    revised.shown(preview)
    form.shown(preview)
shelf.shown()
