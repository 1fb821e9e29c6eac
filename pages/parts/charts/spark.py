"""A tiny trend beside a key figure."""

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.parts.charts import series, theme
from pages.parts.words import Words


def line(published: Published, *, words: Words, y: str, x: str = "period") -> go.Figure:
    """One line without axes, its last value marked. A withheld or unknown point is a gap, never a zero."""
    on_axis = series.places(published, x)
    (only,) = series.split(published, words=words, x=x, y=y)
    shown = [place for place, number in enumerate(only.numbers) if number is not None]
    # A value between two gaps has no line, so it gets a mark.
    alone = [place for place in shown if place - 1 not in shown and place + 1 not in shown]
    marked = {*alone, *shown[-1:]}
    fig = theme.figure(words, height=56, legend=False)
    fig.add_scatter(
        name=only.name,
        x=on_axis,
        y=only.numbers,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": theme.MAIN, "width": 2},
        marker={"color": theme.MAIN, "size": [7 if place in marked else 0 for place in range(len(on_axis))]},
        hovertext=[
            series.hover(only.name, words.period(at), cell, only.unit, words)
            for at, cell in zip(on_axis, only.cells, strict=True)
        ],
        hoverinfo="text",
    )
    fig.update_layout(margin={"l": 4, "r": 8, "t": 6, "b": 6})
    fig.update_xaxes(visible=False, type="category", categoryorder="array", categoryarray=on_axis)
    fig.update_yaxes(visible=False, rangemode="tozero")
    return fig
