"""Lines and the marks at their points, in the dashes and shapes of Plotly."""

from collections.abc import Iterator, Mapping
from typing import Any

from pages.charts import theme
from pages.charts.svg.letters import number, placed
from pages.charts.svg.scale import Scale

# How long the strokes and gaps are, as multiples of the width of the line.
DASHES = {
    "solid": (),
    "dot": (1, 1.5),
    "dash": (3, 2),
    "longdash": (5, 2),
    "dashdot": (3, 1.5, 1, 1.5),
}


def drawn(trace: Mapping[str, Any], x: Scale, y: Scale) -> str:
    """A trace of points: its line, its marks, its texts, as `mode` says."""
    mode = trace.get("mode", "lines+markers")
    points = [
        None if across is None or up is None else (x.at(across), y.at(up))
        for across, up in zip(trace.get("x", ()), trace.get("y", ()), strict=True)
    ]
    parts = []
    if "lines" in mode:
        parts += [line(run, trace.get("line", {})) for run in _runs(points)]
    if "markers" in mode:
        parts += [mark(point, trace.get("marker", {}), at) for at, point in enumerate(points) if point]
    if mode == "text":
        font = trace.get("textfont", {})
        parts += [
            placed(
                each(trace.get("text"), at),
                point[0] + 3,
                point[1],
                size=font.get("size", 14),
                fill=font.get("color", theme.TEXT),
            )
            for at, point in enumerate(points)
            if point
        ]
    return "".join(parts)


def line(run: list[tuple[float, float]], style: Mapping[str, Any]) -> str:
    """One stretch without a gap. Steps go across first, then up."""
    path = f"M{number(run[0][0])} {number(run[0][1])}"
    for across, up in run[1:]:
        step = f"H{number(across)}V{number(up)}"
        path += step if style.get("shape") == "hv" else f"L{number(across)} {number(up)}"
    width = style.get("width", 2)
    strokes = " ".join(number(part * width) for part in DASHES[style.get("dash", "solid")])
    dashes = f' stroke-dasharray="{strokes}"' if strokes else ""
    colour = style.get("color", theme.MAIN)
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
        f'stroke-linejoin="round"{dashes}/>'
    )


def mark(point: tuple[float, float], style: Mapping[str, Any], at: int = 0) -> str:
    """One mark. Raises KeyError on a shape that no chart of the house has."""
    symbol, half = each(style.get("symbol", "circle"), at), each(style.get("size", 6), at) / 2
    colour, (x, y) = each(style.get("color", theme.MAIN), at), point
    edge = style.get("line", {})
    look = f'fill="{colour}"'
    if symbol.endswith("-open"):
        outline = each(edge.get("color", colour), at)
        look = f'fill="none" stroke="{outline}" stroke-width="{number(edge.get("width", 1))}"'
    shape = symbol.removesuffix("-open").removesuffix("-thin")
    if shape == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {look}/>'
    if shape == "x" and "-thin" not in symbol:
        look = f'fill="none" stroke="{colour}" stroke-width="{number(half * 0.7)}"'
    outline_of = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle-up": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    }
    if shape == "x":
        a, b = number(half), number(2 * half)
        cross = f"M{number(x - half)} {number(y - half)}l{b} {b}m0 -{b}l-{b} {b}" if a else ""
        return f'<path d="{cross}" {look}/>'
    corners = [f"{number(x + across * half)} {number(y + up * half)}" for across, up in outline_of[shape]]
    return f'<path d="M{"L".join(corners)}Z" {look}/>'


def each(given: Any, at: int) -> Any:
    """The value of the n-th point, of a list or of one for all."""
    return given[at] if isinstance(given, (list, tuple)) else given


def _runs(points: list[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            if len(run) > 1:
                yield run
            run = []
