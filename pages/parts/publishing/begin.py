"""The button that works out what would change."""

import streamlit as st

from pages.parts import language
from pages.parts.publishing import progress, work


def button(*, again: bool) -> None:
    """Work out what would change."""
    st.button(
        language.words().t("publishing.again" if again else "publishing.prepare"),
        key="publishing_prepare",
        type="secondary" if again else "primary",
        disabled=progress.busy(),
        on_click=_prepare,
    )


def _prepare() -> None:
    progress.follow(work.prepare())
