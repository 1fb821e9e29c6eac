"""The parts of a page, behind tabs: what is not open is not asked and not drawn. Each has its own address."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.menu import PARTS
from pages.reading import address, language
from pages.text.words import plain

NAME = "part"
# Streamlit draws the tabs anew when another one opens; now and then the focus is lost by that, and whoever
# uses the keyboard would begin at the top of the page again.
_FOCUS = st.components.v2.component(
    "tabs_focus",
    js="""
export default function () {
    if (window.tabsKeepFocus) return
    window.tabsKeepFocus = true
    let moved = 0
    document.addEventListener("keydown", (event) => {
        const onTab = event.target.getAttribute?.("role") === "tab"
        moved = onTab && event.key.startsWith("Arrow") ? Date.now() : 0
    }, true)
    document.addEventListener("pointerdown", () => { moved = 0 }, true)
    const lost = () => [document.body, null].includes(document.activeElement)
    setInterval(() => {
        if (Date.now() - moved < 10000 && lost()) {
            document.querySelector('[role="tab"][aria-selected="true"]')?.focus()
        }
    }, 100)
}
""",
)


def show(page: str, drawn: Mapping[str, Callable[[], None]]) -> None:
    """Tabs above the open part. `drawn` has a function for each part of this page in `menu.PARTS`.

    The address names the part (`?part=dauer`); without one it is the first. It is carried over
    to the next page, so one that only another page has gives way without a word.
    """
    words = language.words()
    asked, name = address.read(NAME), opened(page)
    if asked and not any(asked in parts for parts in PARTS.values()):
        st.warning(words.t("notes.unknown.own", value=plain(asked[:40])))
    labels = {each: words.t(f"{page}.part.{each}") for each in PARTS[page]}
    key = f"{page}_parts"
    # The address leads: the tabs show what it says, also after the back button.
    st.session_state[key] = labels[name]
    with st.container(key="tabs_focus"):
        _FOCUS(key="tabs_focus_kept")
    tabs = st.tabs(list(labels.values()), key=key, on_change=_take, args=(key, labels))
    with tabs[list(labels).index(name)]:
        drawn[name]()


def opened(page: str) -> str:
    """The part of this page that is open."""
    asked = address.read(NAME)
    return asked if asked in PARTS[page] else PARTS[page][0]


def _take(key: str, labels: Mapping[str, str]) -> None:
    chosen = next(name for name, label in labels.items() if label == st.session_state[key])
    address.write(NAME, "" if chosen == next(iter(labels)) else chosen)
