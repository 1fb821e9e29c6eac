"""How much a release shows: of the cells, and of the people in them."""

import streamlit as st

from data.releases.preview import Preview
from pages.parts import grid, language

# People counselled, in the three grains that pages use most, stand for all.
USEFUL = (("kreis", "month"), ("gemeinde", "year"), ("gemeinde", "quarter"))


def shown(told: Preview) -> None:
    """Share of cells shown and of people covered."""
    words = language.words()
    st.subheader(words.t("publishing.useful.heading"), anchor=False)
    entries = {
        (each["level"], each["grain"]): each
        for each in told.draft.useful.get("cases", ())
        if each["count"] == "active_cases"
    }
    rows = []
    for level, grain in USEFUL:
        found = entries.get((level, grain), {})
        shares = [found.get(name) for name in ("shown_share", "covered")]
        told_shares = ["." if share is None else words.percent(share, 0) for share in shares]
        rows.append([words.t(f"publishing.useful.{level}_{grain}"), *told_shares])
    headings = [words.t(f"publishing.useful.{name}") for name in ("what", "shown", "covered")]
    grid.draw(headings, rows, alt=words.t("publishing.useful.heading"), right=[1, 2])
    st.caption(words.t("publishing.useful.note"))
