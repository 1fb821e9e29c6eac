"""How a figure stands on a page: message, chart, and all that no figure may forget."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.published import Published
from data.foundation import areas
from data.questions import measures
from pages.charts import signs, theme
from pages.figures import described, downloads, tables
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.table.entries import ZERO
from pages.files import description
from pages.maps import areamap
from pages.maps.areamap import Said
from pages.maps.choropleth import AreaMap
from pages.reading import filters, language
from pages.text.words import Words, plain

TABLE_HEIGHT = 560  # as high as a map


def message(*sentences: str) -> None:
    """The sentence that a page opens with; a second one is about the Kreis."""
    with st.container(key="message"):
        for sentence in sentences:
            st.markdown(plain(sentence))


def pairs() -> DeltaGenerator:
    """Figures side by side: two where there is room, one below the other on a phone."""
    return st.grid(2, min_column_width=440, gap="medium")


def figures(every: Iterable[Described]) -> None:
    """Figures that are described elsewhere, because they stand on paper too."""
    for each in every:
        figure(
            each.chart,
            published=each.published,
            heading=each.heading,
            key=each.key,
            note=each.note,
            at=each.at,
        )


def figure(
    chart: go.Figure,
    *,
    published: Published,
    heading: str,
    key: str,
    note: str | None = None,
    at: Finest | None = None,
) -> None:
    """A chart under its message, with its numbers, definition, source, state and gaps.

    `heading` is the message, as plain text. `at` says of which area it is, if that is not the chosen one.
    """
    words = language.words()
    key = key + at.suffix if at else key
    if published.is_all_withheld:
        _instead(published, heading, key, at)
        return
    if published.edition.internal:
        theme.not_for_publication(chart, words)
    with framed(published, heading=heading, key=key, note=note, folded=True, at=at):
        st.plotly_chart(
            chart,
            theme=None,
            config=theme.config(words, downloads.name(published, key, at)),
            key=key,
            alt=" ".join(
                filter(None, (described.spoken(published, heading, words), signs.said(chart, words)))
            ),
        )


def on_map(
    drawn: AreaMap,
    *,
    published: Published,
    heading: str,
    key: str,
    note: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A map under its message with its numbers beside it, below it on a phone.

    `on_pick` is called with the code of the place that a reader chooses on it; the chosen one is marked.
    """
    words = language.words()
    with framed(published, heading=heading, key=key, note=note):
        shapes, numbers = st.columns([3, 2], gap="medium")
        with shapes:
            areamap.draw(
                drawn,
                Said(
                    alt=described.spoken(published, heading, words),
                    title=heading,
                    below=(_source(published, words),),
                    file=downloads.name(published, key),
                    across=words.t("chart.not_for_publication") if published.edition.internal else "",
                ),
                words=words,
                key=key,
                chosen=filters.chosen().area_code if on_pick else areas.LAND,
                on_pick=on_pick,
            )
        with numbers, st.container(height=TABLE_HEIGHT, border=False, key=f"{key}_numbers"):
            tables.draw(published, words=words, key=key, alt=heading)


def table(
    published: Published,
    *,
    heading: str,
    key: str,
    note: str | None = None,
    search: bool = True,
) -> None:
    """A list under its message: searched by name, in pages, with everything a figure has."""
    words = language.words()
    if not published:
        _instead(published, heading, key)
        return
    with framed(published, heading=heading, key=key, note=note):
        tables.draw(published, words=words, key=key, alt=heading, search=search)


@contextmanager
def framed(
    published: Published,
    *,
    heading: str,
    key: str,
    note: str | None = None,
    folded: bool = False,
    at: Finest | None = None,
) -> Iterator[None]:
    """Whatever stands in here gets what no figure may forget; `folded` adds the numbers as a table."""
    words = language.words()
    with st.container(key=f"figure_{key}"):
        st.subheader(plain(heading), anchor=False)
        if at and at.lead:
            st.caption(f"**{plain(at.lead)}**")
        yield
        _below(published, words, note, listed=not folded)
        _more(published, heading, words, key, note, at)
        if folded:
            numbers = partial(_numbers, published, heading, key)
            tables.folded(words.t("show.as_table"), f"{key}_expander", numbers)


def definition(name: str, words: Words) -> None:
    """What a measure is, what it is for, and what it is worked out from."""
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


def definitions(words: Words) -> None:
    """All measures in the order of the register, each folded under its name."""
    for measure in measures.register().values():
        with st.expander(plain(measure.text("name", words.lang)), key=f"measure_{measure.id}"):
            definition(measure.id, words)


def _numbers(published: Published, heading: str, key: str) -> None:
    words = language.words()
    tables.draw(published, words=words, key=key, alt=heading)
    if tables.has_zero(published):
        st.caption(words.t("table.zero", symbol=ZERO))


def _instead(published: Published, heading: str, key: str, at: Finest | None = None) -> None:
    with st.container(key=f"figure_{key}"):
        st.subheader(plain(heading), anchor=False)
        _nothing(published, language.words(), at)


def _nothing(published: Published, words: Words, at: Finest | None) -> None:
    area_code = (at.chosen if at else filters.chosen()).area_code
    st.info(described.nothing(published, area_code, words))


def _below(published: Published, words: Words, note: str | None, *, listed: bool) -> None:
    lines = [plain(note)] if note else []
    if listed and tables.has_zero(published):
        lines.append(words.t("table.zero", symbol=ZERO))
    lines += described.symbols(published, words)
    if partly := described.provisional(published, words):
        lines.append(plain(partly))
    lines.append(_source(published, words, plain))
    st.caption("  \n".join(lines))


def _source(published: Published, words: Words, escape: Callable[[str], str] = str) -> str:
    """Where the figures come from and as of when; what comes from outside is put through `escape`."""
    edition = published.edition
    source = description.source(published, words, escape)
    return f"{source} {words.t('show.synthetic')}" if edition.synthetic else source


def _more(
    published: Published, heading: str, words: Words, key: str, note: str | None, at: Finest | None
) -> None:
    with st.container(key=f"{key}_more", horizontal=True):
        if published.measures:
            with st.popover(words.t("show.definition"), key=f"{key}_definition", icon=":material/help:"):
                for name in published.measures:
                    definition(name, words)
        downloads.menu(downloads.taken(published, heading=heading, words=words, key=key, note=note, at=at))
