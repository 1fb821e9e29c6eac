"""What the symbols in the tables mean."""

import streamlit as st

from data.disclosure.published import Gap
from pages.parts import language


def explained() -> None:
    """Withheld and unknown, under a table."""
    t = language.words().t
    st.caption(
        f"{t('show.withheld', symbol=Gap.WITHHELD.value)}  \n{t('show.unknown', symbol=Gap.UNKNOWN.value)}"
    )
