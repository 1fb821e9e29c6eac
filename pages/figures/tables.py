"""Numbers and texts as real HTML tables: a screen reader reads them, and they print."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.published import Cell, Published, Role
from pages.files import table as files
from pages.text import whole
from pages.text.words import Words, plain

ROWS = 25
# So few columns would stand too far apart if they filled the page.
NARROW = 4
_REACHABLE = st.components.v2.component(
    "tables", js=(Path(__file__).parent / "tables.js").read_text(encoding="utf-8")
)
Rows = Sequence[dict[str, Cell]]


def reachable() -> None:
    """Once on a page: wide tables can be scrolled with the keyboard."""
    with st.container(key="reachable_tables"):
        _REACHABLE(key="reachable")


def columns_of(published: Published, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns for readers: those asked for, else all but those that only other columns need."""
    if columns:
        return tuple(columns)
    listed = files.columns(published)
    complete = whole.MISSING in published.names and not any(published.column(whole.MISSING))
    return tuple(name for name in listed if name != whole.MISSING or not complete)


def draw(
    published: Published,
    *,
    words: Words,
    key: str,
    alt: str,
    columns: Sequence[str] = (),
    rows: Rows | None = None,
) -> None:
    """The rows (all, if none are given) as a table, `ROWS` at a time. A gap stands as its symbol."""
    names = columns_of(published, columns)
    every = list(published) if rows is None else rows
    draw_texts(
        headings(names, words),
        [[cell(row, name, published.role(name), words) for name in names] for row in every],
        key=key,
        alt=alt,
        right=[at for at, name in enumerate(names) if published.role(name) is not Role.DIMENSION],
    )


def cell(row: dict[str, Cell], name: str, role: Role, words: Words) -> str:
    """A cell as text; of how many Kreise a row is, where some are missing, else –."""
    if name == whole.MISSING:
        return whole.share(words, row) or "–"
    return words.cell(row[name], name, role)


def draw_texts(
    named: Sequence[str], rows: Sequence[Sequence[str]], *, key: str, alt: str, right: Sequence[int] = ()
) -> None:
    """Rows of plain texts as a table, `ROWS` at a time. `right` are the positions of numbers."""
    pages = max(1, math.ceil(len(rows) / ROWS))
    place = st.empty()
    # The number of pages is part of the key, so that a search never leaves a reader beyond the last page.
    page = st.pagination(pages, key=f"{key}_page_of_{pages}") if pages > 1 else 1
    grid(named, rows[(page - 1) * ROWS : page * ROWS], alt=alt, right=right, place=place)


def grid(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    alt: str,
    right: Iterable[int] = (),
    place: DeltaGenerator | None = None,
) -> None:
    """A table of plain texts, nothing in them taken for markup. `right` are the positions of numbers."""
    frame = pd.DataFrame(
        [[plain(cell) for cell in row] for row in rows],
        columns=[plain(heading) for heading in headings],
        dtype="str",
    )
    # Streamlit aligns every text to the left, in the cell itself.
    styles = [{"selector": f".col{at}", "props": [("text-align", "right !important")]} for at in right]
    (place or st).table(
        frame.style.set_table_styles(styles),  # type: ignore[arg-type]
        border="horizontal",
        width="content" if len(headings) <= NARROW else "stretch",
        hide_index=True,
        alt=alt,
    )


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
