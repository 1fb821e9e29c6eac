"""What would change, told first: the message, and the main measures of the Land.

The municipalities whose figures change.
The cells of closed periods that a release changes.
The map of what would be published.
What the symbols in the tables mean.
"""

import streamlit as st

from data.disclosure.published import Gap, Role
from data.foundation import areas
from data.questions.filters import Filters
from data.questions.measures import register
from data.releases.preview import MEASURES, Preview, ValueChange
from pages.charts import boundaries, choropleth
from pages.figures import sentences, show, tables
from pages.figures.history import written
from pages.reading import language
from pages.text.words import Words, plain
from pages.work import releasing


def draw_message(told: Preview) -> None:
    """The sentence that the page opens with."""
    words = language.words()
    if told.before is None:
        show.message(words.t("publishing.message.first", period=words.period(told.period)))
        return
    places = len({each.area_code for each in told.places})
    revised = sum(told.draft.revised.values())
    holds = {"series": told.draft.starts_series, "revised": revised, "more": places or told.new_periods}
    key = next((name for name, each in holds.items() if each), "same")
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


def draw_land(told: Preview) -> None:
    """The main measures of the Land before and after."""
    words = language.words()
    heading = words.t("publishing.land", period=words.period(told.period))
    st.subheader(heading, anchor=False)
    headings = [words.t(f"publishing.column.{name}") for name in ("measure", "before", "after")]
    rows = [[words.label(each.name), *cells(each, words)] for each in told.land]
    tables.grid(headings, rows, alt=heading, right=[1, 2])


def cells(change: ValueChange, words: Words) -> list[str]:
    """Both values as texts."""
    role = Role.RATE if register()[change.name].unit == "percent" else Role.COUNT
    return [words.cell(cell, change.name, role) for cell in (change.before, change.after)]


LEVELS = tuple(boundaries.FILES)


def draw_map(told: Preview) -> None:
    """One main measure of every area, as readers would see it."""
    words = language.words()
    left, right = st.columns(2)
    with left:
        measure = st.selectbox(
            words.t("publishing.map.measure"), MEASURES, format_func=words.label, key="publishing_measure"
        )
    with right:
        level = st.selectbox(
            words.t("publishing.map.level"),
            LEVELS,
            format_func=lambda each: words.t(f"publishing.map.{each}"),
            key="publishing_level",
        )
    answered = releasing.answer("publishing/areas", Filters(level=level, period=told.period))
    areas = answered.only("area_code", measure)
    show.figure(
        choropleth.classes(areas, words=words, value=measure, level=level),
        published=areas,
        heading=sentences.largest(
            areas,
            measure,
            words=words,
            key="overview.map",
            label="area_code",
            shown=words.label(measure),
            period=words.period(told.period),
        ),
        key="publishing_map",
        note=words.t("publishing.map.note"),
    )


def draw_legend() -> None:
    """Withheld and unknown, under a table."""
    t = language.words().t
    st.caption(
        f"{t('show.withheld', symbol=Gap.WITHHELD.value)}  \n{t('show.unknown', symbol=Gap.UNKNOWN.value)}"
    )


ROWS = 25


def draw_places(told: Preview) -> None:
    """The municipalities whose figures change, by name."""
    words = language.words()
    by_name = sorted(told.places, key=lambda each: (areas.register()[each.area_code].label, each.name))
    count = len({each.area_code for each in told.places})
    heading = words.t("publishing.places", count=words.number(count), period=words.period(told.period))
    with st.expander(plain(heading), key="publishing_places"):
        if not by_name:
            st.markdown(words.t("publishing.no_places"))
            return
        rows = [[words.area(one.area_code), words.label(one.name), *cells(one, words)] for one in by_name]
        _paged(
            rows,
            [words.t(f"publishing.column.{name}") for name in ("place", "measure", "before", "after")],
            heading,
        )
        draw_legend()


def _paged(rows: list[list[str]], headings: list[str], alt: str) -> None:
    pages = -(-len(rows) // ROWS)
    place = st.empty()
    page = st.pagination(pages, key=f"publishing_page_of_{pages}") if pages > 1 else 1
    tables.grid(headings, rows[(page - 1) * ROWS : page * ROWS], alt=alt, right=[2, 3], place=place)


LISTED = 25


def draw_revised(told: Preview) -> None:
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
        tables.grid(headings, [_cell(each, words) for each in cells], alt=heading, right=[3, 4])
        draw_legend()
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
