"""Every release: when it was, what was said about it, and which closed figures it changed."""

from functools import partial

import streamlit as st

from data.disclosure.published import Gap
from data.releases.notices import Notice, Revision
from pages.figures import tables
from pages.reading import address, language, notes, released
from pages.text.words import Words, plain


def draw(notices: tuple[Notice, ...], withdrawn: tuple[Notice, ...] = ()) -> None:
    """The newest first; of those that are withdrawn, that they are and why."""
    words = language.words()
    if not notices:
        st.markdown(words.t("methods.releases.none"))
    for notice in sorted((*notices, *withdrawn), key=lambda each: each.since, reverse=True):
        with st.container(key=f"release_{notice.name}", border=True):
            if notice.withdrawn:
                st.markdown(notes.withdrawal(notice, words))
            else:
                _one(notice, words, newest=notice is notices[-1])


def written(value: object, count: str, words: Words) -> str:
    """A figure in a list of changes: a count, withheld where it is 0, or an amount (a float) in its unit."""
    if value is None:
        return Gap.UNKNOWN.value
    if isinstance(value, float):
        if count.endswith("_eur"):
            return words.eur(value, 0 if value == int(value) else 2)
        return words.write(value, "vzae" if "vzae" in count else "")
    return words.number(int(str(value))) if value else Gap.WITHHELD.value


def _one(notice: Notice, words: Words, *, newest: bool) -> None:
    key = "methods.releases.newest" if newest else "methods.releases.one"
    name = plain(notice.name)
    st.markdown(words.t(key, name=name, on=words.date(released.day(notice))))
    if notice.note:
        st.markdown(words.t("methods.releases.note", note=plain(notice.note)))
    if notice.before and notice.starts_series:
        st.markdown(words.t("methods.releases.new_series", before=plain(notice.before)))
    elif notice.before:
        _changes(notice, words)
    st.button(
        words.t("methods.releases.open", name=name),
        key=f"open_{notice.name}",
        on_click=address.write,
        args=("release", notice.name),
    )


def _changes(notice: Notice, words: Words) -> None:
    before = plain(notice.before or "")
    if not notice.revised:
        st.markdown(words.t("methods.releases.unchanged", before=before))
        return
    numbers = ", ".join(
        f"{words.t(f'methods.table.{table}')}: {words.number(number)}" for table, number in notice.revised
    )
    st.markdown(words.t("methods.releases.changed", before=before, numbers=plain(numbers)))
    if not notice.revisions:
        return
    heading = words.t("methods.revisions.heading", name=notice.name)
    tables.folded(plain(heading), f"revisions_{notice.name}_expander", partial(_revisions, notice, heading))


def _revisions(notice: Notice, heading: str) -> None:
    words = language.words()
    listed, changed = len(notice.revisions), sum(number for _, number in notice.revised)
    if listed < changed:
        st.markdown(
            words.t("methods.revisions.first", told=words.number(listed), changed=words.number(changed))
        )
    st.caption(words.t("methods.revisions.symbols"))
    tables.grid(
        [words.t(f"methods.revisions.{column}") for column in ("table", "where", "count")]
        + [notice.before or "", notice.name],
        [_row(revision, words) for revision in notice.revisions],
        key=f"revisions_{notice.name}",
        alt=heading,
        right=(3, 4),
        fixed=(3, 4),
    )


def _row(revision: Revision, words: Words) -> list[str]:
    return [
        words.t(f"methods.table.{revision.table}"),
        " · ".join(_named(name, value, words) for name, value in revision.cell if value is not None),
        words.label(revision.count),
        *(written(each, revision.count, words) for each in (revision.before, revision.after)),
    ]


def _named(name: str, value: object, words: Words) -> str:
    if name == "breakdown":
        return words.label("country" if value == "origin" else str(value))
    return words.place_or_category(str(value), name)
