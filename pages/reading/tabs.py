"""The parts of a page, behind tabs: what is not open is not asked and not drawn. Each has its own address.

The tabs are links in one element (`browser/links.js` moves among them); Streamlit's own are one each, and one
more for what is in it.
"""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from pages.menu import PARTS
from pages.reading import address, language
from pages.text.words import plain

NAME = "part"


def show(page: str, drawn: Mapping[str, Callable[[], None]]) -> None:
    """Tabs above the open part. `drawn` has a function for each part of this page in `menu.PARTS`.

    The address names the part (`?part=dauer`); without one it is the first. It is carried over
    to the next page, so one that only another page has gives way without a word.
    """
    words = language.words()
    asked, name = address.read(NAME), opened(page)
    if asked and not any(asked in parts for parts in PARTS.values()):
        st.warning(words.t("notes.unknown.own", value=plain(asked[:40])))
    first = PARTS[page][0]
    tabs = "".join(
        f'<a role="tab" data-turn data-set="{NAME}={"" if each == first else each}" href="?{NAME}={each}" '
        f'aria-selected="{"true" if each == name else "false"}" tabindex="{0 if each == name else -1}">'
        f"{escape(words.t(f'{page}.part.{each}'))}</a>"
        for each in PARTS[page]
    )
    said = escape(words.t("frame.parts"))
    st.html(f'<div class="parts" role="tablist" aria-label="{said}">{tabs}</div>')
    drawn[name]()


def opened(page: str) -> str:
    """The part of this page that is open."""
    asked = address.read(NAME)
    return asked if asked in PARTS[page] else PARTS[page][0]
