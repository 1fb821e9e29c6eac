"""How good a release would be: how complete, how well protected, and how much it would show."""

import streamlit as st

from data.releases.preview import Kreis, Preview
from pages.figures import tables
from pages.figures.table import entries
from pages.figures.table.entries import Entry
from pages.reading import language
from pages.text.words import Words, plain

# People counselled, in the grains that pages use most, stand for all.
USEFUL = (
    ("kreis", "month"),
    ("verwaltungsgemeinschaft", "year"),
    ("gemeinde", "year"),
    ("gemeinde", "quarter"),
)


def draw_completeness(new: Preview) -> None:
    """Until when each Kreis is complete, and who is behind."""
    words = language.words()
    st.subheader(words.t("publishing.complete.heading"), anchor=False)
    names = ", ".join(f"{words.area(each.area_code)} ({_until(each.after, words)})" for each in new.behind)
    whole = words.number(len(new.kreise) - len(new.behind))
    key = "some" if new.behind else "all"
    st.markdown(
        words.t(
            f"publishing.complete.{key}",
            whole=whole,
            count=words.number(len(new.kreise)),
            names=plain(names),
            until=plain(_until(max((each.after or "" for each in new.kreise), default=""), words)),
        )
    )
    with st.expander(words.t("publishing.complete.each"), key="publishing_kreise"):
        headings = [words.t(f"publishing.column.{name}") for name in ("kreis", "until_before", "until_after")]
        tables.grid(
            headings,
            [_kreis(each, words) for each in new.kreise],
            key="publishing_kreise",
            alt=words.t("publishing.complete.each"),
        )


def draw_protection(new: Preview) -> None:
    """Whether it may be published: what verification and the red team found."""
    t = language.words().t
    st.subheader(t("publishing.tested.heading"), anchor=False)
    if new.draft.broken:
        st.error(t("publishing.tested.broken", rules="  \n".join(plain(each) for each in new.draft.broken)))
    else:
        st.markdown(t("publishing.tested.sound"))
    attacked = new.draft.red_team
    key = "not_attacked" if not attacked else "withstood" if attacked["passed"] else "named"
    (st.error if key == "named" else st.markdown)(t(f"publishing.tested.{key}"))


def draw_usefulness(new: Preview) -> None:
    """How much it shows: of the cells, and of the people in them."""
    words = language.words()
    st.subheader(words.t("publishing.useful.heading"), anchor=False)
    entries = {
        (each["level"], each["grain"]): each
        for each in new.draft.useful.get("cases", ())
        if each["count"] == "active_cases"
    }
    rows = []
    for level, grain in USEFUL:
        found = entries.get((level, grain), {})
        shares = [found.get(name) for name in ("shown_share", "covered")]
        written = ["." if share is None else words.percent(share, 0) for share in shares]
        rows.append([words.t(f"publishing.useful.{level}_{grain}"), *written])
    headings = [words.t(f"publishing.useful.{name}") for name in ("what", "shown", "covered")]
    tables.grid(
        headings, rows, key="publishing_useful", alt=words.t("publishing.useful.heading"), right=[1, 2]
    )
    st.caption(words.t("publishing.useful.note"))


def _kreis(each: Kreis, words: Words) -> list[str | Entry]:
    months = (each.before, each.after)
    return [words.area(each.area_code), *(entries.of_period(month, _until(month, words)) for month in months)]


def _until(month: str | None, words: Words) -> str:
    return words.period(month) if month else words.t("publishing.complete.nothing")
