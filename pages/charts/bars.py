"""Amounts, categories and places as bars, and the rates of categories side by side."""

from typing import Any

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from pages.charts import axis, drawn, gaps, series, signs, spans, theme
from pages.charts.series import Names, Series
from pages.charts.signs import NOTHING, Marks, Reference, Shade
from pages.charts.sketch import Sketch
from pages.text.words import Words

ARROW = "→"  # before the name of the place that is a reader's own


@drawn.once
def stages(
    published: Published, *, words: Words, x: str, y: Names, by: str | None = None, beside: Marks = NOTHING
) -> Sketch:
    """Funds by stage in each year, from zero. A gap has its symbol instead of a bar.

    The bars of a shaded year are light, and its name says why: it is still running.
    """
    fig = _grouped(published, words, x, y, by, theme.STAGES)
    on_axis = series.positions(published, x)
    for shade in beside.shades:
        _lighten(fig, shade, on_axis)
    signs.events(fig, beside.events, on_axis, words)
    return fig


@drawn.once
def pair(
    published: Published,
    *,
    words: Words,
    y: Names,
    x: str = "period",
    by: str | None = None,
    beside: Marks = NOTHING,
) -> Sketch:
    """Two measures side by side in each period, from zero. A gap has its symbol instead of a bar."""
    fig = _grouped(published, words, x, y, by, theme.SERIES)
    signs.events(fig, beside.events, series.positions(published, x), words)
    return fig


@drawn.once
def ranked(
    published: Published, *, words: Words, x: str, y: str, top: int | None = None, own: str | None = None
) -> Sketch:
    """Categories or places, one bar each, in the order of the rows. A withheld one has • instead of a bar.

    The order is the query's, because it decides ties and puts what is withheld last, by name. `own` is the
    one that a reader looks for: an arrow stands before its name, and its bar has another colour.
    """
    fig = _ranked(published, words, x, y, top)
    names = [str(cell) for cell in published.column(x)][:top]
    if own in names:
        at = names.index(own)
        texts = list(fig.layout["yaxis"]["ticktext"])
        texts[at] = f"{ARROW} {texts[at]}"
        fig.update_yaxes({"ticktext": texts})
        (bar,) = [trace for trace in fig.data if trace.get("customdata") == names]
        bar["marker"] = {"color": [theme.OWN if name == own else theme.MAIN for name in names]}
    return fig


def _ranked(published: Published, words: Words, x: str, y: str, top: int | None) -> Sketch:
    names = [str(cell) for cell in published.column(x)][:top]
    cells = published.column(y)[:top]
    unit = series.unit(published, words, y)
    numbers = [series.as_number(cell) for cell in cells]
    labels = [theme.wrapped(words.place_or_category(name, x)) for name in names]
    # Room for the legend if there are gaps.
    height = (100 if None in numbers else 40) + axis.room(labels) * len(names)
    fig = theme.figure(words, height=height, legend=False)
    widest = max((abs(number) for number in numbers if number is not None), default=0.0)
    fig.add_bar(
        name=series.label(published, words, y),
        orientation="h",
        y=list(range(len(names))),
        x=numbers,
        text=[series.hover_text(cell, unit, words) if is_number(cell) else "" for cell in cells],
        # Inside a long bar, beside a short one: so a phone cuts no amount off.
        textposition=["inside" if abs(number or 0.0) > widest * 0.6 else "outside" for number in numbers],
        constraintext="none",
        insidetextanchor="end",
        insidetextfont={"color": theme.GROUND},
        textangle=0,
        cliponaxis=False,
        marker={"color": theme.MAIN},
        customdata=names,
        hovertext=[
            f"<b>{label}</b><br>{series.hover_text(cell, unit, words)}"
            for label, cell in zip(labels, cells, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
    )
    missing = [(_gap(cell), 0.0, row, labels[row]) for row, cell in enumerate(cells) if _is_missing(cell)]
    spans.across(fig, words, labels, [Series(series.label(published, words, y), unit, cells)])
    gaps.symbols(fig, words, missing)
    # The values stand at the bars, so the axis needs no numbers of its own.
    fig.update_xaxes({**axis.of_values(words, unit, spans.highest(cells)), "showticklabels": False})
    fig.update_yaxes(axis.of_rows(labels))
    return fig


@drawn.once
def against(
    published: Published, *, words: Words, x: str, y: str, reference: Reference, top: int | None = None
) -> Sketch:
    """The same with a line at the value that all are compared with, and its name above it."""
    fig = _ranked(published, words, x, y, top)
    rows = len(published.column(y)[:top])
    fig.add_scatter(
        name=theme.wrapped(reference.label, 40),
        x=[reference.value, reference.value],
        y=[-0.5, rows - 0.5],
        mode="lines",
        line={"color": theme.TARGET, "width": 1.5, "dash": "longdash"},
        hoverinfo="skip",
        showlegend=True,
    )
    fig.update_layout(showlegend=True, height=fig.layout["height"] + 40)
    return fig


@drawn.once
def side_by_side(published: Published, *, words: Words, x: str, y: Names, by: str | None = None) -> Sketch:
    """One row per category, one mark per rate, from zero. A gap has its symbol at the left, never a mark.

    Marks differ by shape as well as by colour.
    """
    names = series.positions(published, x)
    labels = [theme.wrapped(words.place_or_category(name, x), 18) for name in names]
    rates = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words, height=120 + axis.room(labels) * len(names))
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
    spans.across(fig, words, labels, rates)
    gaps.symbols(fig, words, missing)
    numbers = [number for rate in rates for number in spans.highest(rate.cells)]
    unit = rates[0].unit if rates else "percent"
    fig.update_xaxes(
        {**axis.of_values(words, unit, numbers, steps=3), "showgrid": True, "gridcolor": theme.GRID}
    )
    fig.update_yaxes({**axis.of_rows(labels), "showgrid": True})
    return fig


def _lighten(fig: Sketch, shade: Shade, on_axis: list[str]) -> None:
    """The bars of places that are not final, and what they are called below their name."""
    for trace in fig.data:
        if trace["x"] == on_axis:
            light = [0.45 if at in shade.places else 1.0 for at in on_axis]
            marker = trace["marker"]
            given = marker.get("opacity") or [1.0] * len(on_axis)
            trace["marker"] = {**marker, "opacity": [min(each) for each in zip(light, given, strict=True)]}
    axis_of = fig.layout["xaxis"]
    texts = [
        f"{text}<br>{theme.wrapped(shade.label, 10)}" if at in shade.places else text
        for at, text in zip(axis_of["tickvals"], axis_of["ticktext"], strict=True)
    ]
    fig.update_xaxes({"ticktext": texts})


def pattern(position: int) -> dict[str, object]:
    """The hatching that tells the n-th kind of bar apart without its colour."""
    shape = theme.nth(theme.PATTERNS, position)
    return {"shape": shape, "fgcolor": theme.GROUND, "fillmode": "overlay", "size": 7, "solidity": 0.25}


def _grouped(
    published: Published, words: Words, x: str, y: Names, by: str | None, colours: tuple[str, ...]
) -> Sketch:
    on_axis = series.positions(published, x)
    groups = series.split(published, words=words, x=x, y=y, by=by)
    fig = theme.figure(words)
    fig.update_layout(barmode="group", bargap=0.25, bargroupgap=0.05)
    for position, group in enumerate(groups):
        fig.add_bar(**_bars(group, position, on_axis, x, words, theme.nth(colours, position)))
    gaps.keys(fig, words, [_gap(cell) for group in groups for cell in group.cells if _is_missing(cell)])
    unit = groups[0].unit if groups else "number"
    ends = [number for group in groups for number in spans.highest(group.cells)]
    fig.update_yaxes(axis.of_values(words, unit, ends))
    fig.update_xaxes(axis.of_periods(words, on_axis, x))
    return fig


def _bars(
    group: Series, position: int, on_axis: list[str], x: str, words: Words, colour: str
) -> dict[str, Any]:
    return {
        "name": group.name,
        "x": on_axis,
        "y": [
            cell.high - cell.low if isinstance(cell, Band) else series.as_number(cell) or 0
            for cell in group.cells
        ],
        "base": [cell.low if isinstance(cell, Band) else 0 for cell in group.cells],
        "text": [_gap(cell).value if _is_missing(cell) else "" for cell in group.cells],
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": 16},
        "cliponaxis": False,
        "marker": {
            "color": colour,
            "pattern": pattern(position),
            "opacity": [spans.OPACITY if isinstance(cell, Band) else 1.0 for cell in group.cells],
        },
        "hovertext": [
            series.hover(group.name, words.place_or_category(at, x), cell, group.unit, words)
            for at, cell in zip(on_axis, group.cells, strict=True)
        ],
        "hoverinfo": "text",
    }


def _is_missing(cell: Cell) -> bool:
    return not is_number(cell) and not isinstance(cell, Band)


def _gap(cell: Cell) -> Gap:
    return cell if isinstance(cell, Gap) else Gap.UNKNOWN
