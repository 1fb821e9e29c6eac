"""The cells of closed periods that a release changes."""

import streamlit as st

from data.releases.preview import Preview
from pages.parts import grid, language
from pages.parts.notes import plain
from pages.parts.publishing import gaps
from pages.parts.released_value import written
from pages.parts.words import Words

LISTED = 25


def shown(told: Preview) -> None:
    """The cells of closed periods that change."""
    words = language.words()
    total = sum(told.draft.revised.values())
    if not total:
        return
    heading = words.t("publishing.revised.heading", count=words.number(total))
    with st.expander(plain(heading), key="publishing_revised"):
        st.markdown(words.t("publishing.revised.help"))
        headings = [
            words.t(f"publishing.column.{name}") for name in ("place", "period", "what", "before", "after")
        ]
        cells = told.draft.revisions[:LISTED]
        grid.draw(headings, [_cell(each, words) for each in cells], alt=heading, right=[3, 4])
        gaps.explained()
        if total > len(cells):
            st.caption(
                words.t("publishing.revised.more", shown=words.number(len(cells)), count=words.number(total))
            )


def _cell(cell: dict[str, object], words: Words) -> list[str]:
    about = [
        str(cell[name]) for name in ("goal_area", "breakdown", "category", "programme") if cell.get(name)
    ]
    what = " · ".join([_label(str(cell["count"]), words), *(words.category(each) for each in about)])
    place = str(cell.get("area_code") or "")
    return [
        words.area(place) if place else "–",
        words.period(str(cell.get("period") or cell.get("budget_year", ""))),
        what,
        *(written(cell[name], str(cell["count"]), words) for name in ("before", "after")),
    ]


def _label(name: str, words: Words) -> str:
    try:
        return words.label(name)
    except KeyError:
        return name
