"""What a release would change: message, main measures of the Land, map, municipalities, closed periods."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data.disclosure.published import Gap, Role
from data.foundation import areas
from data.questions.filters import Filters
from data.questions.measures import register
from data.releases.preview import Preview, ValueChange
from pages.figures import history, sentences, show, tables
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.table import entries
from pages.figures.table.entries import Entry
from pages.maps import boundaries, choropleth
from pages.reading import language
from pages.text.words import Words, plain
from pages.work import releasing

LEVELS = tuple(boundaries.FILES)
LISTED = 25  # cells of closed periods; the release tells all of them


def draw_message(new: Preview) -> None:
    """The sentence that the page opens with."""
    words = language.words()
    if new.before is None:
        show.message(words.t("publishing.message.first", period=words.period(new.period)))
        return
    places = len({each.area_code for each in new.places})
    revised = sum(new.draft.revised.values())
    holds = {"series": new.draft.starts_series, "revised": revised, "more": places or new.new_periods}
    key = next((name for name, each in holds.items() if each), "same")
    show.message(
        words.t(
            f"publishing.message.{key}",
            before=new.before,
            period=words.period(new.period),
            places=words.number(places),
            revised=words.number(revised),
            periods=words.number(len(new.new_periods)),
        )
    )


def draw_land(new: Preview) -> None:
    """The main measures of the Land before and after."""
    words = language.words()
    heading = words.t("publishing.land", period=words.period(new.period))
    st.subheader(heading, anchor=False)
    headings = [words.t(f"publishing.column.{name}") for name in ("measure", "before", "after")]
    rows = [[words.label(each.name), *_both(each, words)] for each in new.land]
    numbers = (1, 2)
    tables.grid(headings, rows, key="publishing_land", alt=heading, right=numbers, fixed=(0, *numbers))


def draw_map(new: Preview) -> None:
    """One main measure of every area, as readers would see it."""
    words = language.words()
    left, right = st.columns(2)
    with left:
        measure = st.selectbox(
            words.t("publishing.map.measure"),
            releasing.MEASURES,
            format_func=words.label,
            key="publishing_measure",
        )
    with right:
        level = st.selectbox(
            words.t("publishing.map.level"),
            LEVELS,
            format_func=lambda each: words.t(f"publishing.map.{each}"),
            key="publishing_level",
        )
    chosen = Filters(level=level, period=new.period)
    answered = releasing.answer("publishing/areas", chosen)
    places = answered.only("area_code", measure)
    show.on_map(
        Described(
            "publishing_map",
            sentences.largest(
                places,
                measure,
                words=words,
                key="overview.map",
                label="area_code",
                shown=words.label(measure),
                period=words.period(new.period),
            ),
            Finest(places, chosen),
            places,
            mapped=partial(choropleth.classes, places, words=words, value=measure, level=level),
            note=words.t("publishing.map.note"),
        )
    )


def draw_places(new: Preview) -> None:
    """The municipalities whose figures change, by name."""
    words = language.words()
    by_name = sorted(new.places, key=lambda each: (areas.register()[each.area_code].label, each.name))
    count = len({each.area_code for each in new.places})
    heading = words.t("publishing.places", count=words.number(count), period=words.period(new.period))
    tables.folded(plain(heading), "publishing_places", partial(_places, by_name, heading))


def _places(by_name: Sequence[ValueChange], heading: str) -> None:
    words = language.words()
    if not by_name:
        st.markdown(words.t("publishing.no_places"))
        return
    rows = [[words.area(one.area_code), words.label(one.name), *_both(one, words)] for one in by_name]
    tables.grid(
        [words.t(f"publishing.column.{name}") for name in ("place", "measure", "before", "after")],
        rows,
        key="publishing_places",
        alt=heading,
        right=(2, 3),
        fixed=(2, 3),
    )
    _legend()


def draw_revised(new: Preview) -> None:
    """The cells of closed periods that change."""
    words = language.words()
    total = sum(new.draft.revised.values())
    if not total:
        return
    heading = words.t("publishing.revised.heading", count=words.number(total))
    with st.expander(plain(heading), key="publishing_revised"):
        st.markdown(words.t("publishing.revised.help"))
        headings = [
            words.t(f"publishing.column.{name}") for name in ("place", "period", "what", "before", "after")
        ]
        listed = new.draft.revisions[:LISTED]
        rows = [_revised(each, words) for each in listed]
        tables.grid(headings, rows, key="publishing_revised", alt=heading, right=(3, 4), fixed=(3, 4))
        _legend()
        if total > len(listed):
            st.caption(
                words.t("publishing.revised.more", shown=words.number(len(listed)), count=words.number(total))
            )


def _both(change: ValueChange, words: Words) -> list[str]:
    """Before and after, as texts."""
    role = Role.RATE if register()[change.name].unit == "percent" else Role.COUNT
    return [words.cell(cell, change.name, role) for cell in (change.before, change.after)]


def _legend() -> None:
    """Withheld and unknown, under a table."""
    t = language.words().t
    st.caption(
        f"{t('show.withheld', symbol=Gap.WITHHELD.value)}  \n{t('show.unknown', symbol=Gap.UNKNOWN.value)}"
    )


def _revised(cell: dict[str, object], words: Words) -> list[str | Entry]:
    about = [
        str(cell[name]) for name in ("goal_area", "breakdown", "category", "programme") if cell.get(name)
    ]
    what = " · ".join([_label(str(cell["count"]), words), *(words.category(each) for each in about)])
    place = str(cell.get("area_code") or "")
    period = str(cell.get("period") or cell.get("budget_year", ""))
    return [
        words.area(place) if place else "–",
        entries.of_period(period, words.period(period)),
        what,
        *(history.written(cell[name], str(cell["count"]), words) for name in ("before", "after")),
    ]


def _label(name: str, words: Words) -> str:
    try:
        return words.label(name)
    except KeyError:
        return name
