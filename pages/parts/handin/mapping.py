"""Assign an office's columns to the export format: a proposal, its examples, a profile that is checked."""

from dataclasses import replace

import streamlit as st

from data.deliveries import schema
from data.deliveries.handing_in import Examined
from data.deliveries.profiles.proposal import Proposal, ProposedTable
from pages.parts import actions, language
from pages.parts.handin import upload
from pages.parts.notes import plain
from pages.parts.words import Words

TEXT, BY_HAND = "handin_profile", "handin_profile_by_hand"


def shown(one: Examined) -> None:
    """The whole step; open where files have another shape than the format."""
    t = language.words().t
    proposal: Proposal | None = st.session_state.get(upload.PROPOSAL)
    needed = one.refused and not any(group.rule == "guard" for group in one.groups)
    with st.expander(
        t("handin.mapping.heading"), expanded=needed or proposal is not None, key="handin_mapping"
    ):
        st.markdown(t("handin.mapping.help"))
        if one.profile:
            st.caption(t("handin.mapping.used"))
        st.button(t("handin.mapping.propose"), key="handin_propose", on_click=_propose, args=(one.token,))
        if proposal is None:
            return
        assigned = replace(proposal, tables=tuple(_table(table) for table in proposal.tables))
        text = _text(assigned.text)
        problems = actions.profile_problems(text)
        for problem in problems:
            said, remedy = (getattr(problem, f"{what}_{language.chosen()}") for what in ("message", "remedy"))
            st.warning(
                t("handin.mapping.problem", line=problem.line, message=plain(said), remedy=plain(remedy))
            )
        st.button(
            t("handin.mapping.apply"),
            key="handin_apply",
            type="primary",
            disabled=bool(problems),
            on_click=_apply,
            args=(one.token, text),
        )


def _table(table: ProposedTable) -> ProposedTable:
    """One table with a box for every column of the format."""
    words = language.words()
    fields = schema.tables()[table.to].fields
    label = words.t("handin.mapping.table", table=table.to, file=plain(table.sheet or table.file))
    with st.expander(label, key=f"mapping_{table.to}"):
        for number, column in enumerate(fields):
            if any(each.to == column.name and (each.key or each.constant) for each in table.columns):
                continue
            table = _column(table, column.name, column.required, number, words)
        if table.unknown:
            names = ", ".join(plain(name) for name in table.unknown)
            st.caption(words.t("handin.mapping.unknown", names=names))
    return table


def _column(table: ProposedTable, to: str, required: bool, number: int, words: Words) -> ProposedTable:
    now = next((each for each in table.columns if each.to == to), None)
    if now and len(now.headings) > 1:
        st.caption(words.t("handin.mapping.joined", to=to, names=plain(" + ".join(now.headings))))
        return table
    heading = now.headings[0] if now and now.headings else None
    # A goal that stands in the sheet of its case has the case's column as well.
    headings = list(dict.fromkeys([*table.examples, *([heading] if heading else [])]))
    sure = words.t("handin.mapping.sure", share=words.percent(now.confidence, 0)) if now and heading else ""
    chosen = st.selectbox(
        words.t("handin.mapping.column", to=to, required=" *" if required else "", sure=sure),
        headings,
        index=headings.index(heading) if heading in headings else None,
        format_func=lambda name: _with_examples(name, table),
        placeholder=words.t("handin.mapping.none"),
        key=f"mapping_{table.to}_{number}",
    )
    date = now.date if now and chosen == heading else None
    if now and now.question and chosen == heading:
        date = st.selectbox(
            words.t("handin.mapping.date", to=to),
            now.question,
            index=None,
            key=f"mapping_date_{table.to}_{number}",
            placeholder=words.t("handin.mapping.choose"),
        )
    return table.assigned(to, chosen, date)


def _with_examples(heading: str, table: ProposedTable) -> str:
    examples = ", ".join(value[:20] for value in table.examples.get(heading, ()) if value)
    return f"{heading} – {examples}" if examples else heading


def _text(proposed: str) -> str:
    """The profile: as assigned above, or as corrected by hand."""
    t = language.words().t
    by_hand = st.toggle(t("handin.mapping.by_hand"), key=BY_HAND)
    if not by_hand:
        return proposed
    if TEXT not in st.session_state:
        st.session_state[TEXT] = proposed
    return st.text_area(t("handin.mapping.profile"), key=TEXT, height=400)


def _propose(token: str) -> None:
    for name in (upload.PROPOSAL, TEXT, BY_HAND):
        st.session_state.pop(name, None)
    upload.follow(actions.propose(token, upload.by()))


def _apply(token: str, text: str) -> None:
    upload.follow(actions.again(token, upload.by(), text))
    for name in (upload.PROPOSAL, TEXT, BY_HAND):
        st.session_state.pop(name, None)
