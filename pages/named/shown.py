"""Named figures on a page: the choices of whoever reads it, and how the figures stand there."""

from collections.abc import Callable, Iterable

import streamlit as st

from data.disclosure.published import Gap
from data.questions.filters import Filters
from pages.figures import finest, show
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.named import every
from pages.named.recipe import Choice
from pages.reading import filters, language, reader
from pages.text.words import plain


def wanted(chosen: Filters | None = None, column: str = "", **own: str) -> Wanted:
    """What figures are wanted for in this session; `own` are choices of the page beside those of all."""
    return Wanted(chosen or filters.chosen(**own), language.words(), reader.audience(), column)


def draw(
    name: str,
    of: Wanted,
    *,
    search: bool = True,
    on_pick: Callable[[str], None] | None = None,
) -> list[Described]:
    """A figure of this name, as often as it stands on the page. Raises UnknownFigureError."""
    found = every.of(name, of)
    place(found, search=search, on_pick=on_pick)
    return found


def figures(names: Iterable[str], of: Wanted) -> list[Described]:
    """Several of the same choices, in their order."""
    return [each for name in names for each in draw(name, of)]


def place(
    found: Iterable[Described], *, search: bool = True, on_pick: Callable[[str], None] | None = None
) -> None:
    """Figures that are made already: each as chart, map or table."""
    for each in found:
        if each.mapped:
            show.on_map(each, on_pick)
        elif each.draw:
            show.figure(each)
        else:
            show.table(each, search=search)


def choose(name: str, of: Choice, label: Callable[[str], str] | None = None) -> str:
    """A box for one of the choices of a figure. Its code is in the address."""
    return filters.choose(name, of.codes, of.default, label)


def delivered(found: list[Described], column: str) -> list[Described]:
    """The same; empty where no cell of a column is known, so that one sentence says it for several."""
    cells = [cell for each in found for cell in each.at.published.column(column)]
    return found if any(cell is not Gap.UNKNOWN for cell in cells) else []


def explained(*found: Iterable[Described]) -> None:
    """Once on a page: that some figures are those of a larger area, and why."""
    if said := finest.explanation([[each.at for each in figure] for figure in found], language.words()):
        st.info(plain(said))
