"""Whose figures Steuerung shows: the areas of whoever looks, and the one of them that is chosen."""

from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st

from data import publish
from data.access.rights import Reader
from data.disclosure.published import Edition, Published
from data.foundation import areas
from data.questions import own_areas
from data.questions.filters import Filters
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.reading import address, filters, language, reader
from pages.reading.areabox import box
from pages.text.words import Words, plain

AREA = "area_code"
KEY = f"{AREA}_own_box"


@dataclass(frozen=True)
class Desk:
    """Who looks at which of their areas, in which language, and of which figures."""

    who: Reader
    chosen: Filters
    edition: Edition
    words: Words

    @property
    def area(self) -> str:
        """The name of the area."""
        return self.words.area(self.chosen.area_code)

    @property
    def wanted(self) -> Wanted:
        """What figures are wanted for: of this area and no larger one."""
        return Wanted(self.chosen, self.words, self.who, alone=True)

    def ask(self, name: str, **choices: str) -> Published:
        """The answer to one question of this page. Raises what `publish.ask` raises."""
        return publish.ask(f"steering/{name}", replace(self.chosen, **choices), self.who)

    @property
    def is_outdated(self) -> bool:
        """Whether an older program built the figures, which knew nothing of this page."""
        try:
            self.ask("attention")
        except publish.OutdatedFiguresError:
            return True
        return False

    def described(self, key: str, heading: str, answer: Published, note: str | None = None) -> Described:
        """A table or, with `draw` put in, a chart of an answer, as figures are."""
        return Described(f"steering_{key}", heading, Finest(answer, self.chosen), answer, note=note)


def chosen() -> Desk:
    """The box of areas, which has no others, and what is chosen in it. Raises InternalClosedError."""
    words, who = language.words(), reader.person()
    edition = publish.edition(who)
    own = offered(who.read_areas)
    asked = address.read(AREA)
    code = asked if asked in own else own[0]
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        _box(own, code, words)
    with right:
        key = "state_all" if who.reads_all else "state"
        st.caption(words.t(f"steering.{key}", as_of=words.date(edition.day)))
    if asked in areas.register() and asked != code:
        st.info(words.t("steering.not_theirs", asked=plain(words.area(asked)), shown=plain(words.area(code))))
    where = Filters(area_code=code, edition=edition.version)
    # The newest quarter that is complete here: one late Kreis holds up no other.
    where = replace(where, period=filters.opening_of(where, who) or edition.period)
    return Desk(who, where, edition, words)


@lru_cache(maxsize=64)
def offered(scopes: frozenset[str]) -> tuple[str, ...]:
    """The codes of these areas and of all in them, the larger levels first, each by its letters."""
    own = own_areas.inside(scopes)
    return tuple(code for code in box.ordered() if code in own)


def _box(own: tuple[str, ...], code: str, words: Words) -> None:
    # The address leads, as on all pages.
    st.session_state[KEY] = code
    st.selectbox(
        words.t("filters.area_code.label"),
        own,
        key=KEY,
        format_func=words.area,
        filter_mode="fuzzy",
        on_change=_take,
    )


def _take() -> None:
    address.write(AREA, st.session_state[KEY] or "")
