"""Lines over time: counts, amounts and rates by period, and shares by the months since a beginning."""

from dataclasses import dataclass

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.charts import axis, drawn, gaps, series, spans, theme
from pages.charts.series import Names, Series
from pages.text import whole
from pages.text.words import Words


@dataclass(frozen=True)
class Reference:
    """A value to compare with, drawn across the chart under its name."""

    value: float
    label: str


@drawn.once
def lines(
    published: Published,
    *,
    words: Words,
    y: Names,
    x: str = "period",
    by: str | None = None,
    reference: Reference | None = None,
) -> go.Figure:
    """Counts, amounts or rates over time, from zero. A withheld or unknown point is a gap, never a zero.

    Gaps stand as hollow marks in a strip of their own below the plot, so that a reader sees them.
    """
    on_axis = series.positions(published, x)
    drawn = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, legend=len(drawn) > 1)
    for position, line in enumerate(drawn):
        fig.add_trace(_line(line, position, on_axis, words))
    spans.upright(fig, words, on_axis, drawn)
    numbers = [number for line in drawn for number in spans.highest(line.cells)]
    unit = drawn[0].unit if drawn else "number"
    fig.update_yaxes(axis.of_values(words, unit, [*numbers, reference.value if reference else None]))
    fig.update_xaxes(axis.of_periods(words, on_axis))
    _shade(fig, [on_axis.index(each) for each in whole.provisional(published, x)], words)
    if reference is not None:
        _draw_reference(fig, reference, on_axis)
    gaps.strip(fig, words, on_axis, drawn)
    return fig


def _shade(fig: go.Figure, places: list[int], words: Words) -> None:
    """A grey band behind each period in which a Kreis is missing that is there in others, and its name."""
    for place in places:
        fig.add_vrect(
            x0=place - 0.5, x1=place + 0.5, fillcolor=theme.GRID, opacity=0.7, line_width=0, layer="below"
        )
    if places:
        fig.add_scatter(
            name=words.t("chart.provisional"),
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 12, "color": theme.GRID},
            showlegend=True,
            hoverinfo="skip",
        )
        fig.update_layout(showlegend=True)


@drawn.once
def curves(
    published: Published, *, words: Words, y: str, x: str = "months", by: str | None = None
) -> go.Figure:
    """Steps from month to month, one per area or goal area. A curve ends where its values stop.

    A value that is withheld or unknown ends the step before it; nothing is drawn on towards zero or one.
    """
    months = sorted({float(str(cell)) for cell in published.column(x)})
    drawn = series.split(published, words=words, x=x, y=y, by=by)
    order = series.positions(published, x)
    # The legend may take half the height before it scrolls and hides names.
    fig = theme.figure(words, height=max(360, 200 + 46 * len(drawn)), legend=len(drawn) > 1)
    for position, line in enumerate(drawn):
        at = {float(place): cell for place, cell in zip(order, line.cells, strict=True)}
        cells = [at[month] for month in months]
        fig.add_scatter(
            name=line.name,
            x=months,
            y=[series.as_number(cell) for cell in cells],
            mode="lines+markers",
            connectgaps=False,
            line={
                "shape": "hv",
                "color": theme.nth(theme.SERIES, position),
                "dash": theme.turned(theme.DASHES, position),
                "width": 2.5,
            },
            marker={
                "color": theme.nth(theme.SERIES, position),
                "symbol": theme.turned(theme.MARKERS, position),
                "size": 6,
            },
            hovertext=[
                series.hover(
                    line.name, words.t("chart.months", number=words.number(month)), cell, line.unit, words
                )
                for month, cell in zip(months, cells, strict=True)
            ],
            hoverinfo="text",
            # A name without a line would send readers looking for it.
            showlegend=any(number is not None for number in line.numbers),
        )
    numbers = [number for line in drawn for number in line.numbers]
    fig.update_yaxes(axis.of_values(words, drawn[0].unit if drawn else "percent", numbers))
    last = max(months, default=12.0)
    # Half years, because plans are looked at once or twice a year.
    step = 6 * max(1, -(-int(last) // 48))
    marks = list(range(0, int(last) + 1, step))
    fig.update_xaxes(
        range=[0, last * 1.02],
        tickmode="array",
        tickvals=marks,
        ticktext=[words.number(month) for month in marks],
        ticks="outside",
        title={"text": theme.plain(words.label(x)), "font": {"size": 13}},
    )
    return fig


def _line(line: Series, position: int, on_axis: list[str], words: Words) -> go.Scatter:
    return go.Scatter(
        name=line.name,
        x=on_axis,
        y=line.numbers,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={
            "color": theme.nth(theme.SERIES, position),
            "width": 2.5,
            "dash": theme.nth(theme.DASHES, position),
        },
        marker={
            "color": theme.nth(theme.SERIES, position),
            "symbol": theme.nth(theme.MARKERS, position),
            "size": 5 if len(on_axis) > 16 else 8,
        },
        hovertext=[
            series.hover(line.name, words.period(at), cell, line.unit, words)
            for at, cell in zip(on_axis, line.cells, strict=True)
        ],
        hoverinfo="text",
    )


def _draw_reference(fig: go.Figure, reference: Reference, on_axis: list[str]) -> None:
    # Named in the legend: a text at the line would lie across the figures.
    fig.add_scatter(
        name=theme.wrapped(reference.label, 40),
        x=on_axis,
        y=[reference.value] * len(on_axis),
        mode="lines",
        line={"color": theme.TARGET, "width": 1.5, "dash": "longdash"},
        hoverinfo="skip",
        showlegend=True,
    )
    fig.update_layout(showlegend=True)
