"""Lines over time."""

from typing import Any

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.parts.charts import axis, gaps, series, theme
from pages.parts.charts.series import Names, Series
from pages.parts.words import Words


def lines(
    published: Published,
    *,
    words: Words,
    y: Names,
    x: str = "period",
    by: str | None = None,
    reference: float | None = None,
    reference_label: str | None = None,
) -> go.Figure:
    """Counts, amounts or rates over time, from zero. A withheld or unknown point is a gap, never a zero.

    Gaps stand as hollow marks in a strip of their own below the plot, so that a reader sees them.
    """
    on_axis = series.places(published, x)
    drawn = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, legend=len(drawn) > 1)
    for position, line in enumerate(drawn):
        fig.add_trace(_line(line, position, on_axis, words))
    numbers = [number for line in drawn for number in line.numbers]
    unit = drawn[0].unit if drawn else "number"
    fig.update_yaxes(axis.of_values(words, unit, [*numbers, reference]))
    fig.update_xaxes(axis.of_periods(words, on_axis))
    if reference is not None:
        _draw_reference(fig, reference, reference_label, on_axis)
    gaps.strip(fig, words, on_axis, drawn)
    return fig


def _line(line: Series, position: int, on_axis: list[str], words: Words) -> Any:
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


def _draw_reference(fig: go.Figure, value: float, label: str | None, on_axis: list[str]) -> None:
    # Named in the legend: a text at the line would lie across the figures.
    fig.add_scatter(
        name=theme.wrapped(label or "", 40),
        x=on_axis,
        y=[value] * len(on_axis),
        mode="lines",
        line={"color": theme.TARGET, "width": 1.5, "dash": "longdash"},
        hoverinfo="skip",
        showlegend=bool(label),
    )
    if label:
        fig.update_layout(showlegend=True)
