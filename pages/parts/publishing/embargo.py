"""From when on a release serves."""

from datetime import datetime, time, timedelta

import streamlit as st

from pages.parts import language

LATER, DAY, HOUR = "publishing_later", "publishing_day", "publishing_hour"


def asked() -> datetime | None:
    """The end of the embargo, in the time of this machine; None if there is none."""
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
