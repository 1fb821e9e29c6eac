"""The buttons that prepare a release and publish it, and what is asked for before: name, note, embargo."""

from datetime import datetime, time, timedelta

import streamlit as st

from data.foundation.errors import DashboardError
from data.releases.approval import Proposal
from data.releases.preview import Preview
from pages.internal.release import progress
from pages.reading import language
from pages.text.words import plain
from pages.work import releasing

NAME, NOTE = "publishing_name", "publishing_note"
LATER, DAY, HOUR = "publishing_later", "publishing_day", "publishing_hour"


def draw_begin(*, again: bool) -> None:
    """Work out what would change."""
    st.button(
        language.words().t("publishing.again" if again else "publishing.prepare"),
        key="publishing_prepare",
        type="secondary" if again else "primary",
        disabled=progress.busy(),
        on_click=_prepare,
    )


def draw(new: Preview) -> None:
    """Ask for what is needed, and publish."""
    t = language.words().t
    st.header(t("publishing.form.heading"), anchor=False)
    # Another preview has another name; what was written for the last one would stay in the field.
    together = releasing.two_people()
    name = st.text_input(
        t("publishing.form.name"),
        value=new.draft.name,
        key=f"{NAME}_{new.draft.sha256[:8]}",
        max_chars=40,
        help=t("publishing.form.name_help"),
        disabled=together,  # another name would be another preview than the one that is proposed
    ).strip()
    needed = bool(new.draft.revised) or (new.before is not None and new.draft.starts_series)
    note = st.text_area(
        t("publishing.form.note_needed" if needed else "publishing.form.note"),
        key=NOTE,
        max_chars=500,
        help=t("publishing.form.note_help"),
    ).strip()
    until = _embargo()
    reasons = [
        reason
        for reason, holds in (
            ("name", not releasing.name_is_free(name)),
            ("note", needed and not note),
            ("embargo", until is not None and until <= datetime.now().astimezone()),
            ("tests", not new.may_be_published),
        )
        if holds
    ]
    st.button(
        t("publishing.form.propose" if together else "publishing.form.do"),
        key="publishing_do",
        type="primary",
        disabled=bool(reasons) or progress.busy(),
        on_click=_propose if together else _publish,
        args=(note, until) if together else (name, note, until),
    )
    for reason in reasons:
        st.caption(t(f"publishing.form.missing.{reason}"))


def _embargo() -> datetime | None:
    """From when on the release is to serve, in the time of this machine; None for at once."""
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


def _prepare() -> None:
    progress.follow(releasing.prepare())


def draw_proposed(found: Proposal) -> None:
    """What somebody proposed: another one confirms it, or sends it back."""
    words = language.words()
    t, at = words.t, datetime.fromisoformat(found.at).astimezone()
    own = releasing.is_own(found)
    st.header(t("publishing.proposed.heading"), anchor=False)
    lines = [
        t("publishing.proposed.by", by=plain(found.by), name=plain(found.name), date=words.date(at.date())),
        t("publishing.proposed.embargo", at=plain(found.embargo)) if found.embargo else "",
        t("publishing.shelf.note", note=plain(found.note)) if found.note else "",
        t("publishing.proposed.own" if own else "publishing.proposed.other"),
    ]
    st.markdown("  \n".join(line for line in lines if line))
    with st.container(horizontal=True):
        st.button(
            t("publishing.proposed.confirm"),
            key="publishing_confirm",
            type="primary",
            disabled=own or progress.busy(),
            on_click=_confirm,
            args=(found,),
        )
        st.button(t("publishing.proposed.withdraw"), key="publishing_withdraw", on_click=releasing.withdraw)


def _propose(note: str, until: datetime | None) -> None:
    try:
        releasing.propose(note, until)
    except DashboardError as error:
        progress.say(type(error).__name__)


def _confirm(found: Proposal) -> None:
    progress.follow(releasing.confirm(found))


def _publish(name: str, note: str, until: datetime | None) -> None:
    progress.follow(releasing.publish(name, note, until))
