"""How far the work on a release is, and what came of it. It goes on without anybody looking."""

import streamlit as st

from pages.parts import jobs, language
from pages.parts.publishing import said, work

FOLLOWED, SAID = "publishing_followed", "publishing_said"


def busy() -> bool:
    """Whether a release or a preview is being made now."""
    job = work.running()
    return job is not None and not job.done


def follow(job: jobs.Job) -> None:
    """Tell this reader what comes of it."""
    st.session_state[FOLLOWED] = job.id


def noticed() -> None:
    """Follow the work that runs, before the page looks for what came of it: it may end in between."""
    job = work.running()
    if job is not None and not job.done:
        follow(job)


def shown() -> None:
    """What came of the last work, once; then how far the work is that runs."""
    job: jobs.Job | None = st.session_state.pop(SAID, None)
    if job is not None:
        said.told(job)
    _running()


@st.fragment(run_every=1.0)
def _running() -> None:
    job = work.running()
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
