"""How a figure stands on a page: message, chart, and all that no figure may forget."""

from collections.abc import Callable, Sequence
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from data import measures
from data.disclosure.published import Gap, Published
from pages.parts import downloads, language, tables
from pages.parts.charts import theme
from pages.parts.notes import plain
from pages.parts.words import Words


def figure(
    chart: go.Figure,
    *,
    published: Published,
    heading: str,
    key: str,
    alt: str = "",
    note: str | None = None,
    columns: Sequence[str] = (),
    level: int = 3,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A chart under its message, with its numbers, definition, source, state and gaps.

    `heading` is the message, as plain text; it also describes the chart, unless `alt` does. `columns` are
    those of the table and the file. `on_pick` is called with the code of an area that a reader clicks.
    """
    words = language.words()
    with st.container(key=f"figure_{key}"):
        _head(heading, level)
        if published.nothing_shown:
            _nothing(published, words)
            return
        st.plotly_chart(
            chart,
            theme=None,
            config=theme.config(words),
            key=key,
            alt=alt or heading,
            on_select=partial(_picked, key, on_pick) if on_pick else "ignore",
            selection_mode="points",
        )
        _below(published, words, note)
        _more(published, heading, words, key, columns)
        with st.expander(words.t("show.as_table"), key=f"{key}_expander"):
            tables.write(published, words=words, key=key, alt=heading, columns=columns)


def table(
    published: Published,
    *,
    heading: str,
    key: str,
    note: str | None = None,
    columns: Sequence[str] = (),
    level: int = 3,
    search: bool = True,
) -> None:
    """A ranked list under its message: searched by name, in pages, with everything a figure has."""
    words = language.words()
    with st.container(key=f"figure_{key}"):
        _head(heading, level)
        if published.nothing_shown:
            _nothing(published, words)
            return
        rows = list(published)
        if search and len(rows) > tables.ROWS:
            wanted = st.text_input(
                words.t("show.search"),
                key=f"{key}_search",
                type="search",
                placeholder=words.t("show.search_hint"),
            )
            rows = list(tables.matching(published, wanted, words))
        if rows:
            tables.write(published, words=words, key=key, alt=heading, columns=columns, rows=rows)
        else:
            st.info(words.t("show.not_found"))
        _below(published, words, note)
        _more(published, heading, words, key, columns)


def _head(heading: str, level: int) -> None:
    write = st.header if level == 2 else st.subheader
    write(plain(heading), anchor=False)


def _nothing(published: Published, words: Words) -> None:
    cells = [row[column.name] for row in published for column in published.columns]
    if not published:
        reason = "none"
    elif Gap.WITHHELD in cells:
        reason = "withheld"
    else:
        reason = "no_delivery"
    st.info(words.t(f"show.nothing.{reason}"))


def _below(published: Published, words: Words, note: str | None) -> None:
    lines = [plain(note)] if note else []
    if published.withheld:
        lines.append(words.t("show.withheld", symbol=Gap.WITHHELD.value))
    edition = published.edition
    as_of = words.date(edition.as_of or edition.built_at.date())
    source = words.t("show.source", as_of=as_of, version=plain(edition.version))
    lines.append(f"{source} {words.t('show.synthetic')}" if edition.synthetic else source)
    st.caption("  \n".join(lines))


def _more(published: Published, heading: str, words: Words, key: str, columns: Sequence[str]) -> None:
    with st.container(key=f"{key}_more", horizontal=True):
        if published.measures:
            with st.popover(words.t("show.definition"), key=f"{key}_definition", icon=":material/help:"):
                for name in published.measures:
                    definition(name)
        downloads.button(published, heading=heading, words=words, key=key, columns=columns)


def definition(name: str) -> None:
    """What a measure is, what it is for, and what it is worked out from."""
    words = language.words()
    measure = measures.register()[name]
    parts = ("definition", "why", "numerator", "denominator")
    texts = {part: measure.text(part, words.lang) for part in parts}
    st.markdown(f"**{plain(measure.text('name', words.lang))}**")
    lines = [plain(texts["definition"]), plain(texts["why"])]
    lines += [
        words.t(f"show.measure.{part}", text=plain(texts[part]))
        for part in ("numerator", "denominator")
        if texts[part]
    ]
    lines.append(words.t("show.measure.source", text=plain(measure.source)))
    st.markdown("  \n".join(lines))


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points:
        code = points[0].get("customdata")
        on_pick(str(code[0] if isinstance(code, (list, tuple)) else code))
