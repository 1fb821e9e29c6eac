"""Two or more rates side by side, by category."""

import plotly.graph_objects as go

from data.disclosure.published import Gap, Published
from pages.parts.charts import axis, gaps, series, theme
from pages.parts.charts.series import Names
from pages.parts.words import Words


def side_by_side(published: Published, *, words: Words, x: str, y: Names, by: str | None = None) -> go.Figure:
    """One row per category, one mark per rate, from zero. A gap has its symbol at the left, never a mark.

    Marks differ by shape as well as by colour.
    """
    names = series.places(published, x)
    labels = [theme.wrapped(words.place_or_category(name, x), 18) for name in names]
    rates = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, height=120 + 40 * len(names))
    for position, rate in enumerate(rates):
        colour = theme.nth(theme.SERIES, position)
        fig.add_scatter(
            name=rate.name,
            x=rate.numbers,
            y=list(range(len(names))),
            mode="markers",
            cliponaxis=False,
            marker={"color": colour, "symbol": theme.nth(theme.MARKERS, position), "size": 13},
            hovertext=[
                series.hover(label, rate.name, cell, rate.unit, words)
                for label, cell in zip(labels, rate.cells, strict=True)
            ],
            hoverinfo="text",
        )
    missing = [
        (gap, 0.0, place, f"{labels[place]}, {rate.name}")
        for rate in rates
        for gap in Gap
        for place in rate.gaps(gap)
    ]
    gaps.symbols(fig, words, missing)
    numbers = [number for rate in rates for number in rate.numbers]
    unit = rates[0].unit if rates else "percent"
    fig.update_xaxes(
        {**axis.of_values(words, unit, numbers, steps=3), "showgrid": True, "gridcolor": theme.GRID}
    )
    fig.update_yaxes({**axis.of_rows(labels), "showgrid": True})
    return fig
