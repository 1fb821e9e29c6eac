"""Small tables of what a delivery says about itself. Every text in them is from outside."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts.notes import plain


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, alt: str, right: int = 0) -> None:
    """Rows of text as a real table; the last `right` columns hold numbers."""
    frame = pd.DataFrame([[plain(cell) for cell in row] for row in rows], columns=list(headings), dtype="str")
    style = frame.style.set_properties(
        subset=list(headings[len(headings) - right :]) if right else [], **{"text-align": "right"}
    )
    st.table(style, border="horizontal", hide_index=True, alt=plain(alt))
