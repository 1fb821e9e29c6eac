"""Time to a goal: the share attained by the months since the agreement."""

import plotly.graph_objects as go

from data.disclosure.published import Published
from pages.parts.charts import axis, series, theme
from pages.parts.words import Words


def curves(
    published: Published, *, words: Words, y: str, x: str = "months", by: str | None = None
) -> go.Figure:
    """Steps from month to month, one per area or goal area. A curve ends where its values stop.

    A value that is withheld or unknown ends the step before it; nothing is drawn on towards zero or one.
    """
    months = sorted({float(str(cell)) for cell in published.column(x)})
    lines = series.split(published, words=words, x=x, y=y, by=by)
    order = series.places(published, x)
    # The legend may take half the height before it scrolls and hides names.
    fig = theme.figure(words, height=max(360, 200 + 46 * len(lines)), legend=len(lines) > 1)
    for position, line in enumerate(lines):
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
    numbers = [number for line in lines for number in line.numbers]
    fig.update_yaxes(axis.of_values(words, lines[0].unit if lines else "percent", numbers))
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
