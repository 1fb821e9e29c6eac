"""Places side by side: one line per measure, one column per area."""

import pandas as pd
import streamlit as st

from data.disclosure.published import Published, Role
from pages.parts import language, show
from pages.parts.notes import plain


def table(published: Published, *, by: str, heading: str, key: str) -> None:
    """Every number of a `Published` with one row per value of `by`, turned on its side."""
    words = language.words()
    names = [column for column in published.columns if column.role is not Role.DIMENSION]
    frame = pd.DataFrame(
        [
            [plain(words.label(column.name))]
            + [plain(words.cell(cell, column.name, column.role)) for cell in published.column(column.name)]
            for column in names
        ],
        columns=[words.t("municipality.measure")]
        + [plain(words.place_or_category(str(value), by)) for value in published.column(by)],
        dtype="str",
    )
    with show.framed(published, heading=heading, key=key):
        style = frame.style.set_properties(subset=list(frame.columns[1:]), **{"text-align": "right"})
        st.table(style, border="horizontal", hide_index=True, alt=plain(heading))
