"""Columns that the profile of a sender does not know yet: left out or assigned by a click, and kept in it."""

from collections.abc import Mapping

import streamlit as st

from data.deliveries.format import schema
from data.deliveries.handin.waiting import Examined
from data.deliveries.profiles import additions
from data.deliveries.profiles.additions import NewColumns
from data.deliveries.profiles.problems import WrongProfileError
from data.deliveries.profiles.proposal import Proposal, ProposedColumn, ProposedTable
from pages.internal.handin import assignment, proposals, upload
from pages.reading import language
from pages.text.words import plain
from pages.work import actions

LEFT_OUT = ""  # as what a column is read that is not needed


def of(one: Examined) -> tuple[NewColumns, ...]:
    """What the profile with which this upload was read does not know of it."""
    profile = actions.profile_of(one)
    return additions.found(profile, one.groups, one.recognised) if profile else ()


def draw(one: Examined, new: tuple[NewColumns, ...], proposal: Proposal | None) -> None:
    """Ask what each new column is. The `proposal` knows how its values would be read."""
    t = language.words().t
    st.subheader(t("handin.new.heading"), anchor=False)
    st.markdown(t("handin.new.help"))
    chosen = [_asked(one.token or "", each, _like(each, proposal)) for each in new]
    st.button(
        t("handin.new.apply"),
        key="handin_new_apply",
        type="primary",
        disabled=not any(chosen),
        on_click=_apply,
        args=(one, new, chosen, proposal),
    )


def _asked(token: str, new: NewColumns, like: ProposedTable | None) -> dict[str, str]:
    """Heading -> the column of the format that it is read as, or `LEFT_OUT`; of those that were decided."""
    words = language.words()
    named = {field.name: assignment.called(field, words) for field in schema.tables()[new.to].fields}
    named[LEFT_OUT] = words.t("handin.new.left_out")
    decided: dict[str, str] = {}
    for heading in new.headings:
        examples = ", ".join(like.examples[heading]) if like else ""
        picked = st.selectbox(
            words.t("handin.new.column", name=plain(" – ".join(filter(None, (heading, examples))))),
            [LEFT_OUT, *(each for each in new.free if each not in decided.values())],
            index=None,
            format_func=named.__getitem__,
            placeholder=words.t("handin.mapping.choose"),
            key=f"handin_new_{token}_{new.at}_{heading}",
        )
        if picked is not None:
            decided[heading] = picked
    return decided


def _like(new: NewColumns, proposal: Proposal | None) -> ProposedTable | None:
    """The table of the proposal that has these headings."""
    tables = proposal.tables if proposal else ()
    return next((each for each in tables if set(new.headings) <= each.examples.keys()), None)


def _apply(
    one: Examined,
    new: tuple[NewColumns, ...],
    chosen: list[Mapping[str, str]],
    proposal: Proposal | None,
) -> None:
    profile = actions.profile_of(one)
    if profile is None or one.token is None:
        return
    try:
        for each, decided in zip(new, chosen, strict=True):
            left_out = [heading for heading, to in decided.items() if to == LEFT_OUT]
            profile = additions.extended(profile, each, left_out, _read(decided, _like(each, proposal)))
    except (additions.NotWrittenError, WrongProfileError):
        st.session_state["handin_said"] = ("error", "handin.new.by_hand")
        return
    upload.follow(actions.again(one.token, profile.text, *upload.beside()))
    proposals.forget()


def _read(decided: Mapping[str, str], like: ProposedTable | None) -> list[ProposedColumn]:
    """As the proposal would read them, for the same column of the same table."""
    return [
        like.as_read(to, heading) if like else ProposedColumn(to, (heading,), 1.0)
        for heading, to in decided.items()
        if to != LEFT_OUT
    ]
