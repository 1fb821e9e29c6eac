"""Printing: charts are drawn for the window, so before paper they are drawn again, as wide as the paper."""

from pathlib import Path

import streamlit as st

from pages.reading.language import words

_BUTTON = st.components.v2.component(
    "print",
    html='<button type="button"></button>',
    css="""
button {
    font: inherit;
    font-size: 0.875rem;
    color: var(--st-text-color);
    background: none;
    border: 0;
    padding: 0.25rem 0.5rem;
    cursor: pointer;
}
button:focus-visible {
    outline: 2px solid var(--st-primary-color);
}
""",
    js=(Path(__file__).parent / "print.js").read_text(encoding="utf-8"),
)


def button() -> None:
    """A button that prints this page on A4."""
    with st.container(key="print", width="content"):
        _BUTTON(key="print_button", data=words().t("frame.print"), width="content")
