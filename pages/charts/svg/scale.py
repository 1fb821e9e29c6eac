"""From a value to its place: the axes of a figure, and what is drawn of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pages.charts import theme
from pages.charts.svg import letters
from pages.charts.svg.letters import number, placed

TICK = 5
GAP = 4  # between a tick and its text


@dataclass(frozen=True)
class Scale:
    """An axis between two edges of the plot, in pixels. `places` are the positions of its categories."""

    low: float
    high: float
    start: float
    end: float
    places: Mapping[str, int]

    def value(self, given: object) -> float:
        """The number of a value: that of its category, or itself."""
        found = self.places.get(str(given)) if self.places else None
        return float(str(given)) if found is None else float(found)

    def at(self, given: object) -> float:
        """Where a value stands."""
        return self.start + (self.value(given) - self.low) / (self.high - self.low) * (self.end - self.start)


def of(axis: Mapping[str, Any], start: float, end: float) -> Scale:
    """The scale of an axis of Plotly that names its range; `domain` is the share of the plot it has."""
    first, last = axis["range"]
    below, above = axis.get("domain", (0.0, 1.0))
    length = end - start
    return Scale(
        float(first),
        float(last),
        start + below * length,
        start + above * length,
        {str(value): place for place, value in enumerate(axis.get("categoryarray", ()))},
    )


def ticks(axis: Mapping[str, Any]) -> list[tuple[object, str]]:
    """The values that are named on an axis, with their texts."""
    return list(zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True))


def named(axis: Mapping[str, Any]) -> bool:
    """Whether the values of an axis stand at it."""
    return axis.get("showticklabels", True) and bool(axis.get("tickvals"))


def room_left(axis: Mapping[str, Any], size: float) -> float:
    """How much the texts of an upright axis need."""
    if not named(axis):
        return 8.0
    return max(letters.widest(text, size) for _, text in ticks(axis)) + 2 * GAP


def room_below(axis: Mapping[str, Any], size: float) -> float:
    """How much the texts of a level axis need, with its title."""
    if not named(axis):
        return 8.0
    most = max(len(letters.lines(text)) for _, text in ticks(axis))
    titled = size * letters.LINE if _title(axis) else 0.0
    return TICK + GAP + most * size * letters.LINE + titled


def level(axis: Mapping[str, Any], x: Scale, top: float, bottom: float, size: float) -> tuple[str, str]:
    """The axis below the plot: the lines behind the plot, and the line with its texts before it."""
    behind, before = [], [_line(x.start, bottom, x.end, bottom, axis.get("linecolor", theme.AXIS))]
    for value, text in ticks(axis):
        at = x.at(value)
        if axis.get("showgrid"):
            behind.append(_line(at, top, at, bottom, axis.get("gridcolor", theme.GRID)))
        if named(axis):
            middle = bottom + TICK + GAP + len(letters.lines(text)) * size * letters.LINE / 2
            before.append(_line(at, bottom, at, bottom + TICK, theme.AXIS))
            before.append(placed(text, at, middle, size=size, fill=theme.TEXT, anchor="middle"))
    if title := _title(axis):
        below = bottom + room_below(axis, size) - size * letters.LINE / 2
        before.append(
            placed(title, (x.start + x.end) / 2, below, size=size, fill=theme.TEXT, anchor="middle")
        )
    return "".join(behind), "".join(before)


def upright(axis: Mapping[str, Any], y: Scale, left: float, right: float, size: float) -> tuple[str, str]:
    """The axis at the left of the plot, as `level`."""
    behind, before = [], [_line(left, y.start, left, y.end, axis.get("linecolor", theme.AXIS))]
    for value, text in ticks(axis):
        at = y.at(value)
        if axis.get("showgrid", True):
            behind.append(_line(left, at, right, at, axis.get("gridcolor", theme.GRID)))
        if named(axis):
            before.append(placed(text, left - GAP, at, size=size, fill=theme.TEXT, anchor="end"))
    return "".join(behind), "".join(before)


def _title(axis: Mapping[str, Any]) -> str:
    return str(axis.get("title", {}).get("text", ""))


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return (
        f'<path d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" stroke="{colour}" stroke-width="1"/>'
    )
