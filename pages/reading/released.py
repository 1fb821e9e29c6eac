"""Which figures a page shows: the release with its date and note, or exact ones, which no reader may miss."""

from datetime import date

import streamlit as st

from data.disclosure.published import Edition
from data.releases.notices import Notice
from pages.reading import address, reader
from pages.reading.language import words
from pages.text.words import plain


def which(edition: Edition) -> None:
    """Above the figures: that they are exact, or that they are not those of the newest release."""
    newest = reader.newest()
    if edition.internal:
        _exact(newest)
    elif newest and newest.name != edition.version:
        _older(edition, newest)


def state(edition: Edition) -> None:
    """Below the choices: which figures these are, what was said about them, and who is behind."""
    w = words()
    about = reader.notice(edition.version) if not edition.internal else None
    with st.container(key="state"):
        st.caption(
            w.t(
                "notes.state.exact" if about is None else "notes.state.release",
                as_of=w.date(edition.as_of or edition.built_at.date()),
                on=w.date(edition.built_at.date() if about is None else day(about)),
                version=plain(edition.version),
                senders=w.number(edition.senders),
            )
        )
        if about and about.note:
            st.caption(w.t("notes.state.note", note=plain(about.note)))
        if about and about.revised:
            count = sum(number for _, number in about.revised)
            st.caption(w.t("notes.state.revised", count=w.number(count), before=plain(about.before or "")))
        for key, kreise in (("notes.behind", edition.behind), ("notes.never", edition.never)):
            if kreise:
                names = ", ".join(plain(name) for name in kreise)
                st.caption(w.t(key, names=names, count=w.number(len(kreise))))
        if about and reader.address_of_newest():
            _button("notes.to_exact", "to_exact", "")


def day(notice: Notice) -> date:
    """The day from which on readers could see a release, where this installation stands."""
    return notice.since.astimezone().date()


def _exact(newest: Notice | None) -> None:
    with st.container(key="exact"):
        st.markdown(words().t("notes.exact"))
        if newest:
            _button("notes.to_released", "to_released", newest.name)


def _older(edition: Edition, newest: Notice) -> None:
    w = words()
    about = reader.notice(edition.version)
    with st.container(key="older"):
        st.markdown(
            w.t(
                "notes.older",
                version=plain(edition.version),
                on=w.date(day(about)) if about else "",
                newest=plain(newest.name),
                newest_on=w.date(day(newest)),
            )
        )
        _button("notes.to_newest", "to_newest", reader.address_of_newest())


def _button(text: str, key: str, release: str) -> None:
    st.button(words().t(text), key=key, on_click=address.write, args=("release", release))
