"""The releases there are, newest first, each on a card."""

from datetime import UTC, datetime
from urllib.parse import quote

import streamlit as st

from data.releases.manifest import Manifest
from pages.internal.release import pictures
from pages.reading import language
from pages.text.words import Words, plain
from pages.work import releasing

OPEN = 5  # cards; older ones are folded


def draw_releases() -> None:
    """The newest few, and older ones folded."""
    words = language.words()
    st.header(words.t("publishing.shelf.heading"), anchor=False)
    every, serving, gone = releasing.releases(), releasing.serving(), releasing.withdrawn()
    if not every:
        st.info(words.t("publishing.shelf.none"))
    for made in every[:OPEN]:
        _card(made, serving, gone.get(made.name), words)
    if len(every) > OPEN:
        with st.expander(words.t("publishing.shelf.older", count=words.number(len(every) - OPEN))):
            for made in every[OPEN:]:
                _card(made, serving, gone.get(made.name), words)


def _card(made: Manifest, serving: str | None, withdrawn: str | None, words: Words) -> None:
    """One release; `serving` is the name of the one that readers see, `withdrawn` why this one is."""
    t = words.t
    created, serves = (datetime.fromisoformat(each) for each in (made.created_at, made.serves_from))
    state = "serves" if made.name == serving else "embargo" if serves > datetime.now(UTC) else "before"
    state = state if withdrawn is None else "withdrawn"
    with st.container(border=True, key=f"release_{made.name}"):
        st.subheader(plain(made.name), anchor=False)
        lines = [
            t(f"publishing.shelf.{state}", at=pictures.moment(serves, words), reason=plain(withdrawn or "")),
            t("publishing.shelf.created", at=pictures.moment(created, words)),
        ]
        lines.append(
            t(
                "publishing.shelf.rests_on",
                deliveries=words.number(len(made.deliveries)),
                as_of=words.date(datetime.fromisoformat(made.as_of).date()),
            )
        )
        if made.starts_series and made.before:
            lines.append(t("publishing.shelf.series", series=words.number(made.series)))
        revised = sum(made.revised.values())
        key = "revised" if revised else "unrevised"
        lines.append(t(f"publishing.shelf.{key}", count=words.number(revised)))
        if forgotten := releasing.forgotten(made):
            lines.append(t("publishing.shelf.forgotten", count=words.number(forgotten)))
        if made.note:
            lines.append(t("publishing.shelf.note", note=plain(made.note)))
        st.markdown("  \n".join(lines))
        if state == "embargo":
            with st.popover(t("publishing.shelf.pictures"), key=f"release_{made.name}_pictures"):
                pictures.draw_links(made.name, words)
        st.caption(t("publishing.shelf.sha256", sha256=made.sha256))
        if state not in ("embargo", "withdrawn"):
            st.link_button(
                t("publishing.shelf.open"), f"./?release={quote(made.name)}", icon=":material/open_in_new:"
            )
