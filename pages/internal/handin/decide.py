"""One examined upload: what was recognised and found, what it changes, and the decision."""

import streamlit as st

from data.deliveries.handin.waiting import Examined
from data.foundation.errors import DashboardError
from pages.internal.handin import changes, findings, mapping, upload
from pages.reading import address, language
from pages.text.words import plain
from pages.work import actions

REASON = "handin_reason"


def draw(one: Examined) -> None:
    """Everything about one upload, in the order of the questions that a sender has."""
    words = language.words()
    t = words.t
    head = one.head
    st.header(t("handin.examined.heading", name=plain(head.name if head else one.path)), anchor=False)
    if head:
        st.markdown(
            t("handin.examined.head", sender=plain(head.sender), date=words.date(head.reporting_date))
        )
    _verdict(one)
    st.subheader(t("handin.recognised.heading"), anchor=False)
    findings.draw_recognised(one)
    if one.token:
        mapping.draw(one)
    st.subheader(t("handin.findings.heading"), anchor=False)
    findings.draw_findings(one)
    if one.comparison:
        st.subheader(t("handin.changes.heading"), anchor=False)
        changes.draw(one.comparison)
    if one.token:
        _buttons(one)


def _verdict(one: Examined) -> None:
    t = language.words().t
    if one.already_stored:
        st.info(t("handin.verdict.stored"))
    elif actions.is_other(one) and not one.profile and one.token:
        st.warning(t("handin.verdict.shape"))
    elif one.refused:
        st.error(t("handin.verdict.refused"))
    elif one.needs_confirmation:
        st.warning(t("handin.verdict.confirm"))
    else:
        st.success(t("handin.verdict.good"))
    if one.hidden_from_guard and one.token:
        other = actions.is_other(one) and not one.profile
        st.info(t("handin.verdict.unseen" if other else "handin.verdict.unread"))


def _buttons(one: Examined) -> None:
    t = language.words().t
    if one.needs_confirmation:
        st.text_area(t("handin.reason.label"), key=REASON, max_chars=500, help=t("handin.reason.help"))
    given = bool(str(st.session_state.get(REASON) or "").strip())
    with st.container(horizontal=True):
        st.button(
            t("handin.accept"),
            key="handin_accept",
            type="primary",
            disabled=not one.acceptable or (one.needs_confirmation and not given),
            on_click=_accept,
            args=(one.token,),
        )
        st.button(t("handin.discard"), key="handin_discard", on_click=_discard, args=(one.token,))


def _accept(token: str) -> None:
    try:
        imported = actions.accept(token, str(st.session_state.get(REASON) or ""))
    except DashboardError as error:
        st.session_state["handin_said"] = ("error", f"handin.error.{type(error).__name__}")
        return
    if imported.accepted:
        st.session_state["handin_said"] = ("success", "handin.accepted")
        address.write("upload", "")
        upload.follow(actions.rebuild())


def _discard(token: str) -> None:
    actions.discard(token)
    address.write("upload", "")
    st.session_state["handin_said"] = ("info", "handin.discarded")
