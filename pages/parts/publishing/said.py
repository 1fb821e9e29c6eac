"""What came of the work on a release, as a sentence."""

import streamlit as st

from data.releases.manifest import Manifest
from pages.parts import jobs, language
from pages.parts.notes import plain


def told(job: jobs.Job) -> None:
    """A preview speaks for itself; a release and an error are told."""
    words = language.words()
    if isinstance(job.result, Manifest):
        st.success(words.t("publishing.done", name=plain(job.result.name)))
    elif job.result is None:
        key = job.error if job.error in words.table("publishing", "error") else "other"
        st.error(words.t(f"publishing.error.{key}", reference=plain(job.reference)))
