"""Veröffentlichen: what would change, whether it may, and the release."""

import streamlit as st

from pages.internal.release import changes, form, progress, quality, shelf
from pages.reading import language
from pages.work import releasing

t = language.words().t

with st.container(key="publishing_heading"):
    st.header(t("publishing.heading"), anchor=False)

progress.noticed()
waiting = releasing.previewed()
preview = waiting if waiting and waiting.is_current else None
if preview:
    changes.draw_message(preview)
else:
    st.markdown(t("publishing.changed" if waiting else "publishing.explained"))
form.draw_begin(again=preview is not None)
progress.draw()
if preview:
    changes.draw_land(preview)
    changes.draw_map(preview)
    changes.draw_places(preview)
    quality.draw_completeness(preview)
    quality.draw_protection(preview)
    quality.draw_usefulness(preview)
    changes.draw_revised(preview)
    if proposed := releasing.proposed():
        form.draw_proposed(proposed)
    else:
        form.draw(preview)
shelf.draw_releases()
