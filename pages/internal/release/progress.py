"""How far the work on a release is, and what came of it. It goes on without anybody looking."""

import streamlit as st

from data.releases.manifest import Manifest
from pages.reading import language
from pages.text.words import plain
from pages.work import jobs, releasing

FOLLOWED, SAID = "publishing_followed", "publishing_said"


def busy() -> bool:
    """Whether a release or a preview is being made now."""
    job = releasing.running()
    return job is not None and not job.done


def follow(job: jobs.Job) -> None:
    """Tell this reader what comes of it."""
    st.session_state[FOLLOWED] = job.id


def say(error: str) -> None:
    """Tell this reader of an error that came at once."""
    st.session_state[SAID] = jobs.Job("", releasing.BY, done=True, error=error)


def noticed() -> None:
    """Follow the work that runs, before the page looks for what came of it: it may end in between."""
    job = releasing.running()
    if job is not None and not job.done:
        follow(job)


def draw() -> None:
    """What came of the last work, once; then how far the work is that runs."""
    job: jobs.Job | None = st.session_state.pop(SAID, None)
    if job is not None:
        _outcome(job)
    _running()


def _outcome(job: jobs.Job) -> None:
    """A preview speaks for itself; a release and an error have a sentence."""
    words = language.words()
    if isinstance(job.result, Manifest):
        st.success(words.t("publishing.done", name=plain(job.result.name)))
    elif job.result is None:
        key = job.error if job.error in words.table("publishing", "error") else "other"
        st.error(words.t(f"publishing.error.{key}", reference=plain(job.reference)))


@st.fragment(run_every=1.0)
def _running() -> None:
    job = releasing.running()
    if job is None:
        return
    t = language.words().t
    if not job.done:
        follow(job)
        step = job.step
        share = step.done / step.of if step.of else 0.0
        st.progress(share, text=t(f"publishing.stage.{step.stage}", done=step.done, of=step.of or "?"))
        st.caption(t("publishing.may_leave"))
    elif st.session_state.get(FOLLOWED) == job.id:
        st.session_state.pop(FOLLOWED)
        st.session_state[SAID] = job
        st.rerun()
