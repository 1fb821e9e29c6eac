"""Which pages have something for a grouping, and what the others say instead."""

from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

from pages.figures import show
from pages.groupings import beside, portrait
from pages.menu import MENU, METHODS, PLACE
from pages.named import shown, together
from pages.named.together import Together
from pages.reading import filters, groups, language, tabs
from pages.reading.groups import Group
from pages.text.words import Words, plain

Part = Callable[[Together, Words], None]
PARTS: dict[str, tuple[Part, ...]] = {
    "public/overview": (portrait.message, portrait.key_figures, portrait.members),
    "public/funds": (portrait.funds, portrait.members_funds, portrait.of_kreise),
}
# The page of a place opens in parts.
IN_PARTS: dict[str, tuple[Part, ...]] = {
    "zahlen": (portrait.measured,),
    "verlauf": (portrait.over_time, portrait.funds, portrait.of_kreise),
    "karte": (portrait.on_map,),
    "orte": (portrait.members,),
    "nebeneinander": (lambda found, words: beside.draw(found.chosen),),
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
    st.header(plain(group.name), anchor=False)
    if page != PLACE:
        st.caption(plain(portrait.kind(group, words)))
    portrait.several(group, words)
    if page != PLACE and page not in PARTS:
        st.info(plain(words.t("groupings.not_offered", page=words.t(f"frame.menu.{page.split('/')[1]}"))))
        portrait.ways(group, together.kreise(group), words)
        return
    found = together.of(shown.wanted(chosen))
    if page == PLACE:
        told, deviates = portrait.people_now(found, words)
        show.message(*told)
        tabs.show(
            "groupings", {name: partial(_parts, parts, found, words) for name, parts in IN_PARTS.items()}
        )
        below = (plain(portrait.kind(group, words)), deviates, words.t("groupings.explained"))
        st.caption("  \n".join(filter(None, below)))
        return
    st.markdown(words.t("groupings.explained"))
    _parts(PARTS[page], found, words)


def _parts(parts: Iterable[Part], found: Together, words: Words) -> None:
    for part in parts:
        part(found, words)
