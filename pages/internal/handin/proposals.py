"""The proposed assignment of an upload: made once by itself, kept until it is applied or discarded."""

import streamlit as st

from data.deliveries.handin.waiting import Examined
from data.deliveries.profiles.proposal import Proposal
from pages.work import actions
from pages.work.jobs import Job

PROPOSAL, ASKED_FOR = "handin_proposal", "handin_proposal_asked_for"
TEXT, BY_HAND = "handin_profile", "handin_profile_by_hand"


def of(token: str) -> Proposal | None:
    """The proposal for this upload, if there is one."""
    kept: tuple[str, Proposal] | None = st.session_state.get(PROPOSAL)
    return kept[1] if kept and kept[0] == token else None


def due(one: Examined) -> bool:
    """Whether one is to be made without being asked: files of another shape that nobody assigned yet."""
    asked = st.session_state.get(ASKED_FOR) == one.token
    return not asked and not one.profile and of(one.token or "") is None and actions.is_other(one)


def wanted(token: str) -> bool:
    """Whether nobody has asked for one yet."""
    return st.session_state.get(ASKED_FOR) != token and of(token) is None


def ask(token: str) -> Job:
    """Begin to work one out. What is said of the files stays until it is there."""
    forget()
    st.session_state[ASKED_FOR] = token
    return actions.propose(token)


def remember(proposal: Proposal) -> None:
    """The one that was asked for."""
    st.session_state[PROPOSAL] = (st.session_state.get(ASKED_FOR, ""), proposal)


def forget() -> None:
    """Discard it, with what was written by hand. It does not come back by itself."""
    for name in (PROPOSAL, TEXT, BY_HAND):
        st.session_state.pop(name, None)
