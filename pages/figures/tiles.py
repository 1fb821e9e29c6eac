"""Key figures as tiles: the number, how it changed, and beside it how it went as a line without axes."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

import streamlit as st

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from data.questions import measures
from data.questions.measures import Measure
from pages.charts import theme
from pages.figures import sentences
from pages.figures.finest import Finest
from pages.lasting import workedout
from pages.reading import language
from pages.text import whole
from pages.text.claims import Sentence
from pages.text.words import Words

WIDTH, HEIGHT, EDGE = 104, 32, 4
ARROWS = {"more": "↑", "less": "↓"}


def draw(every: Iterable[str], beside: int = 3) -> None:
    """Tiles side by side: so many where there is room, two on a phone. Each is of `key_figure` or `one`."""
    st.html(f'<div class="tiles" style="--beside:{beside}">{"".join(every)}</div>')


@dataclass(frozen=True)
class KeyFigure:
    """A key figure in words: its name, its number now, and what may be said of a year ago.

    `way` is where it went (`more`, `less`, …); `lead` and `share` say whose and of how many Kreise it is.
    `numbers` are the course with None for a gap, and `course` is that in words. `band` is a share that has no
    number.
    """

    label: str
    value: str
    change: Sentence | None
    instead: str
    way: str
    lead: str
    share: str
    numbers: tuple[float | None, ...]
    course: str
    definition: Measure | None
    band: Band | None


def read(
    at: Finest,
    name: str,
    *,
    words: Words,
    by: Literal["period", "budget_year"] = "period",
    label: str | None = None,
    measure: str | None = None,
) -> KeyFigure:
    """The number of column `name` now and its change against the year before.

    `at` has one row per period (or budget year: `by`), oldest first, with a column `year_before`. `measure`
    is the id of the definition, if it is not the name of the column.
    """
    published, now = at.published, {by: getattr(at.chosen, by)}
    cell = published.cell(name, **now)
    row = next(iter(published.where(**now)), {})
    before = next(iter(published.where(**{by: published.cell("year_before", **now)})), {})
    compared = whole.same(row, before, name) if before else True
    found, claim = sentences.year_before(published, name, words=words, time=by, **now)
    numbers = tuple(published.numbers(name))
    return KeyFigure(
        label=label or words.label(name),
        value=words.cell(cell, name, published.role(name)),
        change=Sentence(found.signed, *([claim] if claim else [])) if found.signed else None,
        instead=words.t(f"show.tile.{_missing(cell, found.way) if compared else 'incomplete'}"),
        way=found.way,
        lead=at.why(words),
        share=whole.share(words, row, name),
        numbers=numbers,
        course=_alt(published, name, by, words) if line(numbers) else "",
        definition=measures.register().get(measure or name),
        band=cell if isinstance(cell, Band) else None,
    )


def key_figure(
    at: Finest,
    name: str,
    *,
    key: str,
    by: Literal["period", "budget_year"] = "period",
    label: str | None = None,
    measure: str | None = None,
) -> str:
    """What `read` reads, over the trend of all rows, as HTML."""
    words = language.words()
    return workedout.of(
        at.known and ("tile", at.known, name, by, label, measure, key),
        lambda: one(read(at, name, words=words, by=by, label=label, measure=measure), key=key),
    )


def one(tile: KeyFigure, *, key: str) -> str:
    """A key figure as a tile, over its course if it has one, as HTML."""
    words, definition = language.words(), tile.definition
    tip = ""
    if definition:
        called = escape(f"{words.t('show.definition')} {tile.label}")
        tip = (
            f'<details class="over tip"><summary aria-label="{called}">?</summary>'
            f'<div class="over-body">{escape(definition.text("definition", words.lang))}</div></details>'
        )
    since = f"<span>{escape(words.t('show.tile.since'))}</span>" if tile.change else ""
    arrow = f'<span aria-hidden="true">{ARROWS[tile.way]}</span> ' if tile.way in ARROWS else ""
    whose = escape(" · ".join(filter(None, (tile.lead, tile.share))))
    picture, told = (
        (band(tile.band), words.share(tile.band)) if tile.band else (line(tile.numbers), tile.course)
    )
    change = _change(tile.way, definition.direction if definition else "none")
    return (
        f'<div class="tile" data-tile="{escape(key)}">'
        f'<div class="tile-label"><span>{escape(tile.label)}</span>{tip}</div>'
        f'<div class="tile-value">{escape(tile.value)}</div>'
        f'<div class="tile-change"><b class="{change}">{arrow}{escape(tile.change or tile.instead)}</b>'
        f"{since}</div>"
        + (f'<p class="tile-whose">{whose}</p>' if whose else "")
        + (f'<img src="{_source(picture)}" alt="{escape(told)}">' if picture else "")
        + "</div>"
    )


def _source(picture: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def line(numbers: Sequence[float | None]) -> str:
    """The picture as SVG: it prints, and costs no chart library. A gap interrupts the line.

    Empty if fewer than two numbers are known.
    """
    known = [number for number in numbers if number is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1
    step = (WIDTH - 2 * EDGE) / (len(numbers) - 1)
    height = HEIGHT - 2 * EDGE
    points = [
        None if number is None else (EDGE + place * step, HEIGHT - EDGE - (number - low) / span * height)
        for place, number in enumerate(numbers)
    ]
    parts = [
        " ".join(f"{x:.1f},{y:.1f}" for x, y in filter(None, run))
        for is_gap, run in groupby(points, key=lambda point: point is None)
        if not is_gap
    ]
    lines = "".join(f'<polyline points="{part}"/>' for part in parts)
    x, y = next(point for point in reversed(points) if point)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<g fill="none" stroke="{theme.MAIN}" stroke-width="2" stroke-linejoin="round">{lines}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{theme.MAIN}"/></svg>'
    )


def band(of: Band) -> str:
    """Where between nothing and all of them a share lies that is known as a band only."""
    track, left, wide = WIDTH - 2 * EDGE, of.low, of.high - of.low
    bar = 'y="12" height="8" rx="4"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">'
        f'<rect x="{EDGE}" width="{track}" {bar} fill="{theme.GRID}"/>'
        f'<rect x="{EDGE + left * track:g}" width="{wide * track:g}" {bar} fill="{theme.MAIN}"/></svg>'
    )


def _change(way: str, good: str) -> Literal["better", "worse", "neither"]:
    """Whether a change is one for the better."""
    if good == "none" or way not in ARROWS:
        return "neither"
    return "better" if (way == "more") == (good == "up") else "worse"


def _missing(cell: Cell, way: str) -> str:
    if cell is Gap.WITHHELD:
        return "withheld"
    if isinstance(cell, Band):
        return "band"
    if way == "same":
        return "steady"
    return "no_change" if is_number(cell) else "unknown"


def _alt(published: Published, name: str, by: str, words: Words) -> str:
    shown = [row for row in published if is_number(row[name])]
    first, last = shown[0], shown[-1]
    role = published.role(name)
    return words.t(
        "show.tile.trend",
        name=words.label(name),
        first=words.cell(first[name], name, role),
        first_at=words.period(str(first[by])),
        last=words.cell(last[name], name, role),
        last_at=words.period(str(last[by])),
    )
