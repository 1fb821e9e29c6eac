"""Numbers and texts as real HTML tables that a reader sorts and searches; a screen reader reads them, and
they print.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import streamlit as st

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Curved, Published, Ratio, Role
from pages.figures.table import entries
from pages.figures.table.entries import Entry
from pages.figures.table.sheet import Heading, Sheet, once, packed
from pages.files import table as files
from pages.reading import language
from pages.text import whole
from pages.text.words import Words

AREA = "area_code"
# Among so many places one has to look for one's own; beside a comparison nobody has to.
MANY = 6
# What a table says itself.
SAID = (
    *("search", "hint", "sortable", "rows", "found", "none", "up", "down", "letters_up", "letters_down"),
    *("times_up", "times_down"),
    *("unsorted", "gaps", "paper", "own", "own_hidden", "own_mark"),
    *("pages", "page", "first", "before", "next", "last"),
)
# Its script comes with the page, and the tables, which may come before it, leave word for it.
_TABLE = st.components.v2.component(
    "table",
    html='<div class="listing"></div>',
    js="""
export default (table) => {
    (window.dashboardTables ??= []).push(table)
}
""",
    isolate_styles=False,
)


def sheet(published: Published, words: Words, key: str, alt: str) -> bytes:
    """The rows of an answer as the script of a page reads them."""
    return packed(_sheet(published, words, key, alt))


def folded(label: str, key: str, inside: Callable[[], None]) -> None:
    """A folder. Most readers never open one, so what is `inside` is sent to those who do. It is no fragment:
    to prepare one costs each run of the page more than a run costs the few who open it.
    """
    folder = st.expander(label, key=key, on_change="rerun")
    if folder.open:
        with folder:
            inside()


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
    search: bool = True,
) -> None:
    """The rows of an answer as a table that is called `alt`. A gap stands as its symbol."""
    kept = (published, words.lang, tuple(columns), key, alt, search)
    made = partial(_sheet, published, words, key, alt, columns, search)
    _TABLE(key=f"{key}_table", data=once(kept, made))


def _sheet(
    published: Published,
    words: Words,
    key: str,
    alt: str,
    columns: Sequence[str] = (),
    search: bool = True,
) -> Sheet:
    names = columns_of(published, columns)
    named = _named(published, names, words)
    return Sheet(key, alt, named, _rows(published, names, words), _said(words), search, _of_places(published))


def has_zero(published: Published) -> bool:
    """Whether a cell is an amount of exactly zero, which is written –."""
    amounts = (column.name for column in published.columns if column.role is Role.AMOUNT)
    return any(0 in published.column(name) for name in amounts)


def cell(row: dict[str, Cell], name: str, role: Role, words: Words) -> str:
    """A cell as text, with its unit; of how many Kreise a row is, in a column that says so."""
    return entries.kreise(row, words) if name == whole.MISSING else words.cell(row[name], name, role)


def grid(
    headings: Sequence[str],
    rows: Sequence[Sequence[str | Entry]],
    *,
    key: str,
    alt: str,
    right: Collection[int] = (),
    fixed: Collection[int] = (),
) -> None:
    """A table of texts that is called `alt`. `right` are the positions of numbers, `fixed` those of columns
    by which nobody can sort, because their rows have nothing in common.
    """
    words = language.words()
    named = [
        Heading(
            name=str(at),
            label=label,
            right=at in right,
            sortable=at not in fixed,
            heads=at == next((each for each in range(len(headings)) if each not in right), None),
        )
        for at, label in enumerate(headings)
    ]
    made = [
        [
            cell if isinstance(cell, Entry) else entries.of_text(cell, words) if at in right else Entry(cell)
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]
    _TABLE(key=f"{key}_table", data=packed(Sheet(key, alt, named, made, _said(words))))


def _rows(published: Published, names: Sequence[str], words: Words) -> list[list[Entry]]:
    roles = [(name, published.role(name)) for name in names]
    return [[entries.of_row(row, name, role, words) for name, role in roles] for row in published]


def _named(published: Published, names: Sequence[str], words: Words) -> list[Heading]:
    roles = {name: published.role(name) for name in names}
    told = (name for name, role in roles.items() if role is Role.DIMENSION and name != whole.MISSING)
    heads = AREA if AREA in roles else next(told, "")
    return [
        Heading(
            name=name,
            label=label,
            unit=_unit(label, name, roles[name], words),
            right=roles[name] is not Role.DIMENSION,
            heads=name == heads,
            notes=_notes(published, name, words),
        )
        for name, label in zip(names, headings(names, words), strict=True)
    ]


def headings(names: Sequence[str], words: Words) -> list[str]:
    """The heading of each column; none twice."""
    found: list[str] = []
    for name in names:
        label = words.label(name)
        found.append(f"{label} ({len(found) + 1})" if label in found else label)
    return found


def _unit(label: str, name: str, role: Role, words: Words) -> str:
    sign = "" if role is Role.DIMENSION else entries.sign(words.unit(name, role), words)
    return "" if sign in label else sign


def _notes(published: Published, name: str, words: Words) -> tuple[str, ...]:
    """What somebody who sorts by a column has to know."""
    cells = published.column(name)
    deviates = published.edition.parameters is not None and (
        bool(published.counts_in(name))
        or any(isinstance(cell, Ratio | Curved) and cell.deviates for cell in cells)
    )
    found = {
        "deviates": deviates,
        "bands": any(isinstance(cell, Band) for cell in cells),
    }
    return tuple(words.t(f"table.note.{each}") for each, holds in found.items() if holds)


def _of_places(published: Published) -> bool:
    """Whether a reader has to look for a place among many."""
    return AREA in published.names and len(set(published.column(AREA))) >= MANY


def _said(words: Words) -> Mapping[str, str]:
    """What a table says itself; what is to be filled in, it fills in itself."""
    known = words.table("table")
    return {"lang": words.lang} | {name: known[name] for name in SAID}
