"""One measure over time: its message against a year before, a line for the place and for the comparison."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.charts import trend
from pages.charts.signs import NOTHING, Marks
from pages.figures import sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.text.words import Words

ROW = ("area_code", "period", "year_before", "without")


@dataclass(frozen=True)
class Course:
    """What is told over time: the column, its texts (`texts`.more and so on), and the key of the figure.

    `beside` are further columns of its table, all of the answer if None; `alone`: its message says no change,
    because the texts have none; `measures`: the definitions, where they are not all of the answer; `note`:
    whether there is a text `texts`.note; `newest`: the row told is the newest that has a number.
    """

    column: str
    texts: str
    key: str
    beside: Sequence[str] | None = ()
    alone: bool = False
    measures: Sequence[str] = ()
    note: bool = False
    newest: bool = False


def described(
    levels: Sequence[Finest],
    of: Course,
    *,
    words: Words,
    beside: Marks = NOTHING,
    chart: Callable[[Published, Finest], go.Figure] | None = None,
) -> Iterator[Described]:
    """A figure for each level that `finest.search` found. `chart` draws another one than lines by area."""
    for at in levels:
        answer = at.published
        if of.beside is not None:
            wanted = dict.fromkeys((*ROW, *of.beside, of.column))
            names = [name for name in wanted if name in answer.names]
            answer = answer.only(*names, measures=tuple(of.measures))
        told = sentences.plainly if of.alone else sentences.against_year_before
        where: dict[str, Any] = at.newest(of.column) if of.newest else at.chosen.now
        lines = partial(trend.lines, answer, words=words, y=of.column, by="area_code", beside=beside)
        yield Described(
            of.key,
            told(answer, of.column, words=words, key=of.texts, **where),
            at,
            answer,
            partial(chart, answer, at) if chart else lines,
            note=words.t(f"{of.texts}.note") if of.note else None,
        )
