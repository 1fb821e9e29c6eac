"""Whether it may be published: every rule checked once more, and the attacks."""

import streamlit as st

from data.releases.preview import Preview
from pages.parts import language
from pages.parts.notes import plain


def protection(told: Preview) -> None:
    """Verification and red team, in words."""
    t = language.words().t
    st.subheader(t("publishing.tested.heading"), anchor=False)
    if told.draft.broken:
        st.error(t("publishing.tested.broken", rules="  \n".join(plain(each) for each in told.draft.broken)))
    else:
        st.markdown(t("publishing.tested.sound"))
    attacked = told.draft.red_team
    key = "not_attacked" if not attacked else "withstood" if attacked["passed"] else "named"
    (st.error if key == "named" else st.markdown)(t(f"publishing.tested.{key}"))
