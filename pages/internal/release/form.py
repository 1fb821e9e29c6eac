"""Name, note and embargo of the release, and the button."""

from datetime import datetime

import streamlit as st

from data.releases.preview import Preview
from pages.parts import language
from pages.parts.publishing import embargo, progress, work

NAME, NOTE = "publishing_name", "publishing_note"


def shown(told: Preview) -> None:
    """Ask for what is needed, and publish."""
    t = language.words().t
    st.header(t("publishing.form.heading"), anchor=False)
    # Another preview has another name; what was written for the last one would stay in the field.
    name = st.text_input(
        t("publishing.form.name"),
        value=told.draft.name,
        key=f"{NAME}_{told.draft.sha256[:8]}",
        max_chars=40,
        help=t("publishing.form.name_help"),
    ).strip()
    needed = bool(told.draft.revised) or (told.before is not None and told.draft.starts_series)
    note = st.text_area(
        t("publishing.form.note_needed" if needed else "publishing.form.note"),
        key=NOTE,
        max_chars=500,
        help=t("publishing.form.note_help"),
    ).strip()
    until = embargo.asked()
    reasons = [
        reason
        for reason, holds in (
            ("name", not work.name_is_free(name)),
            ("note", needed and not note),
            ("embargo", until is not None and until <= datetime.now().astimezone()),
            ("tests", not told.may_be_published),
        )
        if holds
    ]
    st.button(
        t("publishing.form.do"),
        key="publishing_do",
        type="primary",
        disabled=bool(reasons) or progress.busy(),
        on_click=_publish,
        args=(name, note, until),
    )
    for reason in reasons:
        st.caption(t(f"publishing.form.missing.{reason}"))


def _publish(name: str, note: str, until: datetime | None) -> None:
    progress.follow(work.publish(name, note, until))
