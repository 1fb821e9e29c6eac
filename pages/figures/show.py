"""How a figure stands on a page: message, chart, and all that no figure may forget.

What measures mean: one below its figure, every one on the page Methoden.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.published import Gap, Published, Role
from data.questions import measures
from pages.charts import alt, theme
from pages.figures import downloads, tables
from pages.figures.finest import Finest
from pages.reading import language
from pages.text.words import Words, plain


def draw(name: str, words: Words) -> None:
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


def draw_all(words: Words) -> None:
    """All measures in the order of the register, each folded under its name."""
    for measure in measures.register().values():
        with st.expander(plain(measure.text("name", words.lang)), key=f"measure_{measure.id}"):
            draw(measure.id, words)


TIMES = ("period", "budget_year", "cohort", "month", "year", "months")


def message(*sentences: str) -> None:
    """The sentence that a page opens with; a second one is about the Kreis."""
    with st.container(key="message"):
        for sentence in sentences:
            st.markdown(plain(sentence))


def pairs() -> DeltaGenerator:
    """Figures side by side: two where there is room, one below the other on a phone."""
    return st.grid(2, min_column_width=440, gap="medium")


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
    at: Finest | None = None,
) -> None:
    """A chart under its message, with its numbers, definition, source, state and gaps.

    `heading` is the message, as plain text. `alt` stands for the chart where it cannot be seen, and is
    worked out if it is not given. `columns` are those of the table and the file. `on_pick` is called with
    the code of an area that a reader clicks. `at` says of which area it is, if that is not the chosen one.
    """
    words = language.words()
    key = key + at.suffix if at else key
    if published.is_all_withheld:
        _instead(published, heading, key, level)
        return
    if published.edition.internal:
        theme.not_for_publication(chart, words)
    with framed(
        published, heading=heading, key=key, note=note, columns=columns, level=level, folded=True, at=at
    ):
        st.plotly_chart(
            chart,
            theme=None,
            config=theme.config(words, downloads.name(published, key, at)),
            key=key,
            alt=alt or f"{heading}. {_described(published, words)}",
            on_select=partial(_picked, key, on_pick) if on_pick else "ignore",
            selection_mode="points",
        )


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
    """A list under its message: searched by name, in pages, with everything a figure has."""
    words = language.words()
    if not published:
        _instead(published, heading, key, level)
        return
    with framed(published, heading=heading, key=key, note=note, columns=columns, level=level):
        rows = list(published)
        if search and len(rows) > tables.ROWS:
            hint = words.t("show.search_hint")
            wanted = st.text_input(
                words.t("show.search"), key=f"{key}_search", type="search", placeholder=hint
            )
            rows = list(tables.matching(published, wanted, words))
        if rows:
            tables.draw(published, words=words, key=key, alt=heading, columns=columns, rows=rows)
        else:
            st.info(words.t("show.not_found"))


@contextmanager
def framed(
    published: Published,
    *,
    heading: str,
    key: str,
    note: str | None = None,
    columns: Sequence[str] = (),
    level: int = 3,
    folded: bool = False,
    at: Finest | None = None,
) -> Iterator[None]:
    """Whatever stands in here gets what no figure may forget; `folded` adds the numbers as a table."""
    words = language.words()
    with st.container(key=f"figure_{key}"):
        _head(heading, level)
        if at and at.lead:
            st.caption(f"**{plain(at.lead)}**")
        yield
        _below(published, words, note)
        _more(published, heading, words, key, columns, note, at)
        if folded:
            with st.expander(words.t("show.as_table"), key=f"{key}_expander"):
                tables.draw(published, words=words, key=key, alt=heading, columns=columns)


def _head(heading: str, level: int) -> None:
    write = st.header if level == 2 else st.subheader
    write(plain(heading), anchor=False)


def _instead(published: Published, heading: str, key: str, level: int) -> None:
    with st.container(key=f"figure_{key}"):
        _head(heading, level)
        _nothing(published, language.words())


def _described(published: Published, words: Words) -> str:
    numbers = [name for name in tables.columns_of(published) if published.role(name) is not Role.DIMENSION]
    over = next((name for name in TIMES if name in published.names), None)
    return alt.text(published, words=words, y=tuple(numbers[:2]), x=over)


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
    if any(cell is Gap.UNKNOWN for row in published.rows for cell in row):
        lines.append(words.t("show.unknown", symbol=Gap.UNKNOWN.value))
    if "is_complete" in published.names and False in published.column("is_complete"):
        lines.append(words.t("show.incomplete"))
    edition = published.edition
    as_of = words.date(edition.as_of or edition.built_at.date())
    source = words.t(downloads.source(published), as_of=as_of, version=plain(edition.version))
    lines.append(f"{source} {words.t('show.synthetic')}" if edition.synthetic else source)
    st.caption("  \n".join(lines))


def _more(
    published: Published,
    heading: str,
    words: Words,
    key: str,
    columns: Sequence[str],
    note: str | None,
    at: Finest | None,
) -> None:
    with st.container(key=f"{key}_more", horizontal=True):
        if published.measures:
            with st.popover(words.t("show.definition"), key=f"{key}_definition", icon=":material/help:"):
                for name in published.measures:
                    draw(name, words)
        downloads.button(published, heading=heading, words=words, key=key, columns=columns, note=note, at=at)


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points:
        code = points[0].get("customdata")
        on_pick(str(code[0] if isinstance(code, (list, tuple)) else code))
