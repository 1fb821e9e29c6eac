"""An office's columns and those of the export format: a proposal to confirm, edit or discard."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.deliveries.handin.waiting import Examined
from data.deliveries.profiles.proposal import Proposal, ProposedTable
from pages.internal.handin import assignment, newcolumns, proposals, upload
from pages.reading import language
from pages.text.words import plain
from pages.work import actions


def draw(one: Examined) -> None:
    """The whole step. The proposal comes by itself where files have another shape than the format."""
    t = language.words().t
    token = one.token or ""
    new = newcolumns.of(one)
    if proposals.due(one) or (new and proposals.wanted(token)):
        _propose(token)
        st.rerun()
    if any(each.profile for each in one.recognised):
        st.caption(t("handin.mapping.used"))
    proposal = proposals.of(token)
    if new and (proposal is not None or not upload.working()):
        newcolumns.draw(one, new, proposal)
    elif proposal is not None:
        st.subheader(t("handin.mapping.proposal"), anchor=False)
        _confirm(one, proposal)
    elif upload.working():
        st.caption(t("handin.stage.propose"))
    else:
        with st.expander(t("handin.mapping.heading"), expanded=actions.is_other(one), key="handin_mapping"):
            st.markdown(t("handin.mapping.help"))
            st.button(t("handin.mapping.propose"), key="handin_propose", on_click=_propose, args=(token,))


def _confirm(one: Examined, proposal: Proposal) -> None:
    t = language.words().t
    token = one.token or ""
    if proposal.tables:
        st.markdown(t("handin.mapping.confirm"))
    if proposal.fits_no_table:
        st.info(t("handin.mapping.unread", names=", ".join(plain(name) for name in proposal.fits_no_table)))
    if proposal.guarded:
        st.warning(t("handin.mapping.guarded", names=", ".join(plain(name) for name in proposal.guarded)))
    tables = _assigned(token, proposal.tables)
    text, problems = "", True
    if tables:
        text = _text(replace(proposal, tables=tables).text)
        problems = _problems(text)
    nameless = bool(tables) and not _says_who(one, [each.to for each in tables])
    if nameless:
        st.info(t("handin.mapping.who", label=t("handin.single.label")))
    with st.container(horizontal=True):
        if tables:
            st.button(
                t("handin.mapping.apply"),
                key="handin_apply",
                type="primary",
                disabled=problems or nameless,
                on_click=_apply,
                args=(token, text),
            )
        st.button(t("handin.mapping.discard"), key="handin_proposal_discard", on_click=proposals.forget)


def _assigned(token: str, proposed: Sequence[ProposedTable]) -> tuple[ProposedTable, ...]:
    """The tables as a person assigned them; goals in columns follow the cases of their sheet."""
    drawn: list[ProposedTable] = []
    for each in proposed:
        cases = [one for one in drawn if (one.file, one.sheet, one.repeat) == (each.file, each.sheet, None)]
        drawn.append(assignment.draw(token, each.with_cases(cases)))
    return tuple(drawn)


def _problems(text: str) -> bool:
    words = language.words()
    problems = actions.profile_problems(text)
    for problem in problems:
        said, remedy = (plain(words.pick(text)) for text in (problem.message, problem.remedy))
        st.warning(words.t("handin.mapping.problem", line=problem.line, message=said, remedy=remedy))
    return bool(problems)


def _says_who(one: Examined, tables: list[str]) -> bool:
    """Whether sender and reporting date are known, or will be read."""
    sender, day = upload.beside()
    return bool(
        one.head or "lieferung" in tables or (sender and day) or (one.sender_given and one.date_given)
    )


def _text(proposed: str) -> str:
    """The profile: as assigned above, or as corrected by hand."""
    t = language.words().t
    by_hand = st.toggle(t("handin.mapping.by_hand"), key=proposals.BY_HAND)
    if not by_hand:
        return proposed
    if proposals.TEXT not in st.session_state:
        st.session_state[proposals.TEXT] = proposed
    return st.text_area(t("handin.mapping.profile"), key=proposals.TEXT, height=400)


def _propose(token: str) -> None:
    upload.follow(proposals.ask(token))


def _apply(token: str, text: str) -> None:
    upload.follow(actions.again(token, text, *upload.beside()))
    proposals.forget()
