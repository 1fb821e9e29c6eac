"""A figure before it stands anywhere: what follows from an answer and a language, on a page as on paper."""

from dataclasses import dataclass

import plotly.graph_objects as go

from data.disclosure.published import Published, Role
from pages.charts import alt
from pages.figures import tables
from pages.figures.finest import Finest
from pages.text.words import Words

TIMES = ("period", "budget_year", "cohort", "month", "year", "months")


@dataclass(frozen=True)
class Described:
    """Its name, what stands over it, its answer, how it is drawn, and what stands below it.

    `at` says of which area it is, if that is not the chosen one.
    """

    key: str
    heading: str
    published: Published
    chart: go.Figure
    note: str | None = None
    at: Finest | None = None


def over(published: Published) -> str | None:
    """The column that is the time of an answer, if one is."""
    return next((name for name in TIMES if name in published.names), None)


def spoken(published: Published, heading: str, words: Words) -> str:
    """The heading and a sentence or two: for whoever cannot see the chart."""
    numbers = [name for name in tables.columns_of(published) if published.role(name) is not Role.DIMENSION]
    told = alt.text(published, words=words, y=tuple(numbers[:2]), x=over(published))
    return f"{heading}. {told}"
