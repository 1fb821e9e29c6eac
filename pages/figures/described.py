"""A figure before it stands anywhere: what follows from an answer and a language, on a page as on paper."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from data.disclosure.bands import Band
from data.disclosure.published import Gap, Published, Role
from data.foundation import areas
from data.questions.filters import Filters
from pages.charts import alt, signs, theme
from pages.figures import tables
from pages.figures.finest import Finest
from pages.files.figure import Figure
from pages.maps.choropleth import AreaMap
from pages.text import whole
from pages.text.claims import Sentence
from pages.text.words import Words

TIMES = ("period", "budget_year", "cohort", "month", "year", "months")


@dataclass(frozen=True)
class Described:
    """Its name, what stands over it, of which choices it is, its answer, what draws it, what stands below it.

    `draw` makes the chart, `mapped` the map; a table has neither. `column` is which of several columns it is
    of, `place` the name of a grouping, `places` those of several side by side, `apart` tells figures of one
    name and of several areas apart.
    `choices` are its own in an address; None for what has no address. `code` is its cite code. `known` tells
    it from all others of which something is kept (`pages/lasting/workedout.py`); None for what is not.
    """

    key: str
    heading: str
    at: Finest
    published: Published
    draw: Callable[[], go.Figure] | None = None
    mapped: Callable[[], AreaMap] | None = None
    note: str | None = None
    column: str = ""
    place: str = ""
    places: tuple[str, ...] = ()
    apart: str = ""
    choices: tuple[str, ...] | None = None
    code: str = ""
    known: str | None = None

    def told(self) -> "Described":
        """The same with a heading that knows of which cells it tells, and no more which others it was held
        against: of a map these are all.
        """
        if not isinstance(self.heading, Sentence):
            return self
        alone = (replace(claim, others=()) for claim in self.heading.claims)
        return replace(self, heading=Sentence(self.heading, *alone))

    @property
    def element(self) -> str:
        """The key of its element on a page, which no other figure there has."""
        return f"{self.key}{self.apart}{self.at.suffix}"

    @property
    def chosen(self) -> Filters:
        """The choices that it is of."""
        return self.at.chosen

    @property
    def chart(self) -> go.Figure:
        """Its chart. TypeError for a map or a table, which have none."""
        if self.draw is None:
            raise TypeError(f"{self.key} has no chart")
        return self.draw()

    def taken(self, words: Words) -> Figure:
        """The figure as its files have it; where there is no number in them, they say why."""
        has_numbers = any(column.role is not Role.DIMENSION for column in self.published.columns)
        is_empty = self.published.is_all_withheld if has_numbers else not self.published
        none = nothing(self.published, self.chosen.area_code, words) if is_empty else ""
        notes = tuple(filter(None, (none, self.at.why(words), self.note)))
        made = Figure(
            self.published, self.heading, words, self.key, self.chosen, notes, self.place, self.column
        )
        return replace(made, code=self.code, places=self.places)


def over(published: Published) -> str | None:
    """The column that is the time of an answer, if one is."""
    return next((name for name in TIMES if name in published.names), None)


def spoken(published: Published, heading: str, words: Words) -> str:
    """The heading and a sentence or two: for whoever cannot see the chart."""
    numbers = [name for name in tables.columns_of(published) if published.role(name) is not Role.DIMENSION]
    told = alt.text(published, words=words, y=tuple(numbers[:2]), x=over(published))
    return f"{heading}. {told}"


def instead(each: Described, words: Words, chart: go.Figure | None = None) -> str:
    """Why there is nothing to draw of a figure; empty where there is something, be it the sign for a gap.

    `chart` is that of the figure, where it is at hand.
    """
    is_drawn = each.mapped or not each.draw or signs.is_drawn(each.chart if chart is None else chart)
    if is_drawn and not each.published.is_all_withheld:
        return ""
    return nothing(each.published, each.chosen.area_code, words)


def has_chart(each: Described, words: Words) -> bool:
    """Whether a browser can draw it with plotly: no map, no table, and something to draw."""
    return bool(each.draw and not each.mapped and not instead(each, words))


def plotted(each: Described, chart: go.Figure, words: Words, **further: bool) -> str:
    """Its chart and how plotly shows it, as JSON; `further` are settings of plotly beside ours. An exact one
    gets its mark here, so that no way leads around it.
    """
    if each.published.edition.internal:
        theme.not_for_publication(chart, words)
    config = theme.config(words, each.taken(words).name) | further
    return f'{str(chart.to_json(validate=False))[:-1]},"config":{json.dumps(config, ensure_ascii=False)}}}'


def nothing(published: Published, area_code: str, words: Words) -> str:
    """Why there is nothing to draw, in place of a chart of this area."""
    cells = [row[column.name] for row in published for column in published.columns]
    if not published:
        reason = "none"
    elif Gap.WITHHELD in cells:
        reason = "withheld"
    else:
        # Above the Kreise some may have delivered, but not enough for a figure of all.
        reason = "no_delivery" if areas.within(area_code, areas.KREIS) else "few_delivered"
    return words.t(f"show.nothing.{reason}")


def symbols(published: Published, words: Words) -> list[str]:
    """What the symbols and bands in these rows mean."""
    cells = [cell for row in published.rows for cell in row]
    found = {
        "show.withheld": published.withheld > 0,
        "band.explained": any(isinstance(cell, Band) for cell in cells),
        "show.unknown": any(cell is Gap.UNKNOWN for cell in cells),
    }
    symbol = {"show.withheld": Gap.WITHHELD.value, "show.unknown": Gap.UNKNOWN.value}
    return [words.t(key, symbol=symbol.get(key, "")) for key, stands in found.items() if stands]


def provisional(published: Published, words: Words) -> str:
    """That Kreise are missing in some periods; empty where none is."""
    time = over(published)
    partly = whole.provisional(published, time) if time else ()
    named = ", ".join(words.place_or_category(each, str(time)) for each in partly)
    return words.t("show.provisional", periods=named) if partly else ""
