"""Key figures as tiles: the number, how it changed, and beside it how it went as a line without axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from data.questions import measures
from data.questions.measures import Measure
from pages.charts import theme
from pages.figures import sentences
from pages.figures.finest import Finest
from pages.lasting import resent
from pages.reading import language
from pages.text import whole
from pages.text.claims import Sentence
from pages.text.words import Words, plain

WIDTH, HEIGHT, EDGE = 104, 32, 4


def grid() -> DeltaGenerator:
    """Tiles side by side: three where there is room, two on a phone."""
    return st.grid(3, min_column_width=150, gap="small")


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
) -> None:
    """What `read` reads, over the trend of all rows."""
    words = language.words()
    resent.texts(
        at.known and f"{at.known} {name} {by} {label} {measure} {key}",
        lambda: draw(read(at, name, words=words, by=by, label=label, measure=measure), key=key),
    )


def draw(tile: KeyFigure, *, key: str) -> None:
    """A key figure as a tile, over its course if it has one."""
    words, definition = language.words(), tile.definition
    with st.container(border=True, key=f"tile_{key}", height="stretch"):
        st.metric(
            plain(tile.label),
            plain(tile.value),
            delta=tile.change or tile.instead,
            delta_color=_colour(tile.way, definition.direction if definition else "none"),
            delta_arrow=_arrow(tile.way),
            delta_description=words.t("show.tile.since") if tile.change else None,
            help=plain(definition.text("definition", words.lang)) if definition else None,
        )
        if whose := " · ".join(filter(None, (tile.lead, tile.share))):
            st.caption(plain(whose))
        if tile.band:
            st.image(band(tile.band), width="stretch", alt=words.share(tile.band))
        elif picture := line(tile.numbers):
            st.image(picture, width="stretch", alt=tile.course)


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


def _colour(way: str, good: str) -> Literal["normal", "inverse", "off"]:
    """Green for a change for the better. Streamlit takes every text that has no ASCII minus for a rise."""
    if good == "none" or way not in ("more", "less"):
        return "off"
    return "normal" if (way == "more") == (good == "up") else "inverse"


def _missing(cell: Cell, way: str) -> str:
    if cell is Gap.WITHHELD:
        return "withheld"
    if isinstance(cell, Band):
        return "band"
    if way == "same":
        return "steady"
    return "no_change" if is_number(cell) else "unknown"


def _arrow(way: str) -> Literal["up", "down", "off"]:
    return "up" if way == "more" else "down" if way == "less" else "off"


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
