"""The menu under a figure: its numbers as CSV, as a workbook, or with their description as ZIP."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.disclosure.published import Published
from data.questions.filters import Filters
from pages.figures.finest import Finest
from pages.files import comma, excel, package
from pages.files import figure as figures
from pages.files.figure import Figure
from pages.reading import filters, groups
from pages.text.words import Words

# In the order of the menu: the ending, what makes the file, what a browser is told that it is.
KINDS: tuple[tuple[str, Callable[[Figure], bytes], str], ...] = (
    ("csv", comma.written, "text/csv"),
    ("xlsx", excel.written, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", package.written, "application/zip"),
)


def menu(figure: Figure) -> None:
    """A menu that hands out the numbers of a figure. A file is made when it is asked for."""
    words = figure.words
    with st.popover(words.t("files.menu"), key=f"{figure.key}_download", icon=":material/download:"):
        for ending, made, mime in KINDS:
            st.download_button(
                words.t(f"files.offer.{ending}"),
                data=partial(made, figure),
                file_name=f"{figure.name}.{ending}",
                mime=mime,
                key=f"{figure.key}_{ending}",
                on_click="ignore",
                type="tertiary",
            )


def taken(
    published: Published, *, heading: str, words: Words, key: str, note: str | None, at: Finest | None
) -> Figure:
    """A figure of the page as it is taken away."""
    lead = at.lead if at else ""
    notes = tuple(filter(None, (lead, note)))
    group = groups.chosen()
    return Figure(published, heading, words, key, _chosen(at), notes, group.label if group else "")


def name(published: Published, key: str, at: Finest | None = None) -> str:
    """The name of whatever is taken away of a figure, without an ending."""
    return figures.name(published.edition, key, _chosen(at))


def _chosen(at: Finest | None) -> Filters:
    return at.chosen if at else filters.chosen()
