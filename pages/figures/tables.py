"""The numbers of a figure as a table that a screen reader can read."""

import math
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from data.disclosure.published import Cell, Published, Role
from pages.parts import grid
from pages.parts.words import Words

ROWS = 25
# So few columns would stand too far apart if they filled the page.
_REACHABLE = st.components.v2.component(
    "tables", js=(Path(__file__).parent / "tables.js").read_text(encoding="utf-8")
)
Rows = Sequence[dict[str, Cell]]


def reachable() -> None:
    """Once on a page: wide tables can be scrolled with the keyboard."""
    with st.container(key="reachable_tables"):
        _REACHABLE(key="reachable")


def shown(published: Published, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns for readers: those asked for, else all but those that only other columns need."""
    if columns:
        return tuple(columns)
    needed = ("year_before", "_persons")
    return tuple(name for name in published.names if not name.endswith(needed))


def write(
    published: Published,
    *,
    words: Words,
    key: str,
    alt: str,
    columns: Sequence[str] = (),
    rows: Rows | None = None,
) -> None:
    """The rows (all, if none are given) as a table, `ROWS` at a time. A gap stands as its symbol."""
    names = shown(published, columns)
    every = list(published) if rows is None else rows
    paged(
        headings(names, words),
        [[words.cell(row[name], name, published.role(name)) for name in names] for row in every],
        key=key,
        alt=alt,
        right=[at for at, name in enumerate(names) if published.role(name) is not Role.DIMENSION],
    )


def paged(
    named: Sequence[str], rows: Sequence[Sequence[str]], *, key: str, alt: str, right: Sequence[int] = ()
) -> None:
    """Rows of plain texts as a table, `ROWS` at a time. `right` are the positions of numbers."""
    pages = max(1, math.ceil(len(rows) / ROWS))
    place = st.empty()
    # The number of pages is part of the key, so that a search never leaves a reader beyond the last page.
    page = st.pagination(pages, key=f"{key}_page_of_{pages}") if pages > 1 else 1
    grid.draw(named, rows[(page - 1) * ROWS : page * ROWS], alt=alt, right=right, place=place)


def headings(names: Sequence[str], words: Words) -> list[str]:
    """The heading of each column; none twice."""
    found: list[str] = []
    for name in names:
        label = words.label(name)
        found.append(f"{label} ({len(found) + 1})" if label in found else label)
    return found


def matching(published: Published, wanted: str, words: Words) -> Rows:
    """The rows in which a name holds these letters."""
    letters = wanted.strip().casefold()
    names = [column.name for column in published.columns if column.role is Role.DIMENSION]
    return [
        row
        for row in published
        if any(letters in words.cell(row[name], name, Role.DIMENSION).casefold() for name in names)
    ]
