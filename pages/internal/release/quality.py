"""Whether it may be published: every rule checked once more, and the attacks.

How much a release shows: of the cells, and of the people in them.
Until when the deliveries of each Kreis are complete, and who is behind.
"""

import streamlit as st

from data.releases.preview import Kreis, Preview
from pages.figures import tables
from pages.reading import language
from pages.text.words import Words, plain


def draw_protection(told: Preview) -> None:
    """Verification and red team, in words."""
    t = language.words().t
    st.subheader(t("publishing.tested.heading"), anchor=False)
    if told.draft.broken:
        st.error(t("publishing.tested.broken", rules="  \n".join(plain(each) for each in told.draft.broken)))
    else:
        st.markdown(t("publishing.tested.sound"))
    attacked = told.draft.red_team
    key = "not_attacked" if not attacked else "withstood" if attacked["passed"] else "named"
    (st.error if key == "named" else st.markdown)(t(f"publishing.tested.{key}"))


# People counselled, in the three grains that pages use most, stand for all.
USEFUL = (("kreis", "month"), ("gemeinde", "year"), ("gemeinde", "quarter"))


def draw_usefulness(told: Preview) -> None:
    """Share of cells shown and of people covered."""
    words = language.words()
    st.subheader(words.t("publishing.useful.heading"), anchor=False)
    entries = {
        (each["level"], each["grain"]): each
        for each in told.draft.useful.get("cases", ())
        if each["count"] == "active_cases"
    }
    rows = []
    for level, grain in USEFUL:
        found = entries.get((level, grain), {})
        shares = [found.get(name) for name in ("shown_share", "covered")]
        told_shares = ["." if share is None else words.percent(share, 0) for share in shares]
        rows.append([words.t(f"publishing.useful.{level}_{grain}"), *told_shares])
    headings = [words.t(f"publishing.useful.{name}") for name in ("what", "shown", "covered")]
    tables.grid(headings, rows, alt=words.t("publishing.useful.heading"), right=[1, 2])
    st.caption(words.t("publishing.useful.note"))


def draw_completeness(told: Preview) -> None:
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
        tables.grid(
            headings,
            [_kreis(each, words) for each in told.kreise],
            alt=words.t("publishing.complete.each"),
        )


def _kreis(each: Kreis, words: Words) -> list[str]:
    return [words.area(each.area_code), _until(each.before, words), _until(each.after, words)]


def _until(month: str | None, words: Words) -> str:
    return words.period(month) if month else words.t("publishing.complete.nothing")
