"""The municipalities whose figures change."""

import streamlit as st

from data import areas
from data.releases.preview import Preview
from pages.parts import grid, language
from pages.parts.notes import plain
from pages.parts.publishing import gaps
from pages.parts.publishing import told as telling

ROWS = 25


def shown(told: Preview) -> None:
    """The municipalities whose figures change, by name."""
    words = language.words()
    by_name = sorted(told.places, key=lambda each: (areas.register()[each.area_code].label, each.name))
    count = len({each.area_code for each in told.places})
    heading = words.t("publishing.places", count=words.number(count), period=words.period(told.period))
    with st.expander(plain(heading), key="publishing_places"):
        if not by_name:
            st.markdown(words.t("publishing.no_places"))
            return
        rows = [
            [words.area(one.area_code), words.label(one.name), *telling.cells(one, words)] for one in by_name
        ]
        _paged(
            rows,
            [words.t(f"publishing.column.{name}") for name in ("place", "measure", "before", "after")],
            heading,
        )
        gaps.explained()


def _paged(rows: list[list[str]], headings: list[str], alt: str) -> None:
    pages = -(-len(rows) // ROWS)
    place = st.empty()
    page = st.pagination(pages, key=f"publishing_page_of_{pages}") if pages > 1 else 1
    grid.draw(headings, rows[(page - 1) * ROWS : page * ROWS], alt=alt, right=[2, 3], place=place)
