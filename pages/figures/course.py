"""One measure over time: its message against a year before, a line for the place and for the comparison."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.charts import trend
from pages.charts.signs import NOTHING, Marks
from pages.figures import sentences, show
from pages.figures.finest import Finest
from pages.reading import language

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


def figure(
    levels: Sequence[Finest],
    of: Course,
    *,
    beside: Marks = NOTHING,
    chart: Callable[[Published, Finest], go.Figure] | None = None,
) -> None:
    """A figure for each level that `finest.answer` found. `chart` draws another one than lines by area."""
    words = language.words()
    for at in levels:
        answer = at.published
        if of.beside is not None:
            wanted = dict.fromkeys((*ROW, *of.beside, of.column))
            names = [name for name in wanted if name in answer.names]
            answer = answer.only(*names, measures=tuple(of.measures))
        told = sentences.plainly if of.alone else sentences.against_year_before
        where: dict[str, Any] = at.newest(of.column) if of.newest else at.chosen.now
        show.figure(
            chart(answer, at)
            if chart
            else trend.lines(answer, words=words, y=of.column, by="area_code", beside=beside),
            published=answer,
            heading=told(answer, of.column, words=words, key=of.texts, **where),
            key=of.key,
            note=words.t(f"{of.texts}.note") if of.note else None,
            at=at,
        )
