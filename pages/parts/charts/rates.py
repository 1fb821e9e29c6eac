"""Two or more rates side by side, by category."""

import plotly.graph_objects as go

from data.disclosure.published import Gap, Published
from pages.parts.charts import axis, series, theme
from pages.parts.charts.series import Names
from pages.parts.words import Words


def side_by_side(published: Published, *, words: Words, x: str, y: Names, by: str | None = None) -> go.Figure:
    """One row per category, one mark per rate, from zero. A gap has its symbol at the left, never a mark.

    Marks differ by shape as well as by colour.
    """
    names = series.places(published, x)
    labels = [theme.wrapped(words.place_or_category(name, x), 18) for name in names]
    rates = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, height=110 + 34 * len(names))
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
    for gap, key in ((Gap.WITHHELD, "chart.withheld"), (Gap.UNKNOWN, "chart.unknown")):
        rows = sorted({place for rate in rates for place in rate.gaps(gap)})
        if rows:
            fig.add_scatter(
                name=f"{gap.value} {words.t(key)}",
                x=[0] * len(rows),
                y=rows,
                mode="text",
                text=f" {gap.value}",
                textposition="middle right",
                textfont={"size": 18, "color": theme.TEXT},
                hovertext=[
                    _missing(labels[row], [r.name for r in rates if row in r.gaps(gap)], words.t(key))
                    for row in rows
                ],
                hoverinfo="text",
            )
    numbers = [number for rate in rates for number in rate.numbers]
    unit = rates[0].unit if rates else "percent"
    fig.update_xaxes({**axis.of_values(words, unit, numbers), "showgrid": True, "gridcolor": theme.GRID})
    fig.update_yaxes({**axis.of_rows(labels), "showgrid": True})
    return fig


def _missing(label: str, names: list[str], why: str) -> str:
    return f"<b>{label}</b><br>{', '.join(names)}: {why}"
