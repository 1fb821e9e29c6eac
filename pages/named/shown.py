"""Named figures on a page: the choices of whoever reads it, and how the figures stand there."""

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from data.access.rights import PUBLIC
from data.disclosure.published import Gap
from data.foundation.errors import DashboardError
from data.questions import figures as figures_by_name
from data.questions.filters import Filters
from pages.figures import finest, show
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.files import addresses
from pages.files.codes import NoCodeError
from pages.named import cited, every, numbered
from pages.named.cited import Standing
from pages.named.numbered import Coded
from pages.named.recipe import Choice
from pages.reading import filters, language, reader, released
from pages.text.words import Words, plain


def wanted(chosen: Filters | None = None, column: str = "", **own: str) -> Wanted:
    """What this reader wants figures for; `own` are choices of the page beside those of all."""
    return Wanted(chosen or filters.chosen(**own), language.words(), reader.audience(), column)


def draw(
    name: str,
    of: Wanted,
    *,
    search: bool = True,
    on_pick: Callable[[str], None] | None = None,
) -> list[Described]:
    """A figure of this name, as often as it stands on the page. Raises UnknownFigureError."""
    found = every.of(name, of)
    place(found, search=search, on_pick=on_pick)
    return found


def figures(names: Iterable[str], of: Wanted) -> list[Described]:
    """Several of the same choices, in their order."""
    return [each for name in names for each in draw(name, of)]


def place(
    found: Iterable[Described], *, search: bool = True, on_pick: Callable[[str], None] | None = None
) -> None:
    """Figures that are made already: each as chart, map or table."""
    listed = list(found)
    for each, then in zip(listed, [*listed, None][1:], strict=True):
        if each.mapped:
            show.on_map(each, on_pick)
        elif each.draw:
            # Of a place that shows a number now and then, and of a larger one in its stead.
            show.figure(each, gives_way=bool(then and then.at.reason and not each.at.reason))
        else:
            show.table(each, search=search)


def choose(name: str, of: Choice, label: Callable[[str], str] | None = None) -> str:
    """A box for one of the choices of a figure. Its code is in the address."""
    return filters.choose(name, of.codes, of.default, label)


def delivered(found: list[Described], column: str) -> list[Described]:
    """The same; empty where no cell of a column is known, so that one sentence says it for several."""
    cells = [cell for each in found for cell in each.at.published.column(column)]
    return found if any(cell is not Gap.UNKNOWN for cell in cells) else []


def cited_here() -> None:
    """Above a page that a cite code opened: which figure is cited, and what became of it since.

    Nothing once the reader has chosen another place, period or release.
    """
    words, typed = language.words(), str(st.query_params.get(cited.NAME, ""))
    if not typed or reader.audience() != PUBLIC:
        return
    try:
        coded = numbered.with_grouping(numbered.read(typed, every.RECIPES))
        of = cited.wanted(coded, words)
        if not _is_chosen(of.chosen):
            return
        found = cited.standing(coded.figure, of)
    except (NoCodeError, DashboardError):
        return
    with st.container(key="cited"):
        for line in _of_cited(found, coded, words):
            st.markdown(line)
        st.html(_way(coded, words))


def _way(coded: Coded, words: Words) -> str:
    """The way down to the figure, which the page is opened at; the notice stays above it."""
    address = f"{addresses.CITES}{coded.code}?lang={words.lang}".lstrip("/")
    return (
        f'<a class="file-link" href="{escape(address)}" data-cited="{escape(coded.figure)}" '
        f'data-code="{escape(coded.code)}">{escape(words.t("cites.way"))}</a>'
    )


def _is_chosen(of: Filters) -> bool:
    now = filters.chosen()
    names = ("area_code", "grouping", "edition", "period")
    return all(getattr(now, name) == getattr(of, name) for name in names)


def _of_cited(found: Standing, coded: Coded, words: Words) -> list[str]:
    then, now, notice = found.then, found.now, found.notice
    title = words.pick(figures_by_name.named(coded.figure).title)
    named = {"code": coded.code, "title": plain(title), "sentence": plain(then.heading)}
    lines = [words.t("cites.of", **named)]
    if notice is None:
        return [*lines, words.t("cites.deviates" if found.deviates else f"cites.{found.status}")]
    by, date = plain(notice.name), words.date(released.day(notice))
    lines.append(words.t("cites.revised" if now else "cites.gone", by=by, date=date))
    if notice.note:
        lines[1] += " " + words.t("notes.state.note", note=plain(notice.note))
    told = [{name: plain(text) for name, text in cited.said(each, words).items()} for each in found.changes]
    lines += [words.t("cites.change", **each) for each in told[:1]]
    if len(told) > 1:
        lines.append(
            words.t("cites.more" if len(told) > 2 else "cites.one_more", count=words.number(len(told) - 1))
        )
    return lines


def explained(*found: Iterable[Described]) -> None:
    """Once on a page: that some figures are those of a larger area, and why."""
    if said := finest.explanation([[each.at for each in figure] for figure in found], language.words()):
        st.info(plain(said))
