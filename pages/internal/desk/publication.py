"""What the public would see otherwise if the newest deliveries were published."""

import streamlit as st

from data.disclosure.published import Role
from data.questions.measures import register
from data.releases.preview import ValueChange
from pages.figures import tables
from pages.internal.desk.scope import Desk
from pages.text.words import Words
from pages.work import steering

MOST = 40  # lines of municipalities; Veröffentlichen has all of them


def draw(desk: Desk) -> None:
    """Until when readers know the place, until when it is delivered, and what a preview would change."""
    words, t = desk.words, desk.words.t
    public, delivered = steering.until(desk.who, desk.chosen)
    if delivered:
        key = "none" if public is None else "same" if public >= delivered else "more"
        st.markdown(
            t(
                f"steering.public.until.{key}",
                area=desk.area,
                public=words.period(public or ""),
                delivered=words.period(delivered),
            )
        )
    found = steering.changes(desk.who, desk.chosen.area_code)
    if found is None:
        st.info(t("steering.public.no_preview"))
        return
    differing = [each for each in (*found.area, *found.places) if each.differs]
    st.markdown(
        t(
            f"steering.public.{'changes' if differing else 'nothing'}",
            number=words.number(len(differing)),
            before=found.before or "–",
            period=words.period(found.period),
            periods=words.number(len(found.new_periods)),
        )
    )
    heading = t("steering.public.area", area=desk.area, period=words.period(found.period))
    st.subheader(heading, anchor=False)
    _table(found.area, "steering_public_area", heading, words)
    if found.places:
        heading = t("steering.public.places", number=words.number(len(found.places)))
        st.subheader(heading, anchor=False)
        _table(found.places[:MOST], "steering_public_places", heading, words)


def _table(changes: "tuple[ValueChange, ...]", key: str, alt: str, words: Words) -> None:
    headings = [words.t(f"publishing.column.{name}") for name in ("place", "measure", "before", "after")]
    rows = [[words.area(one.area_code), words.label(one.name), *_both(one, words)] for one in changes]
    tables.grid(headings, rows, key=key, alt=alt, right=(2, 3), fixed=(2, 3))


def _both(one: ValueChange, words: Words) -> list[str]:
    role = Role.RATE if register()[one.name].unit == "percent" else Role.COUNT
    return [words.cell(each, one.name, role) for each in (one.before, one.after)]
