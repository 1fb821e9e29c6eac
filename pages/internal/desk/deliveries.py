"""How good the deliveries of the own offices are: in time, complete, and what was odd in the last one."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.disclosure.published import is_number
from pages.charts import bars
from pages.figures import show, tables
from pages.internal.desk.scope import Desk
from pages.text.words import plain
from pages.work import steering

MOST_SENDERS = 1  # for a chart: of several offices a table says which is which


def draw(desk: Desk) -> None:
    """Who is late, what is missing by field, and what was odd."""
    words, t = desk.words, desk.words.t
    found = desk.ask("deliveries")
    if not found:
        st.info(t("steering.deliveries.none", area=desk.area))
        return
    late = [row for row in found if is_number(row["behind_days"]) and row["behind_days"]]
    for row in (late or list(found))[:3]:
        st.markdown(
            t(
                f"steering.deliveries.{'late' if row['behind_days'] else 'in_time'}",
                sender=plain(str(row["sender_name"])),
                as_of=words.date(row["reporting_date"]),  # type: ignore[arg-type]
                due=words.date(row["due_on"]),  # type: ignore[arg-type]
                days=words.number(row["behind_days"]),  # type: ignore[arg-type]
            )
        )
    missing = desk.ask("missing")
    if missing:
        heading = t("steering.deliveries.missing", area=desk.area)
        each = desk.described("missing", heading, missing, t("steering.deliveries.missing_note"))
        if len(found) <= MOST_SENDERS:
            chart = partial(bars.ranked, missing, words=words, x="field", y="missing_share")
            show.figure(replace(each, draw=chart))
        else:
            show.table(each)
    if len(found) > MOST_SENDERS:
        told = found.only(*(name for name in found.names if name != "sender"))
        show.table(desk.described("deliveries", t("steering.deliveries.all"), told))
    _draw_odd(desk)


def _draw_odd(desk: Desk) -> None:
    words, t = desk.words, desk.words.t
    odd = steering.odd(desk.who, desk.chosen)
    if not odd:
        st.markdown(t("steering.deliveries.nothing_odd"))
        return
    st.subheader(t("steering.deliveries.odd"), anchor=False)
    tables.grid(
        [t(f"steering.deliveries.column.{name}") for name in ("sender", "what", "number")],
        [[one.sender_name, one.title(words.lang), words.number(one.number)] for one in odd],
        key="steering_odd",
        alt=t("steering.deliveries.odd"),
        right=(2,),
    )
