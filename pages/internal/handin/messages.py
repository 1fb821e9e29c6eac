"""What the page says back: results of a decision, failed work, uploads that wait."""

import streamlit as st

from data.deliveries.handin.waiting import Examined
from pages.reading import address, language
from pages.text.words import plain
from pages.work import actions
from pages.work.jobs import Job

SAYS = {"error": st.error, "success": st.success, "info": st.info}


def draw_last() -> None:
    """The answer to the last click, once."""
    kind, key, *reference = st.session_state.pop("handin_said", ("", ""))
    if kind:
        t = language.words().t
        try:
            text = t(key, reference=plain("".join(reference)))
        except KeyError:
            text = t("handin.error.other", reference="")
        SAYS[kind](text)


def error(job: Job) -> str:
    """The sentence for work that failed."""
    known = job.error in language.words().table("handin", "error")
    return f"handin.error.{job.error if known else 'other'}"


def last_not_waiting() -> Examined | None:
    """The result of the last examination where nothing of it is kept: stored already, unreadable, refused."""
    job: Job | None = st.session_state.get("handin_result")
    if job is None:
        return None
    if job.result is None and (job.message or job.reference):
        st.error(language.words().t(error(job), reference=plain(job.reference or job.message)))
        return None
    return job.result if isinstance(job.result, Examined) and not job.result.token else None


def draw_waiting(token: str) -> None:
    """Other uploads that wait for a decision, each a click away."""
    words = language.words()
    others = [one for one in actions.waiting() if one.token != token]
    if not others:
        return
    st.subheader(words.t("handin.waiting.heading"), anchor=False)
    for one in others:
        name = one.head.name if one.head else one.path
        label = words.t(
            "handin.waiting.one",
            name=plain(name),
            by=plain(one.by or "–"),
            date=words.date(one.examined_at.date()),
        )
        st.button(
            label,
            key=f"waiting_{one.token}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=address.write,
            args=("upload", one.token),
        )
