"""How every page looks: its sign in the browser and its styles, read once and sent as one element."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

_PAGES = Path(__file__).parents[1]


def begin() -> None:
    """At the beginning of a run, before anything else is shown."""
    sign, styles = _read()
    st.set_page_config(layout="wide", page_icon=sign)
    st.html(f"<style>{styles}</style>")


@lru_cache(maxsize=1)
def _read() -> tuple[str, str]:
    # As one sheet they are long enough for Streamlit to let a browser keep them from run to run.
    sheets = sorted(_PAGES.rglob("*.css"), key=lambda sheet: sheet.name)
    sign = _PAGES / "reading" / "frame.svg"
    return sign.read_text(encoding="utf-8"), "\n".join(each.read_text(encoding="utf-8") for each in sheets)
