"""Bars: beside each other, stacked or as spans, with their hatching and the texts at them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

from pages.charts import theme
from pages.charts.svg import letters
from pages.charts.svg.letters import number, placed
from pages.charts.svg.marks import each
from pages.charts.svg.scale import Scale

TEXT_GAP = 4


@dataclass(frozen=True)
class Rectangle:
    """From where to where a bar goes along its axis, and across it, in pixels."""

    near: float
    far: float
    first: float
    last: float


@dataclass(frozen=True)
class Plot:
    """What bars are drawn on: both scales, how bars stand to each other, and the hatchings in use."""

    x: Scale
    y: Scale
    layout: Mapping[str, Any]
    hatchings: dict[str, str]


def drawn(traces: Sequence[Mapping[str, Any]], plot: Plot) -> str:
    """All traces of bars of a figure, in their order."""
    return "".join(_trace(trace, rectangles, plot) for trace, rectangles in _arranged(traces, plot))


def look(marker: Mapping[str, Any], at: int, hatchings: dict[str, str]) -> str:
    """Fill, hatching and outline of one bar, as attributes of SVG."""
    colour, opacity = each(marker.get("color", theme.MAIN), at), each(marker.get("opacity", 1.0), at)
    edge, pattern = marker.get("line", {}), marker.get("pattern", {})
    fill = _hatching(pattern, colour, hatchings) if pattern.get("shape") else colour
    parts = [f'fill="{fill}"']
    if opacity != 1:
        parts.append(f'opacity="{number(opacity)}"')
    if edge.get("width"):
        parts.append(f'stroke="{edge.get("color", colour)}" stroke-width="{number(edge["width"])}"')
    return " ".join(parts)


def _arranged(
    traces: Sequence[Mapping[str, Any]], plot: Plot
) -> Iterator[tuple[Mapping[str, Any], list[Rectangle | None]]]:
    stacked = plot.layout.get("barmode") == "stack"
    beside = plot.layout.get("barmode", "group") == "group"
    room = 1 - plot.layout.get("bargap", 0.2)
    grouped = [trace for trace in traces if "offset" not in trace and _has_values(trace)]
    share = room / max(1, len(grouped)) if beside else room
    between = share * plot.layout.get("bargroupgap", 0.0)
    ends: dict[float, float] = defaultdict(float)
    place = 0
    for trace in traces:
        if not _has_values(trace):
            continue
        offset, width = -room / 2 + (place * share if beside else 0) + between / 2, share - between
        if "offset" in trace:
            offset, width = trace["offset"], trace["width"]
        else:
            place += 1
        level = trace.get("orientation") == "h"
        along, across = (plot.x, plot.y) if level else (plot.y, plot.x)
        found: list[Rectangle | None] = []
        for at, (position, length) in enumerate(_pairs(trace, level=level)):
            if length is None:
                found.append(None)
                continue
            where = across.value(position)
            base = ends[where] if stacked else each(trace.get("base", 0), at) or 0
            ends[where] += length if stacked else 0
            found.append(
                Rectangle(
                    along.at(base),
                    along.at(base + length),
                    _at(across, where + offset),
                    _at(across, where + offset + width),
                )
            )
        yield trace, found


def _at(scale: Scale, position: float) -> float:
    return scale.start + (position - scale.low) / (scale.high - scale.low) * (scale.end - scale.start)


def _trace(trace: Mapping[str, Any], rectangles: list[Rectangle | None], plot: Plot) -> str:
    level, marker = trace.get("orientation") == "h", trace.get("marker", {})
    parts = []
    for at, found in enumerate(rectangles):
        if found is None:
            continue
        near, far = sorted((found.near, found.far))
        first, last = sorted((found.first, found.last))
        box = (near, first, far - near, last - first) if level else (first, near, last - first, far - near)
        if far - near > 0.005:
            x, y, width, height = map(number, box)
            shape = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" '
            parts.append(f"{shape}{look(marker, at, plot.hatchings)}/>")
        parts.append(_text(trace, at, found, level=level))
    return "".join(parts)


def _text(trace: Mapping[str, Any], at: int, found: Rectangle, *, level: bool) -> str:
    text = each(trace.get("text"), at)
    if not text:
        return ""
    inside = each(trace.get("textposition", "outside"), at) == "inside"
    font = trace.get("insidetextfont" if inside else "textfont", {})
    size, fill = font.get("size", 14), font.get("color", theme.TEXT)
    middle = (found.first + found.last) / 2
    if not level:
        up = min(found.near, found.far) - size * 0.6
        return placed(text, middle, up, size=size, fill=fill, anchor="middle")
    if not inside:
        return placed(text, max(found.near, found.far) + TEXT_GAP, middle, size=size, fill=fill)
    # A text that does not fit into its bar is left out rather than made too small to read.
    if letters.widest(text, size) > abs(found.far - found.near) - TEXT_GAP:
        return ""
    if trace.get("insidetextanchor") == "middle":
        return placed(text, (found.near + found.far) / 2, middle, size=size, fill=fill, anchor="middle")
    if found.far < found.near:  # a bar to the left, its end there
        return placed(text, found.far + TEXT_GAP, middle, size=size, fill=fill)
    return placed(text, found.far - TEXT_GAP, middle, size=size, fill=fill, anchor="end")


def _pairs(trace: Mapping[str, Any], *, level: bool) -> list[tuple[Any, Any]]:
    across, up = list(trace.get("x", ())), list(trace.get("y", ()))
    return list(zip(up, across, strict=True)) if level else list(zip(across, up, strict=True))


def _has_values(trace: Mapping[str, Any]) -> bool:
    """Whether it is more than a name for the legend."""
    return any(value is not None for value in trace.get("x", ()))


def _hatching(pattern: Mapping[str, Any], colour: str, hatchings: dict[str, str]) -> str:
    """A reference to the hatching of Plotly: lines or dots in one colour over another."""
    over = pattern.get("fillmode") == "overlay"
    ground = colour if over else pattern.get("bgcolor", theme.GROUND)
    ink, size = pattern.get("fgcolor", theme.GROUND), pattern.get("size", 8)
    shape, share = pattern["shape"], pattern.get("solidity", 0.3)
    side = size if shape == "." else size * sqrt(2)
    s, h, q = number(side), number(side / 2), number(side / 4)
    if shape == ".":
        dot = number(sqrt(share * side * side / pi))
        drawn = f'<circle cx="{h}" cy="{h}" r="{dot}" fill="{ink}"/>'
    else:
        rising = f"M-{q} {q}l{h} -{h}M0 {s}L{s} 0M{number(side * 0.75)} {number(side * 1.25)}l{h} -{h}"
        falling = f"M-{q} {number(side * 0.75)}l{h} {h}M0 0L{s} {s}M{number(side * 0.75)} -{q}l{h} {h}"
        path = {"/": rising, "\\": falling, "x": rising + falling}[shape]
        drawn = f'<path d="{path}" stroke="{ink}" stroke-width="{number(share * size)}"/>'
    body = f'<rect width="{s}" height="{s}" fill="{ground}"/>{drawn}'
    name = hatchings.setdefault(f'width="{s}" height="{s}">{body}', f"hatching{len(hatchings)}")
    return f"url(#{name})"
