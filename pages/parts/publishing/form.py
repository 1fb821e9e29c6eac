"""Name, note and embargo of the release, and the button."""

from datetime import datetime, time, timedelta

import streamlit as st

from data.releases.preview import Preview
from pages.parts import language
from pages.parts.publishing import progress, work

NAME, NOTE, LATER, DAY, HOUR = (f"publishing_{each}" for each in ("name", "note", "later", "day", "hour"))


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
    needed = bool(told.draft.revised)
    note = st.text_area(
        t("publishing.form.note_needed" if needed else "publishing.form.note"),
        key=NOTE,
        max_chars=500,
        help=t("publishing.form.note_help"),
    ).strip()
    embargo = _embargo()
    reasons = [
        reason
        for reason, holds in (
            ("name", not work.name_is_free(name)),
            ("note", needed and not note),
            ("embargo", embargo is not None and embargo <= datetime.now().astimezone()),
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
        args=(name, note, embargo),
    )
    for reason in reasons:
        st.caption(t(f"publishing.form.missing.{reason}"))


def _embargo() -> datetime | None:
    t = language.words().t
    if not st.toggle(t("publishing.form.later"), key=LATER, help=t("publishing.form.later_help")):
        return None
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    left, right = st.columns(2)
    with left:
        day = st.date_input(t("publishing.form.day"), value=tomorrow.date(), key=DAY, format="DD.MM.YYYY")
    with right:
        hour = st.time_input(t("publishing.form.hour"), value=time(9), key=HOUR)
    return datetime.combine(day, hour).astimezone() if day and hour else None


def _publish(name: str, note: str, embargo: datetime | None) -> None:
    progress.follow(work.publish(name, note, embargo))
