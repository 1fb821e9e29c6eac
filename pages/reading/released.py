"""Which figures a page shows: the release with its date and note, or exact ones, which no reader may miss."""

from datetime import date
from html import escape

import streamlit as st

from data.disclosure.published import Edition
from data.releases.notices import Notice
from pages.menu import MENU, METHODS
from pages.reading import head, reader
from pages.reading.language import words
from pages.text import markup
from pages.text.words import plain


def which(edition: Edition) -> None:
    """Above the figures: that they are exact, or that they are not those of the newest release."""
    newest = reader.newest()
    if edition.internal:
        _exact(newest)
    elif newest and newest.name != edition.version:
        _older(edition, newest)


def state(edition: Edition, page: str) -> None:
    """Below the choices, in one line: which figures these are, that they deviate, who is behind; the rest
    of it opens beside it. `page` is the address of the open page.
    """
    w, about = words(), _notice(edition)
    line = [w.t(f"notes.state.{'exact' if edition.internal else 'release'}", **_named(edition))]
    if edition.parameters is not None:
        line.append(w.t("notes.deviates.text"))
    late = len(edition.behind) + len(edition.never)
    if late:
        line.append(w.t("notes.state.one_late" if late == 1 else "notes.state.late", count=w.number(late)))
    way = head.link(MENU[METHODS], w.t("notes.deviates.link"))
    link = way if edition.parameters is not None and page != MENU[METHODS] else ""
    more = "".join(map(markup.block, _more(edition)))
    said = (
        f'<div class="state"><p>{markup.line(" · ".join(line))}</p>{link}<details class="over">'
        f"<summary>{escape(w.t('notes.state.more'))}</summary>"
        f'<div class="over-body">{more}</div></details></div>'
    )
    if about is None or not reader.address_of_newest():
        st.html(said)
        return
    with st.container(key="state", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(said, width="content")
        _button("notes.to_exact", "to_exact", "")


def printed(edition: Edition) -> str:
    """The same for paper, where nothing opens, as HTML."""
    return "".join(map(markup.block, _more(edition)))


def _more(edition: Edition) -> list[str]:
    """What is said of these figures beside their date, a paragraph each."""
    w, about = words(), _notice(edition)
    said = [w.t("notes.state.senders", senders=w.number(edition.senders), **_named(edition))]
    if edition.parameters is not None:
        said.append(w.t("notes.deviates.more"))
    if about and about.note:
        said.append(w.t("notes.state.note", note=plain(about.note)))
    if about and about.revised:
        count = sum(number for _, number in about.revised)
        said.append(w.t("notes.state.revised", count=w.number(count), before=plain(about.before or "")))
    for key, kreise in (("notes.behind", edition.behind), ("notes.never", edition.never)):
        if kreise:
            names = ", ".join(plain(name) for name in kreise)
            said.append(w.t(key, names=names, count=w.number(len(kreise))))
    return said


def _notice(edition: Edition) -> Notice | None:
    return None if edition.internal else reader.notice(edition.version)


def _named(edition: Edition) -> dict[str, str]:
    w, about = words(), _notice(edition)
    return {
        "as_of": w.date(edition.day),
        "on": w.date(edition.built_at.date() if about is None else day(about)),
        "version": plain(edition.version),
    }


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
    st.button(words().t(text), key=key, on_click=reader.go_on, args=(release,))
