"""A figure of Plotly as SVG: legend above, axes round the plot, bars below lines, as a browser draws it."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

import plotly.graph_objects as go

from pages.charts import signs, theme
from pages.charts.svg import legend, letters, marks, rectangles, scale
from pages.charts.svg.letters import number, placed
from pages.charts.svg.scale import Scale

EDGE = 4
RIGHT = 14
ROW = 26  # the least from row to row


class NotDrawnError(ValueError):
    """A kind of chart that is not drawn without a browser."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Charts of the kind {kind!r} are not drawn as SVG: only lines, marks and bars are.")


Plain = Mapping[str, Any]  # a figure as `to_dict` has it, also after it was JSON


def drawn(fig: go.Figure | Plain, *, width: int, height: int) -> str:
    """The figure in so many pixels, as one element `svg`. Raises NotDrawnError."""
    found = _plain(fig)
    traces, layout = found["data"], found["layout"]
    for trace in traces:
        if trace["type"] not in ("bar", "scatter") or trace.get("fill"):
            raise NotDrawnError(trace["type"])
    size, hatchings = layout["font"]["size"], dict[str, str]()
    shown = legend.entries(traces, layout)
    keys, top = legend.drawn(shown, width - 2 * EDGE, size, hatchings)
    x_axis, y_axis = layout["xaxis"], layout["yaxis"]
    left = scale.room_left(y_axis, size)
    notes = layout.get("annotations", ())
    bottom = height - scale.room_below(x_axis, size) - _under(notes, size)
    right = width - max(RIGHT, _beyond(x_axis, size), _beside(notes, size))
    above = top + EDGE + max(size / 2 if scale.named(y_axis) else 0, _over(notes, size))
    x = scale.of(x_axis, left, right)
    y = scale.of(y_axis, bottom, above)
    y2 = scale.of(layout["yaxis2"], bottom, above) if "yaxis2" in layout else y
    behind, before = scale.level(x_axis, x, above, bottom, size)
    lines, labels = scale.upright(y_axis, y, left, right, size)
    bars = [trace for trace in traces if trace["type"] == "bar"]
    body = [
        *(_shape(shape, x, y) for shape in layout.get("shapes", ())),
        behind,
        lines,
        rectangles.drawn(bars, rectangles.Plot(x, y, layout, hatchings)),
        before,
        labels,
        *(
            marks.drawn(trace, x, y2 if trace.get("yaxis") == "y2" else y)
            for trace in traces
            if trace["type"] == "scatter"
        ),
        *(
            _annotation(note, x, y2 if note.get("yref") == "y2" else y, size)
            for note in _spread(notes, y, size)
        ),
    ]
    defined = "".join(
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" {pattern}</pattern>'
        for pattern, name in hatchings.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="&quot;{letters.FAMILY}&quot;">'
        f"{f'<defs>{defined}</defs>' if defined else ''}"
        f'<g transform="translate({EDGE} {EDGE})">{keys}</g>{"".join(body)}</svg>'
    )


def height(fig: go.Figure | Plain, *, width: int, share: float) -> int:
    """How high a figure is well drawn on paper.

    One with rows is as high as they need; any other has this share of its height on a screen.
    """
    found = _plain(fig)
    traces, layout = found["data"], found["layout"]
    labels = [text for _, text in scale.ticks(layout["yaxis"])]
    if [value for value, _ in scale.ticks(layout["yaxis"])] != list(range(len(labels))) or not labels:
        return round(float(layout["height"]) * share)
    size = float(layout["font"]["size"])
    _, top = legend.drawn(legend.entries(traces, layout), width - 2 * EDGE, size, {})
    counts = [len(letters.lines(text)) for text in labels]
    most = max((a + b) / 2 for a, b in zip(counts, [*counts[1:], 1], strict=True))
    row = max(ROW, most * size * letters.LINE + 3)
    below = scale.room_below(layout["xaxis"], size)
    below += _under(layout.get("annotations", ()), size)
    return ceil(top + EDGE + size / 2 + len(labels) * row + below)


def _plain(fig: go.Figure | Plain) -> Plain:
    return fig if isinstance(fig, Mapping) else dict(fig.to_dict())


def _beyond(axis: Mapping[str, Any], size: float) -> float:
    """How far the last text of an axis stands out over the plot."""
    return letters.widest(scale.ticks(axis)[-1][1], size) / 2 + 2 if scale.named(axis) else 0.0


def _beside(notes: Iterable[Mapping[str, Any]], size: float) -> float:
    """How much room the names of lines need that stand right of the plot."""
    return max(
        (
            note.get("xshift", 0) + letters.widest(note["text"], note.get("font", {}).get("size", size)) + 2
            for note in notes
            if _is_beside(note)
        ),
        default=0.0,
    )


def _spread(notes: Iterable[Mapping[str, Any]], y: Scale, size: float) -> list[Mapping[str, Any]]:
    """The notes; the names of lines moved apart for the height that the plot has here."""
    every = list(notes)
    # Those beside a strip of gaps have a row each already.
    named = [at for at, note in enumerate(every) if _is_beside(note) and note.get("yref") != "y2"]
    heights = [
        len(letters.lines(every[at]["text"])) * every[at].get("font", {}).get("size", size) * letters.LINE + 2
        for at in named
    ]
    middles = [y.start - y.at(every[at]["y"]) for at in named]
    for at, own, moved in zip(named, middles, signs.apart(middles, heights, y.start - y.end), strict=True):
        every[at] = {**every[at], "yshift": moved - own}
    return every


def _is_beside(note: Mapping[str, Any]) -> bool:
    return bool(note.get("xref") == "paper" and note["x"] == 1 and note.get("xanchor") == "left")


def _over(notes: Iterable[Mapping[str, Any]], size: float) -> float:
    """How much room the names of events need above the plot."""
    return max((size - note["ay"] for note in notes if "ay" in note), default=0.0)


def _under(notes: Iterable[Mapping[str, Any]], size: float) -> float:
    """How much room the notes below the plot need."""
    return max((_high(note, size) - note.get("yshift", 0) for note in notes if _is_under(note)), default=0.0)


def _is_under(note: Mapping[str, Any]) -> bool:
    return bool(note.get("yref") == "paper" and note["y"] == 0 and note.get("yanchor") == "top")


def _high(note: Mapping[str, Any], size: float) -> float:
    """How high the lines of a note are."""
    return float(len(letters.lines(note["text"])) * note.get("font", {}).get("size", size) * letters.LINE)


def _shape(shape: Mapping[str, Any], x: Scale, y: Scale) -> str:
    if shape["type"] == "line" and shape.get("yref") == "paper":
        at = number(x.at(shape["x0"]))
        look = f'stroke="{shape["line"]["color"]}" stroke-dasharray="2 2"'
        return f'<line x1="{at}" x2="{at}" y1="{number(y.start)}" y2="{number(y.end)}" {look}/>'
    if shape["type"] != "rect" or not str(shape.get("yref", "")).endswith("domain"):
        raise NotDrawnError(f"shape {shape['type']}")
    first, last = x.at(shape["x0"]), x.at(shape["x1"])
    box = (first, min(y.start, y.end), last - first, abs(y.start - y.end))
    across, up, wide, high = map(number, box)
    return (
        f'<rect x="{across}" y="{up}" width="{wide}" height="{high}" '
        f'fill="{shape.get("fillcolor", theme.GRID)}" opacity="{number(shape.get("opacity", 1))}"/>'
    )


def _annotation(note: Mapping[str, Any], x: Scale, y: Scale, size: float) -> str:
    def at(ref: str, value: float, on: Scale) -> float:
        return on.start + value * (on.end - on.start) if "paper" in ref or "domain" in ref else on.at(value)

    font = note.get("font", {})
    # Texts are placed by their middle.
    down = _high(note, size) / 2 if _is_under(note) else 0.0
    anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", "center"), "middle")
    return placed(
        note["text"],
        at(note.get("xref", "x"), note["x"], x) + note.get("xshift", 0),
        at(note.get("yref", "y"), note["y"], y) - note.get("yshift", 0) + note.get("ay", 0) + down,
        size=font.get("size", size),
        fill=font.get("color", theme.TEXT),
        anchor=anchor,
    )
