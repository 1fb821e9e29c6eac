"""What measures mean: one below its figure, every one on the page Methoden."""

import streamlit as st

from data import measures
from pages.parts.notes import plain
from pages.parts.words import Words


def one(name: str, words: Words) -> None:
    """What a measure is, what it is for, and what it is worked out from."""
    measure = measures.register()[name]
    parts = ("definition", "why", "numerator", "denominator")
    texts = {part: measure.text(part, words.lang) for part in parts}
    st.markdown(f"**{plain(measure.text('name', words.lang))}**")
    lines = [plain(texts["definition"]), plain(texts["why"])]
    lines += [
        words.t(f"show.measure.{part}", text=plain(texts[part]))
        for part in ("numerator", "denominator")
        if texts[part]
    ]
    lines.append(words.t("show.measure.source", text=plain(measure.source)))
    st.markdown("  \n".join(lines))


def every(words: Words) -> None:
    """All measures in the order of the register, each folded under its name."""
    for measure in measures.register().values():
        with st.expander(plain(measure.text("name", words.lang)), key=f"measure_{measure.id}"):
            one(measure.id, words)
