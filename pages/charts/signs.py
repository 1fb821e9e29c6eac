"""What stands beside the figures of a chart over time: a value to compare with, events, stretches that are
not final, and the names of lines at their ends. Nothing of it overlaps: an event and a name each have a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

import plotly.graph_objects as go

from data.foundation import periods
from data.questions.events import Event
from data.questions.filters import running_year
from pages.charts import theme
from pages.charts.sketch import Sketch
from pages.text.numbers import NO_BREAK
from pages.text.words import Words

ROW = 17  # pixels of a line of small text
LETTER = 6.6  # pixels of a letter of it, on the safe side
KEY = 22  # pixels of a line of the legend
BELOW = 55  # pixels of the periods below the plot
LEGEND = 40  # pixels that a legend takes off the plot
WIDEST = 15  # letters: a phone needs the rest of its width for the lines


@dataclass(frozen=True)
class Reference:
    """A value to compare with, drawn across the chart under its name."""

    value: float
    label: str


@dataclass(frozen=True)
class Shade:
    """Places on the x axis that are not final, and what the legend calls them."""

    places: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Marks:
    """All that a chart over time may have beside its figures."""

    reference: Reference | None = None
    events: tuple[Event, ...] = ()
    shades: tuple[Shade, ...] = ()


NOTHING = Marks()


def running(day: date, words: Words) -> Shade:
    """The budget year that is not over on this day."""
    return Shade((str(running_year(day)),), words.t("chart.running"))


@dataclass(frozen=True)
class End:
    """The name of a line (safe for Plotly), the value at which it ends, and its colour."""

    name: str
    value: float
    colour: str


def shade(fig: Sketch, shades: Sequence[Shade], on_axis: Sequence[str]) -> None:
    """A grey band behind each of these places, and its name in the legend."""
    for each in shades:
        here = [on_axis.index(place) for place in each.places if place in on_axis]
        for place in here:
            fig.add_shape(
                type="rect",
                x0=place - 0.5,
                x1=place + 0.5,
                xref="x",
                y0=0,
                y1=1,
                yref="y domain",
                fillcolor=theme.GRID,
                opacity=0.7,
                line={"width": 0},
                layer="below",
            )
        if here:
            fig.add_scatter(
                name=theme.wrapped(each.label, 44),
                x=[None],
                y=[None],
                mode="markers",
                marker={"symbol": "square", "size": 12, "color": theme.GRID},
                showlegend=True,
                hoverinfo="skip",
            )
            fig.update_layout(showlegend=True)


def reference(fig: Sketch, given: Reference, on_axis: Sequence[str]) -> None:
    """The line of a value to compare with. Named in the legend: a text at it would lie across the figures."""
    fig.add_scatter(
        name=theme.wrapped(given.label, 40),
        x=on_axis,
        y=[given.value] * len(on_axis),
        mode="lines",
        line={"color": theme.TARGET, "width": 1.5, "dash": "longdash"},
        hoverinfo="skip",
        showlegend=True,
    )
    fig.update_layout(showlegend=True)


def events(fig: Sketch, given: Sequence[Event], on_axis: Sequence[str], words: Words) -> None:
    """A thin line for each event within the axis, each named in a row of its own above the plot;
    its whole name and its day are in the hover.

    What is drawn is also said: `said` has it, for the description of the chart.
    """
    found = [(each, at) for each in given if (at := _place(each, on_axis)) is not None]
    for row, (event, at) in enumerate(found):
        fig.add_shape(
            type="line",
            x0=at,
            x1=at,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": theme.AXIS, "width": 1, "dash": "dot"},
            layer="below",
        )
        # To the right of its line, the earliest on top: no line of another one crosses it.
        room = at < 0.85 * len(on_axis)
        name = theme.plain(words.pick(event.short))
        fig.add_annotation(
            # A shift would move the line to the name too, away from the one in the plot.
            text=f"{NO_BREAK}{name}" if room else f"{name}{NO_BREAK}",
            x=at,
            y=1,
            yref="paper",
            ax=0,
            ay=-(ROW * (len(found) - 1 - row) + ROW / 2),
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.AXIS,
            xanchor="left" if room else "right",
            bgcolor=theme.GROUND,
            borderpad=0,
            font={"size": 12, "color": theme.QUIET_TEXT},
            hovertext=f"{words.date(event.on)}: {theme.wrapped(words.pick(event.name), 40)}",
        )
    if found:
        rows = ROW * len(found)
        height = fig.layout["height"] + rows
        # Plotly wants the place of the legend in heights of the plot. On a phone its keys stand one below the
        # other and leave the plot least; where they have fewer lines, there is more room than the names need.
        keys = sum(bool(each.get("name")) and each.get("showlegend") is not False for each in fig.data)
        fig.update_layout(
            height=height,
            margin={"t": fig.layout["margin"]["t"] + rows},
            legend={"y": 1 + rows / max(height - rows - BELOW - KEY * keys, ROW)},
            meta={
                "events": [told(each, words) for each, _ in found],
                "rows": rows,  # in pixels, for who draws the chart lower: figures.js
            },
        )


def told(event: Event, words: Words) -> str:
    """The day of an event and its whole name."""
    return f"{words.date(event.on)} {words.pick(event.name)}"


def is_drawn(fig: go.Figure) -> bool:
    """Whether there is anything on a chart: a bar, a mark, a piece of a line, or a sign for a gap."""
    return any(
        across is not None and up is not None
        for trace in fig.data
        for across, up in zip(trace["x"] or (), trace["y"] or (), strict=False)
    )


def events_in(fig: go.Figure) -> tuple[str, ...]:
    """The events that a chart shows, each as `told`."""
    return tuple((fig.layout.meta or {}).get("events", ()))


def said(fig: go.Figure, words: Words) -> str:
    """The events that a chart shows, as a sentence for its description; empty if it shows none."""
    named = events_in(fig)
    return words.t("chart.alt.events", events="; ".join(named)) if named else ""


def ends(fig: Sketch, given: Sequence[End]) -> None:
    """The name of each line in its colour, right of the plot at the height at which it ends.

    Names that would lie upon each other move apart, in the order of the lines.
    """
    if not given:
        return
    low, high = fig.layout["yaxis"]["range"]
    domain = fig.layout["yaxis"].get("domain", (0, 1))
    margin = fig.layout["margin"]
    plot = (fig.layout["height"] - margin["t"] - margin["b"] - LEGEND) * (domain[1] - domain[0])
    texts = [name_of(each.name) for each in given]
    lines = [text.count("<br>") + 1 for text in texts]
    at = [(each.value - low) / ((high - low) or 1) * plot for each in given]
    moved = apart(at, [ROW * many + 2 for many in lines], plot)
    for each, text, own, new in zip(given, texts, at, moved, strict=True):
        beside(fig, text, y=each.value, yshift=new - own, colour=each.colour)
    room_beside(fig, texts)


def name_of(line: str) -> str:
    """The name of a line as it stands beside the plot: in as many lines as a phone needs."""
    return theme.wrapped(unescape(line), WIDEST)


def beside(fig: Sketch, text: str, *, y: float, colour: str, yshift: float = 0, yref: str = "y") -> None:
    """A text in the colour of its line, right of the plot."""
    fig.add_annotation(
        text=text,
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=y,
        yref=yref,
        yshift=yshift,
        yanchor="middle",
        align="left",
        showarrow=False,
        font={"size": 13, "color": colour},
    )


def room_beside(fig: Sketch, texts: Sequence[str]) -> None:
    """Room right of the plot for the longest of these texts, and for those that stand there already."""
    letters = max((len(line) for text in texts for line in text.split("<br>")), default=0)
    if letters:
        fig.update_layout(margin={"r": max(fig.layout["margin"]["r"], int(letters * LETTER) + 16)})


def apart(middles: list[float], heights: list[float], top: float) -> list[float]:
    """The middles, moved so far that no two overlap and none leaves the plot, if there is room for all."""
    order = sorted(range(len(middles)), key=lambda each: middles[each])
    found = list(middles)
    floor = 0.0
    for each in order:
        found[each] = max(found[each], floor + heights[each] / 2)
        floor = found[each] + heights[each] / 2
    ceiling = max(top, sum(heights))
    for each in reversed(order):
        found[each] = min(found[each], ceiling - heights[each] / 2)
        ceiling = found[each] - heights[each] / 2
    return found


def _place(event: Event, on_axis: Sequence[str]) -> float | None:
    """Where on the axis a day is: a place is as wide as its period, and its middle is the whole number."""
    for at, code in enumerate(on_axis):
        period = periods.read(code)
        if period and event.is_in(period):
            days = (period.last_day - period.first_day).days + 1
            return at - 0.5 + (event.on - period.first_day).days / days
    return None
