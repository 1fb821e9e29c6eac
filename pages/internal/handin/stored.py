"""The deliveries in the store: who, as of when, in which state; take back, compare."""

import streamlit as st

from data.deliveries.store.deliveries import Stored
from data.foundation.errors import DashboardError
from pages.figures import tables
from pages.figures.table import entries
from pages.figures.table.entries import Entry
from pages.internal.handin import changes, upload
from pages.reading import language
from pages.text.words import Words, plain
from pages.work import actions


def draw() -> None:
    """The list, and under it what can be done with one of them."""
    words = language.words()
    t = words.t
    every = actions.stored()
    if not every:
        st.info(t("handin.stored.none"))
        return
    headings = [
        t(f"handin.stored.{name}") for name in ("sender", "date", "state", "who", "when", "findings", "cases")
    ]
    rows = [_row(one, words) for one in every]
    tables.grid(headings, rows, key="handin_stored", alt=t("handin.stored.heading"), right=(5, 6))
    _take_back(every, words)
    _compare(every, words)


def _row(one: Stored, words: Words) -> list[str | Entry]:
    return [
        one.sender_name,
        entries.of_day(one.reporting_date, words),
        words.t(f"handin.state.{one.state}"),
        one.handed_in_by or "–",
        entries.of_day(one.accepted_at.date(), words),
        words.number(sum((one.counts or {}).values())),
        words.number(one.rows.get("faelle", 0)),
    ]


def _named(one: Stored, words: Words) -> str:
    return f"{one.sender_name}, {words.date(one.reporting_date)} ({one.sha256[:8]})"


def _take_back(every: tuple[Stored, ...], words: Words) -> None:
    t = words.t
    standing = [one for one in every if one.state != "taken_back"]
    with st.expander(t("handin.undo.heading"), key="handin_undo"):
        st.markdown(t("handin.undo.help"))
        chosen = st.selectbox(
            t("handin.undo.which"),
            standing,
            index=None,
            format_func=lambda one: _named(one, words),
            placeholder=t("handin.mapping.choose"),
            key="undo_which",
        )
        reason = st.text_input(t("handin.undo.reason"), key="undo_reason", max_chars=200)
        if chosen is not None:
            st.button(
                t("handin.undo.do"),
                key="undo_do",
                disabled=not reason.strip(),
                on_click=_undo,
                args=(chosen.sha256, reason),
            )


def _undo(sha256: str, reason: str) -> None:
    try:
        actions.take_back(sha256, reason)
    except DashboardError as error:
        st.session_state["handin_said"] = ("error", f"handin.error.{type(error).__name__}")
        return
    st.session_state["handin_said"] = ("success", "handin.undo.done")
    upload.follow(actions.rebuild())


def _compare(every: tuple[Stored, ...], words: Words) -> None:
    t = words.t
    with st.expander(t("handin.compare.heading"), key="handin_compare"):
        after = st.selectbox(
            t("handin.compare.after"),
            every,
            index=None,
            format_func=lambda one: _named(one, words),
            placeholder=t("handin.mapping.choose"),
            key="compare_after",
        )
        others = [one for one in every if after and one.sender == after.sender and one.id != after.id]
        if after and not others:
            st.info(plain(t("handin.compare.only")))
        if not others:
            return
        before = st.selectbox(
            t("handin.compare.before"),
            others,
            index=None,
            format_func=lambda one: _named(one, words),
            placeholder=t("handin.mapping.choose"),
            key="compare_before",
        )
        if after and before:
            changes.draw(actions.compare(before, after))
