"""The language of a reader: in the address as `lang`, German unless it says otherwise."""

import streamlit as st

from pages.parts import address
from pages.parts.words import Words, of

LANGUAGES = {"de": "Deutsch", "en": "English"}

# Streamlit serves <html lang="en">; a screen reader would read German with English sounds.
_DECLARE = st.components.v2.component(
    "language",
    js="""
export default function ({ data }) { document.documentElement.lang = data }
""",
)


def chosen() -> str:
    """The language of this reader."""
    lang = address.read("lang")
    return lang if lang in LANGUAGES else "de"


def words() -> Words:
    """The words of this reader's language."""
    return of(chosen())


def declare() -> None:
    """Tell the browser which language the page is in."""
    with st.container(key="declared_language"):
        _DECLARE(key="declared", data=chosen())


def switch() -> None:
    """A button to the other language, named in that language."""
    other = next(lang for lang in LANGUAGES if lang != chosen())
    st.button(
        LANGUAGES[other],
        key="switch_language",
        type="tertiary",
        icon=":material/translate:",
        on_click=address.write,
        args=("lang", other),
    )
