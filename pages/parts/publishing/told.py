"""What would change, in sentences and tables: the message, the Land, the municipalities, who is behind."""

import streamlit as st

from data import areas
from data.disclosure.published import Role
from data.measures import register
from data.releases.preview import Change, Kreis, Preview
from pages.parts import grid, language, show
from pages.parts.notes import plain
from pages.parts.words import Words

ROWS = 25


def message(told: Preview) -> None:
    """The sentence that the page opens with."""
    words = language.words()
    if told.before is None:
        show.message(words.t("publishing.message.first", period=words.period(told.period)))
        return
    places = len({each.area_code for each in told.places})
    revised = sum(told.draft.revised.values())
    key = "series" if told.draft.starts_series else "revised" if revised else "same"
    show.message(
        words.t(
            f"publishing.message.{key}",
            before=told.before,
            period=words.period(told.period),
            places=words.number(places),
            revised=words.number(revised),
            periods=words.number(len(told.new_periods)),
        )
    )


def land(told: Preview) -> None:
    """The main measures of the Land before and after."""
    words = language.words()
    st.subheader(words.t("publishing.land", period=words.period(told.period)), anchor=False)
    headings = [words.t(f"publishing.column.{name}") for name in ("measure", "before", "after")]
    grid.draw(
        headings,
        [[words.label(each.name), *_cells(each, words)] for each in told.land],
        alt=words.t("publishing.land", period=words.period(told.period)),
        right=[1, 2],
    )


def places(told: Preview) -> None:
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
            [words.area(each.area_code), words.label(each.name), *_cells(each, words)] for each in by_name
        ]
        _paged(
            rows,
            [words.t(f"publishing.column.{name}") for name in ("place", "measure", "before", "after")],
            heading,
        )


def completeness(told: Preview) -> None:
    """Until when each Kreis is complete, and who is behind."""
    words = language.words()
    st.subheader(words.t("publishing.complete.heading"), anchor=False)
    names = ", ".join(f"{words.area(each.area_code)} ({_until(each.after, words)})" for each in told.behind)
    whole = words.number(len(told.kreise) - len(told.behind))
    key = "some" if told.behind else "all"
    st.markdown(
        words.t(
            f"publishing.complete.{key}",
            whole=whole,
            count=words.number(len(told.kreise)),
            names=plain(names),
            until=plain(_until(max((each.after or "" for each in told.kreise), default=""), words)),
        )
    )
    with st.expander(words.t("publishing.complete.each"), key="publishing_kreise"):
        headings = [words.t(f"publishing.column.{name}") for name in ("kreis", "until_before", "until_after")]
        grid.draw(
            headings,
            [_kreis(each, words) for each in told.kreise],
            alt=words.t("publishing.complete.each"),
        )


def _kreis(each: Kreis, words: Words) -> list[str]:
    return [words.area(each.area_code), _until(each.before, words), _until(each.after, words)]


def _until(month: str | None, words: Words) -> str:
    return words.period(month) if month else words.t("publishing.complete.nothing")


def _cells(change: Change, words: Words) -> list[str]:
    role = Role.RATE if register()[change.name].unit == "percent" else Role.COUNT
    return [words.cell(cell, change.name, role) for cell in (change.before, change.after)]


def _paged(rows: list[list[str]], headings: list[str], alt: str) -> None:
    pages = -(-len(rows) // ROWS)
    place = st.empty()
    page = st.pagination(pages, key=f"publishing_page_of_{pages}") if pages > 1 else 1
    grid.draw(headings, rows[(page - 1) * ROWS : page * ROWS], alt=alt, right=[2, 3], place=place)
