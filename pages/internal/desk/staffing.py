"""People for each post, place by place, posts that stand vacant, and managers where that is agreed."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.disclosure.published import is_number
from data.foundation import settings
from pages.charts import bars
from pages.charts.signs import Reference
from pages.figures import show, tables
from pages.internal.desk.scope import Desk

MOST = 12  # bars: what is loaded most
EIGHTY = 80  # people for a post, by the formula of 2018


def draw(desk: Desk) -> None:
    """The answer, the places that carry most, all of them, and what stands vacant."""
    words, t = desk.words, desk.words.t
    places, vacant = desk.ask("places"), desk.ask(_vacant())
    whole = places.where(**desk.chosen.here)
    filled, approved, free = (
        whole.cell(name, **desk.chosen.here) for name in ("filled_vzae", "approved_vzae", "free_places")
    )
    if not is_number(approved):
        st.info(t("steering.posts.unknown", area=desk.area))
        return
    if not approved:
        st.info(t("steering.posts.with_kreis", area=desk.area))
        return
    key = "none" if not is_number(free) else "free" if float(free) >= 0 else "over"  # type: ignore[arg-type]
    st.markdown(
        t(
            f"steering.posts.message.{key}",
            area=desk.area,
            filled=words.cell(filled, "filled_vzae", whole.role("filled_vzae")),
            approved=words.cell(approved, "approved_vzae", whole.role("approved_vzae")),
            free=words.number(abs(float(free))) if is_number(free) else "",  # type: ignore[arg-type]
            quarter=words.period(str(whole.column("quarter")[0])),
        )
    )
    loaded = replace(
        places, rows=tuple(row for row in places.rows if is_number(row[_at(places, "caseload")]))
    )
    if len(loaded) > 1:
        each = desk.described(
            "load", t("steering.posts.load", area=desk.area), loaded, t("steering.posts.note")
        )
        line = Reference(EIGHTY, t("caseload.per_post.reference"))
        chart = partial(
            bars.against, loaded, words=words, x="area_code", y="caseload", top=MOST, reference=line
        )
        show.figure(replace(each, draw=chart))
    else:
        show.table(desk.described("places", t("steering.posts.places"), places), search=False)
    _draw_vacant(desk, len(vacant))
    _draw_managers(desk)


def _at(answer: object, name: str) -> int:
    return answer.names.index(name)  # type: ignore[attr-defined, no-any-return]


def _vacant() -> str:
    return "vacant_by_month" if settings.from_environment().staff_council_agrees else "vacant"


def _draw_vacant(desk: Desk, number: int) -> None:
    words = desk.words
    if not number:
        st.markdown(words.t("steering.posts.none_vacant", area=desk.area))
        return
    heading = words.t("steering.posts.vacant", number=words.number(number))
    show.table(
        desk.described("vacant", heading, desk.ask(_vacant()), words.t(f"steering.posts.note_{_vacant()}")),
        search=False,
    )


def _draw_managers(desk: Desk) -> None:
    t = desk.words.t
    if not settings.from_environment().staff_council_agrees:
        st.caption(t("steering.posts.managers_closed"))
        return
    heading, note = t("steering.posts.managers"), t("steering.posts.managers_note")
    # Folded, so that it is on the screen while somebody wants it and not beside whoever stands there.
    tables.folded(
        heading,
        "steering_managers",
        lambda: show.table(desk.described("managers", heading, desk.ask("managers"), note)),
    )
