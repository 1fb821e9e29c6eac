"""How a figure stands on a page: message, chart, and all that no figure may forget.

All of it is one piece of HTML, for the server one element and not twelve: `browser/figures.js` draws its
chart. What stands in it is escaped here, and Streamlit lets nothing through that could run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.published import Published
from data.foundation import areas
from data.questions import measures
from pages.charts import signs
from pages.figures import described, downloads, tables
from pages.figures.described import Described
from pages.figures.table.entries import ZERO
from pages.files import addresses, description
from pages.lasting import workedout
from pages.maps import areamap
from pages.maps.areamap import Said
from pages.reading import filters, groups, language
from pages.text import markup
from pages.text.words import Words, plain

TABLE_HEIGHT = 560  # as high as a map


def message(*sentences: str) -> None:
    """The sentence that a page opens with; a second one is about the Kreis."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    st.html(f'<div class="message">{said}</div>')


def heading(text: str, *, before: str = "", after: str = "") -> None:
    """What stands over several figures, with a sentence that ends what was before or begins what follows."""
    first, last = (f"<p>{escape(each)}</p>" if each else "" for each in (before, after))
    st.html(f'{first}<h2 class="over-figures">{escape(text)}</h2>{last}')


def pairs() -> DeltaGenerator:
    """Figures side by side: two where there is room, one below the other on a phone."""
    return st.grid(2, min_column_width=440, gap="medium")


def figure(each: Described, *, gives_way: bool = False) -> None:
    """A chart under its message, with its numbers, definition, source, state and gaps. It `gives_way` to one
    of a larger area that follows: on a phone it is its message, and its numbers once they are opened.
    """
    words, published = language.words(), each.published
    if published.is_all_withheld:
        _instead(each)
        return
    whole = _once(each, f"figure {gives_way}", lambda: _whole(each, words, gives_way))
    if downloads.has_address(each):
        st.html(whole)
        return
    with st.container(key=f"{each.element}_exact"):
        st.html(whole)
        downloads.buttons(each, words)


def _whole(each: Described, words: Words, gives_way: bool) -> str:
    """All of a figure with a chart."""
    foot = _foot(each, words, _folder(each, words))
    return _framed(each, _head(each, words) + _chart(each, words) + foot, gives_way)


def _framed(each: Described, inside: str, gives_way: bool = False) -> str:
    # The class is that of a container with this key: a figure looks the same as one element or as some.
    more = " gives-way" if gives_way else ""
    return f'<div class="figure st-key-figure_{escape(each.element)}{more}">{inside}</div>'


def _chart(each: Described, words: Words) -> str:
    """The place of a chart, as high as it will be, with all that it is drawn from; why there is nothing on it
    if there is not so much as a sign for a gap.
    """
    chart, published = each.chart, each.published
    if why := described.instead(each, words, chart):
        return f'<p class="told">{escape(why)}</p>'
    told = (described.spoken(published, each.heading, words), signs.said(chart, words))
    drawn = markup.attribute(described.plotted(each, chart, words))
    return (
        f'<div class="chart" role="figure" aria-label="{escape(" ".join(filter(None, told)))}" '
        f'style="height:{chart.layout.height:g}px" data-chart="{drawn}"></div>'
    )


def _folder(each: Described, words: Words) -> str:
    """A folder with the numbers of a figure. Most readers never open one, so a browser fetches what is in it
    once somebody does; of what has no address it stands in the page.
    """
    if downloads.has_address(each):
        address = addresses.of(each.taken(words), "json", each.choices or (), addresses.TABLES)
        rows = f'data-from="{escape(address.lstrip("/"))}"'
    else:
        sheet = tables.sheet(each.published, words, each.element, each.heading)
        rows = f'data-sheet="{markup.attribute(sheet.decode())}"'
    zero = _zero(each.published, words)
    said = f"<p>{escape(zero)}</p>" if zero else ""
    return (
        f'<details class="folder" data-unfolds="{escape(each.element)}">'
        f"<summary>{escape(words.t('show.as_table'))}</summary>"
        f'<div class="rows" {rows} data-failed="{escape(words.t("table.failed"))}"></div>{said}</details>'
    )


def on_map(each: Described, on_pick: Callable[[str], None] | None = None) -> None:
    """A map under its message with its numbers beside it, below it on a phone.

    `on_pick` is called with the code of the place that a reader chooses on it; the chosen one is marked.
    """
    words, published = language.words(), each.published
    # Where none can be chosen nothing is asked of a release: there may be none yet (Veröffentlichen).
    group = groups.chosen() if on_pick else None
    chosen = group.code if group else filters.chosen().area_code if on_pick else areas.LAND
    if (mapped := each.mapped) is None:
        raise TypeError(f"{each.key} has no map")
    with framed(each), st.container(key=f"beside_{each.element}"):
        areamap.draw(
            workedout.of(each.known and ("coloured", each.known), lambda: areamap.coloured(mapped(), words)),
            Said(
                alt=_once(each, "spoken", lambda: described.spoken(published, each.heading, words)),
                title=each.heading,
                below=(_source(published, words),),
                file=each.taken(words).name,
                across=words.t("chart.not_for_publication") if published.edition.internal else "",
            ),
            key=each.element,
            chosen=chosen,
            on_pick=on_pick,
        )
        with st.container(height=TABLE_HEIGHT, border=False, key=f"{each.element}_numbers"):
            first, inside = own_first(published, areas.LAND if group else chosen)
            if inside:
                # The table is the same for every place, so a browser that has it is told the order alone.
                rows = ",".join(map(str, first))
                said = escape(words.t("show.own_first", area=words.area(inside)))
                st.html(f'<p data-first-of="{escape(each.element)}" data-rows="{rows}">{said}</p>')
            tables.draw(published, words=words, key=each.element, alt=each.heading)


def own_first(published: Published, code: str) -> tuple[tuple[int, ...], str]:
    """The rows that come first: those of a place, its Kreis and what lies in that; and which Kreis (or larger
    area) it is.

    Nothing for all of the Land, and for what has no row of the place.
    """
    around = areas.within(code, areas.KREIS) or code
    inside = {area for level in areas.LEVELS for area in areas.inside(around, level)} - {areas.LAND}
    listed = published.column("area_code")
    here = [at for at, each in enumerate(listed) if each in inside]
    if code == areas.LAND or not here:
        return (), ""
    own = {code: 0, around: 1}
    return tuple(sorted(here, key=lambda at: own.get(str(listed[at]), 2))), around


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
        st.html(_once(each, "head", lambda: _head(each, words)))
        yield
        st.html(_once(each, "foot", lambda: _foot(each, words)))
        if not downloads.has_address(each):
            downloads.buttons(each, words)


def _once(each: Described, part: str, make: Callable[[], str]) -> str:
    known = None if each.published.edition.internal else each.known
    return workedout.of(known and (part, known), make)


def _head(each: Described, words: Words) -> str:
    lead = each.at.why(words)
    said = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    return f"<h3>{escape(each.heading)}</h3>{said}"


def _foot(each: Described, words: Words, folder: str = "") -> str:
    """What is said below a figure, its definitions, the menu of its files, and the `folder` of its numbers:
    with one, what is said of them on a phone stands beside the definitions alone.
    """
    said = _said(each, words, listed=not folder)
    lines = "  \n".join(said)
    told = [definition(name, words) for name in each.published.measures]
    terms = "\n\n".join(filter(None, (*told, lines if folder else "")))
    notes = f'<div class="notes">{markup.block(lines)}</div>' if said else ""
    source = markup.block(_source(each.published, words, plain))
    more = downloads.over(words.t("show.definition"), "help", markup.block(terms)) if terms else ""
    menu = downloads.menu(each, words) if downloads.has_address(each) else ""
    row = f'<div class="more">{more}{menu}{folder}</div>' if more or menu or folder else ""
    return (
        f'<div class="said">{notes}<div class="{_class_of_source(each.published)}">{source}</div></div>{row}'
    )


def _class_of_source(published: Published) -> str:
    """What most figures of a release have in common is not repeated on a phone: head and foot of a page say
    it. Published amounts, numbers of inhabitants and exact figures have sources of their own.
    """
    is_common = description.source_key(published) == description.OF_RELEASE and not published.inhabitants
    return "source common" if is_common else "source"


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


def _instead(each: Described) -> None:
    why = _why(each, language.words())
    st.html(_framed(each, f"<h3>{escape(each.heading)}</h3>{why}"))


def _why(each: Described, words: Words) -> str:
    why = described.nothing(each.published, each.chosen.area_code, words)
    return f'<p class="told">{escape(why)}</p>'


def _zero(published: Published, words: Words) -> str:
    """What the sign for zero means, where a cell is one."""
    return words.t("table.zero", symbol=ZERO) if tables.has_zero(published) else ""


def _said(each: Described, words: Words, *, listed: bool) -> list[str]:
    """What stands below a figure beside its source, each escaped. On a phone it opens with the definition."""
    published = each.published
    lines = [plain(each.note)] if each.note else []
    if listed and (zero := _zero(published, words)):
        lines.append(zero)
    lines += described.symbols(published, words)
    if partly := described.provisional(published, words):
        lines.append(plain(partly))
    return lines


def _source(published: Published, words: Words, escape: Callable[[str], str] = str) -> str:
    """Where the figures come from and as of when; what comes from outside is put through `escape`."""
    edition = published.edition
    source = description.source(published, words, escape)
    return f"{source} {words.t('show.synthetic')}" if edition.synthetic else source
