"""Protokoll: who did what, when, from where, and whether it was done."""

from datetime import UTC, datetime

import streamlit as st

from data.access.audit import DamagedAuditError, Entry
from pages.figures import tables
from pages.figures.table import entries as cells
from pages.reading import language
from pages.work import logged

NEWEST = 500

words = language.words()
t = words.t


def _row(one: Entry) -> list[str | cells.Entry]:
    at = datetime.fromisoformat(one.at).astimezone()
    return [
        cells.Entry(f"{words.date(at.date())} {at:%H:%M:%S}", at=one.number),
        one.who or "–",
        one.action,
        one.what or "–",
        one.address or "–",
        words.t(f"logbook.result.{one.result}") if one.result in ("done", "refused") else one.result,
    ]


with st.container(key="logbook_heading"):
    st.header(t("logbook.heading"), anchor=False)
st.markdown(t("logbook.explained"))
try:
    many = logged.sound()
    st.success(t("logbook.sound", count=words.number(many)))
except DamagedAuditError as error:
    st.error(t("logbook.damaged"))
    st.code(str(error), language=None)
    st.stop()

every = logged.entries()
who = st.text_input(t("logbook.filter"), key="logbook_filter", max_chars=60, help=t("logbook.filter_help"))
asked = who.strip().casefold()
found = [one for one in every if asked in f"{one.who} {one.action} {one.what} {one.result}".casefold()]
headings = [t(f"logbook.{name}") for name in ("at", "who", "action", "what", "address", "came")]
if found:
    rows = [_row(one) for one in found[:NEWEST]]
    tables.grid(headings, rows, key="logbook_entries", alt=t("logbook.heading"))
else:
    st.info(t("logbook.none"))
if len(found) > NEWEST:
    st.caption(t("logbook.more", count=words.number(len(found)), shown=words.number(NEWEST)))
st.download_button(
    t("logbook.export"),
    logged.export(),
    file_name=f"protokoll-{datetime.now(UTC):%Y-%m-%d}.csv",
    mime="text/csv",
    key="logbook_export",
    on_click="ignore",
)
