"""Rows of text as a real HTML table: a screen reader reads it, and it prints."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.notes import plain

NARROW = 4


def draw(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    alt: str,
    right: Iterable[int] = (),
    place: DeltaGenerator | None = None,
) -> None:
    """A table of plain texts, nothing in them taken for markup. `right` are the positions of numbers."""
    frame = pd.DataFrame(
        [[plain(cell) for cell in row] for row in rows],
        columns=[plain(heading) for heading in headings],
        dtype="str",
    )
    # Streamlit aligns every text to the left, in the cell itself.
    styles = [{"selector": f".col{at}", "props": [("text-align", "right !important")]} for at in right]
    (place or st).table(
        frame.style.set_table_styles(styles),  # type: ignore[arg-type]
        border="horizontal",
        width="content" if len(headings) <= NARROW else "stretch",
        hide_index=True,
        alt=alt,
    )
