"""Until when the deliveries of each Kreis are complete, and who is behind."""

import streamlit as st

from data.releases.kreise import Kreis
from data.releases.preview import Preview
from pages.parts import grid, language
from pages.parts.notes import plain
from pages.parts.words import Words


def shown(told: Preview) -> None:
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
