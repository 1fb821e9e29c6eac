"""Choose files, say who hands in, and follow the examination."""

import streamlit as st

from data.deliveries.profiles.proposal import Proposal
from pages.internal.handin import messages, proposals
from pages.reading import address, language
from pages.work import actions, jobs, signed_in

KINDS = ("csv", "txt", "tsv", "zip", "xlsx", "xlsm", "ods")
JOB, SENDER, DATE = "handin_job", "handin_sender", "handin_date"
HANDED_ON = "handin_handed_on"  # how many times: each time there is a new box for files


def form() -> None:
    """The upload, and how far the examination is."""
    t = language.words().t
    st.file_uploader(
        t("handin.files.label"),
        type=list(KINDS),
        accept_multiple_files=True,
        key=_files(),
        help=t("handin.files.help"),
    )
    kinds = ", ".join(kind.upper() for kind in KINDS)
    most = language.words().number(st.get_option("server.maxUploadSize"))
    st.caption(t("handin.files.limits", kinds=kinds, most=most))
    with st.expander(t("handin.single.label"), key="handin_single"):
        st.caption(t("handin.single.help"))
        st.text_input(t("handin.single.sender"), key=SENDER, max_chars=40)
        st.text_input(t("handin.single.date"), key=DATE, max_chars=10, placeholder="30.09.2026")
    ready = bool(st.session_state.get(_files()))
    st.button(
        t("handin.examine"), key="handin_examine", type="primary", disabled=not ready, on_click=_examine
    )
    if not ready:
        st.caption(t("handin.no_file"))
    _progress()


def beside() -> tuple[str, str]:
    """Sender and reporting date as said beside the files; empty where nothing was said."""
    sender, day = (str(st.session_state.get(key) or "").strip() for key in (SENDER, DATE))
    return sender, day


def working() -> bool:
    """Whether something is still being worked out."""
    job = jobs.find(str(st.session_state.get(JOB, "")))
    return job is not None and (not job.done or job.result is not None)


def follow(job: jobs.Job) -> None:
    """Show this job from now on."""
    st.session_state[JOB] = job.id


def _files() -> str:
    return f"handin_files_{st.session_state.get(HANDED_ON, 0)}"


def _examine() -> None:
    """Hand them on. The box is empty then, and this page keeps nothing of them."""
    files = [(file.name, file.getvalue()) for file in st.session_state[_files()]]
    follow(actions.examine(files, *beside()))
    signed_in.put_down()
    st.session_state[HANDED_ON] = st.session_state.get(HANDED_ON, 0) + 1


def take() -> None:
    """Keep what the last work came to, if it has ended.

    Before anything is drawn: the address takes a token only until its field is drawn, and a run that the
    reader interrupts between forgetting the work and keeping its result would lose it.
    """
    job = jobs.find(str(st.session_state.get(JOB, "")))
    if job is None or not _says_something(job):
        return
    st.session_state.pop(JOB)
    if isinstance(job.result, Proposal):
        proposals.remember(job.result)
        return
    if getattr(job.result, "token", None):
        address.write("upload", job.result.token)
    st.session_state["handin_result"] = job
    if job.result is None and address.read("upload"):
        st.session_state["handin_said"] = ("error", messages.error(job), job.reference or job.message)


def _says_something(job: jobs.Job) -> bool:
    """Whether work has ended, and not only in new figures: then the page stays as it is."""
    return job.done and (job.result is not None or bool(job.message or job.reference))


@st.fragment(run_every=1.0)
def _progress() -> None:
    job = jobs.find(str(st.session_state.get(JOB, "")))
    if job is None:
        return
    t = language.words().t
    if _says_something(job):
        st.rerun()
    if job.done:
        st.success(t("handin.built"))
        return
    step = job.step
    about = f"{step.done}/{step.of}" if step.of else step.about
    working = t("handin.working", stage=t(f"handin.stage.{step.stage}"), about=about)
    st.status(working, state="running")
    st.caption(t("handin.may_leave"))
