"""Lines over time: counts, amounts and rates by period, and shares by the months since a beginning."""

from collections.abc import Sequence
from typing import Any

from data.disclosure.published import Cell, Published
from pages.charts import axis, drawn, gaps, series, signs, spans, theme
from pages.charts.series import Names, Series
from pages.charts.signs import NOTHING, End, Marks, Shade
from pages.charts.sketch import Sketch
from pages.text import whole
from pages.text.words import Words

HEIGHT = 320
MOST = 5  # lines in colour; the eye tells no more apart


@drawn.once
def lines(
    published: Published,
    *,
    words: Words,
    y: Names,
    x: str = "period",
    by: str | None = None,
    beside: Marks = NOTHING,
) -> Sketch:
    """Counts, amounts or rates over time, from zero. A withheld or unknown point is a gap, never a zero.

    Gaps stand as hollow marks in a strip of their own below the plot, so that a reader sees them. Several
    lines are named at their ends.
    """
    on_axis = series.positions(published, x)
    drawn = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, height=HEIGHT, legend=False)
    for position, line in enumerate(drawn):
        fig.add_scatter(**_line(line, position, on_axis, words))
    spans.upright(fig, words, on_axis, drawn)
    numbers = [number for line in drawn for number in spans.highest(line.cells)]
    unit = drawn[0].unit if drawn else "number"
    given = beside.reference
    fig.update_yaxes(axis.of_values(words, unit, [*numbers, given.value if given else None]))
    fig.update_xaxes(axis.of_periods(words, on_axis))
    partly = Shade(whole.provisional(published, x), words.t("chart.provisional"))
    signs.shade(fig, (partly, *beside.shades), on_axis)
    if given is not None:
        signs.reference(fig, given, on_axis)
    gaps.strip(fig, words, on_axis, drawn)
    signs.events(fig, beside.events, on_axis, words)
    if len(drawn) > 1:
        signs.ends(fig, _ends(drawn))
    return fig


@drawn.once
def curves(
    published: Published,
    *,
    words: Words,
    y: str,
    x: str = "months",
    by: str | None = None,
    size: str | None = None,
) -> Sketch:
    """Steps from month to month, one per area or goal area. A curve ends where its values stop.

    A value that is withheld or unknown ends the step before it; nothing is drawn on towards zero or one.
    Of more than five only those with the largest numbers in the column `size` at the beginning are in colour
    and named at their ends; the rest is grey.
    """
    months = sorted({float(str(cell)) for cell in published.column(x)})
    drawn = series.split(published, words=words, x=x, y=y, by=by)
    groups: list[Cell] = list(dict.fromkeys(published.column(by))) if by else [None]
    order = series.positions(published, x)
    begun = published.where(**{x: published.column(x)[0]}) if published else published
    named = sorted(_largest(begun, by, size, groups)[:MOST])
    fig = theme.figure(words, height=HEIGHT, legend=False)
    # The grey ones first, so that they lie below the others.
    for position in sorted(range(len(drawn)), key=lambda each: each in named):
        line = drawn[position]
        at = {float(place): cell for place, cell in zip(order, line.cells, strict=True)}
        cells = [at[month] for month in months]
        grey = position not in named
        colour = theme.NEUTRAL if grey else theme.nth(theme.SERIES, named.index(position))
        fig.add_scatter(
            name=line.name,
            x=months,
            y=[series.as_number(cell) for cell in cells],
            mode="lines" if grey else "lines+markers",
            connectgaps=False,
            line={
                "shape": "hv",
                "color": colour,
                "dash": "solid" if grey else theme.nth(theme.DASHES, named.index(position)),
                "width": 1 if grey else 2.5,
            },
            marker={
                "color": colour,
                "symbol": theme.nth(theme.MARKERS, 0 if grey else named.index(position)),
                "size": 6,
            },
            hovertext=[
                series.hover(
                    line.name, words.t("chart.months", number=words.number(month)), cell, line.unit, words
                )
                for month, cell in zip(months, cells, strict=True)
            ],
            hoverinfo="text",
            showlegend=False,
        )
    numbers = [number for line in drawn for number in line.numbers]
    fig.update_yaxes(axis.of_values(words, drawn[0].unit if drawn else "percent", numbers))
    last = max(months, default=12.0)
    # Half years, because plans are looked at once or twice a year.
    step = 6 * max(1, -(-int(last) // 48))
    ticks = list(range(0, int(last) + 1, step))
    fig.update_xaxes(
        {
            "range": [0, last * 1.02],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [words.number(month) for month in ticks],
            "ticks": "outside",
            "title": {"text": theme.plain(words.label(x)), "font": {"size": 13}},
        }
    )
    if len(named) < len(drawn):
        fig.add_scatter(
            name=words.t("chart.others"),
            x=[None],
            y=[None],
            mode="lines",
            line={"color": theme.NEUTRAL, "width": 1},
            showlegend=True,
            hoverinfo="skip",
        )
        fig.update_layout(showlegend=True)
    if len(drawn) > 1:
        signs.ends(fig, _ends([drawn[position] for position in named]))
    return fig


def _largest(begun: Published, by: str | None, size: str | None, groups: Sequence[Cell]) -> list[int]:
    """The places of the groups, those with most of `size` first; without it in their order."""
    if by is None or size is None:
        return list(range(len(groups)))
    sizes = {row[by]: series.as_number(row[size]) or 0.0 for row in begun}
    return sorted(range(len(groups)), key=lambda at: -sizes.get(groups[at], 0.0))


def _ends(drawn: Sequence[Series]) -> list[End]:
    """Where each line has its last number, or its last band if it has none; a line without either, no end."""
    found = []
    for position, line in enumerate(drawn):
        known = [number for number in line.numbers if number is not None]
        known = known or [(band.low + band.high) / 2 for _, band in line.bands()]
        if known:
            found.append(End(line.name, known[-1], theme.nth(theme.SERIES, position)))
    return found


def _line(line: Series, position: int, on_axis: list[str], words: Words) -> dict[str, Any]:
    return {
        "name": line.name,
        "x": on_axis,
        "y": line.numbers,
        "mode": "lines+markers",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {
            "color": theme.nth(theme.SERIES, position),
            "width": 2.5,
            "dash": theme.nth(theme.DASHES, position),
        },
        "marker": {
            "color": theme.nth(theme.SERIES, position),
            "symbol": theme.nth(theme.MARKERS, position),
            "size": 5 if len(on_axis) > 16 else 8,
        },
        "showlegend": False,
        "hovertext": [
            series.hover(line.name, words.period(at), cell, line.unit, words)
            for at, cell in zip(on_axis, line.cells, strict=True)
        ],
        "hoverinfo": "text",
    }
