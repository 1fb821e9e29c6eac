"""The language of a reader: in the address as `lang`, German unless it says otherwise."""

import streamlit as st

from data.foundation.languages import DEFAULT
from pages.reading import address
from pages.text.words import Words, of, spoken

# Streamlit serves <html lang="en">; a screen reader would read German with English sounds.
_DECLARE = st.components.v2.component(
    "language",
    js="""
export default function ({ data }) { document.documentElement.lang = data }
""",
)


def offered() -> dict[str, str]:
    """The languages there are texts in, each by the name it has for itself; the first is the default."""
    return {lang: of(lang).name for lang in spoken()}


def chosen() -> str:
    """The language of this reader."""
    lang = address.read("lang")
    return lang if lang in spoken() else DEFAULT


def words() -> Words:
    """The words of this reader's language."""
    return of(chosen())


def declare() -> None:
    """Tell the browser which language the page is in."""
    with st.container(key="declared_language"):
        _DECLARE(key="declared", data=chosen())


def switch() -> None:
    """A button to each other language, named in that language."""
    others = {lang: name for lang, name in offered().items() if lang != chosen()}
    with st.container(key="switch_language", horizontal=True, width="content"):
        for lang, name in others.items():
            st.button(
                name,
                key=f"switch_language_{lang}",
                type="tertiary",
                icon=":material/translate:",
                on_click=address.write,
                args=("lang", lang),
            )
