"""Which pages have something for a grouping, and what the others say instead."""

from collections.abc import Callable

import streamlit as st

from pages.groupings import portrait
from pages.menu import MENU, METHODS
from pages.named import shown, together
from pages.named.together import Together
from pages.reading import filters, groups, language
from pages.reading.groups import Group
from pages.text.words import Words, plain

Part = Callable[[Together, Words], None]
PARTS: dict[str, tuple[Part, ...]] = {
    "public/overview": (portrait.message, portrait.key_figures, portrait.members),
    "public/municipality": (
        portrait.message,
        portrait.measured,
        portrait.over_time,
        portrait.funds,
        portrait.of_kreise,
        portrait.members,
    ),
    "public/funds": (portrait.funds, portrait.members_funds, portrait.of_kreise),
}
OF_NO_PLACE = (MENU[METHODS],)  # what they say is of no area


def instead(url_path: str, run: Callable[[], None]) -> Callable[[], None]:
    """What runs under this address: the page itself, or its view of the grouping that is chosen."""
    group = groups.chosen()
    if group is None or url_path in OF_NO_PLACE:
        return run
    return lambda: _draw(group, next(name for name, path in MENU.items() if path == url_path))


def _draw(group: Group, page: str) -> None:
    words, chosen = language.words(), filters.chosen()
    portrait.heading(group, words)
    if page in PARTS:
        st.markdown(words.t("groupings.explained"))
        found = together.of(shown.wanted(chosen))
        for part in PARTS[page]:
            part(found, words)
        return
    st.info(plain(words.t("groupings.not_offered", page=words.t(f"frame.menu.{page.split('/')[1]}"))))
    portrait.ways(group, together.kreise(group), words)
