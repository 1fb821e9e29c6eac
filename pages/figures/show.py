"""How a figure stands on a page: message, chart, and all that no figure may forget."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.published import Published
from data.foundation import areas
from data.questions import measures
from pages.charts import signs, theme
from pages.figures import described, downloads, tables
from pages.figures.described import Described
from pages.figures.table.entries import ZERO
from pages.files import description
from pages.lasting import resent, workedout
from pages.maps import areamap
from pages.maps.areamap import Said
from pages.reading import filters, groups, language
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


def figure(each: Described) -> None:
    """A chart under its message, with its numbers, definition, source, state and gaps."""
    words, published = language.words(), each.published
    if published.is_all_withheld:
        _instead(each)
        return
    with st.container(key=f"figure_{each.element}"):
        resent.chart(_known(each), partial(_drawn, each, words))
        tables.folded(words.t("show.as_table"), f"{each.element}_expander", partial(_numbers, each))


def _drawn(each: Described, words: Words) -> int:
    """All of a figure that is the same for everybody. Returns the bytes of its chart."""
    chart, published = each.chart, each.published
    if published.edition.internal:
        theme.not_for_publication(chart, words)
    _head(each, words)
    told = (described.spoken(published, each.heading, words), signs.said(chart, words))
    st.plotly_chart(
        chart,
        theme=None,
        config=theme.config(words, each.taken(words).name),
        key=each.element,
        alt=" ".join(filter(None, told)),
    )
    _foot(each, words, folded=True)
    return len(str(chart.to_json(validate=False)))


def on_map(each: Described, on_pick: Callable[[str], None] | None = None) -> None:
    """A map under its message with its numbers beside it, below it on a phone.

    `on_pick` is called with the code of the place that a reader chooses on it; the chosen one is marked.
    """
    words, published = language.words(), each.published
    # Where none can be chosen nothing is asked of a release: there may be none yet (Veröffentlichen).
    group = groups.chosen() if on_pick else None
    chosen = group.code if group else filters.chosen().area_code if on_pick else areas.LAND
    if each.mapped is None:
        raise TypeError(f"{each.key} has no map")
    with framed(each):
        shapes, numbers = st.columns([3, 2], gap="medium")
        with shapes:
            areamap.draw(
                each.mapped(),
                Said(
                    alt=workedout.of(
                        each.known and ("spoken", each.known),
                        lambda: described.spoken(published, each.heading, words),
                    ),
                    title=each.heading,
                    below=(_source(published, words),),
                    file=each.taken(words).name,
                    across=words.t("chart.not_for_publication") if published.edition.internal else "",
                ),
                words=words,
                key=each.element,
                chosen=chosen,
                on_pick=on_pick,
            )
        with numbers, st.container(height=TABLE_HEIGHT, border=False, key=f"{each.element}_numbers"):
            first, inside = own_first(published, areas.LAND if group else chosen)
            if inside:
                st.caption(plain(words.t("show.own_first", area=words.area(inside))))
            tables.draw(first, words=words, key=each.element, alt=each.heading)


def own_first(published: Published, code: str) -> tuple[Published, str]:
    """The same answer with the rows of a place and its Kreis first, and which Kreis (or larger area) it is.

    All of the Land stays as it is, and so does what has no row of the place: then the name is empty.
    """
    around = areas.within(code, areas.KREIS) or code
    inside = {area for level in areas.LEVELS for area in areas.inside(around, level)} - {areas.LAND}
    here = [str(each) for each in published.column("area_code") if each in inside]
    if code == areas.LAND or not here:
        return published, ""
    own = [each for each in here if each in (code, around)]
    return published.in_order("area_code", [*dict.fromkeys([*own, *here])]), around


def table(each: Described, *, search: bool = True) -> None:
    """A list under its message: searched by name, in pages, with everything a figure has."""
    if not each.published:
        _instead(each)
        return
    with framed(each):
        tables.draw(each.published, words=language.words(), key=each.element, alt=each.heading, search=search)


@contextmanager
def framed(each: Described) -> Iterator[None]:
    """Whatever stands in here gets what no figure may forget."""
    words = language.words()
    with st.container(key=f"figure_{each.element}"):
        known = _known(each)
        resent.texts(known and f"head {known}", partial(_head, each, words))
        yield
        resent.texts(known and f"foot {known}", partial(_foot, each, words, folded=False))


def _known(each: Described) -> str | None:
    return None if each.published.edition.internal else each.known


def _head(each: Described, words: Words) -> None:
    st.subheader(plain(each.heading), anchor=False)
    if lead := each.at.why(words):
        st.caption(f"**{plain(lead)}**")


def _foot(each: Described, words: Words, *, folded: bool) -> None:
    """`folded`: the numbers stand in a table of their own, what is said of them beside the definitions."""
    said = _said(each, words, listed=not folded)
    st.caption("\n\n".join(filter(None, ("  \n".join(said), _source(each.published, words, plain)))))
    _more(each, words, said if folded else [])


def definition(name: str, words: Words) -> str:
    """What a measure is, what it is for, and what it is worked out from, as Markdown."""
    measure = measures.register()[name]
    parts = ("definition", "why", "numerator", "denominator")
    texts = {part: measure.text(part, words.lang) for part in parts}
    lines = [plain(texts["definition"]), plain(texts["why"])]
    lines += [
        words.t(f"show.measure.{part}", text=plain(texts[part]))
        for part in ("numerator", "denominator")
        if texts[part]
    ]
    lines.append(words.t("show.measure.source", text=plain(measure.source)))
    return f"**{plain(measure.text('name', words.lang))}**\n\n" + "  \n".join(lines)


def definitions(words: Words) -> None:
    """All measures in the order of the register, each folded under its name."""
    with st.container(key="definitions"):
        for measure in measures.register().values():
            with st.expander(plain(measure.text("name", words.lang)), key=f"measure_{measure.id}"):
                st.markdown(definition(measure.id, words))


def _numbers(each: Described) -> None:
    words = language.words()
    tables.draw(each.published, words=words, key=each.element, alt=each.heading)
    if tables.has_zero(each.published):
        st.caption(words.t("table.zero", symbol=ZERO))


def _instead(each: Described) -> None:
    with st.container(key=f"figure_{each.element}"):
        st.subheader(plain(each.heading), anchor=False)
        st.info(described.nothing(each.published, each.chosen.area_code, language.words()))


def _said(each: Described, words: Words, *, listed: bool) -> list[str]:
    """What stands below a figure beside its source, each escaped. On a phone it opens with the definition."""
    published = each.published
    lines = [plain(each.note)] if each.note else []
    if listed and tables.has_zero(published):
        lines.append(words.t("table.zero", symbol=ZERO))
    lines += described.symbols(published, words)
    if partly := described.provisional(published, words):
        lines.append(plain(partly))
    return lines


def _source(published: Published, words: Words, escape: Callable[[str], str] = str) -> str:
    """Where the figures come from and as of when; what comes from outside is put through `escape`."""
    edition = published.edition
    source = description.source(published, words, escape)
    return f"{source} {words.t('show.synthetic')}" if edition.synthetic else source


def _more(each: Described, words: Words, said: Sequence[str]) -> None:
    """The definitions with what is `said` below the figure, and the menu of its files."""
    with st.container(key=f"{each.element}_more", horizontal=True):
        if each.published.measures or said:
            with st.popover(
                words.t("show.definition"), key=f"{each.element}_definition", icon=":material/help:"
            ):
                told = [definition(name, words) for name in each.published.measures]
                st.markdown("\n\n".join(filter(None, (*told, "  \n".join(said)))))
        downloads.menu(each, words)
