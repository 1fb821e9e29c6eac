"""The legend above a plot: a picture of each trace and its name, in as many rows as they need."""

from collections.abc import Mapping, Sequence
from typing import Any

from pages.charts import theme
from pages.charts.svg import letters, marks, rectangles
from pages.charts.svg.letters import number, placed

KEY = 26  # how wide a picture is
BETWEEN = 14


def entries(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The traces that stand in the legend."""
    if not layout.get("showlegend", True):
        return []
    return [trace for trace in traces if trace.get("showlegend", True) and trace.get("name")]


def drawn(
    shown: Sequence[Mapping[str, Any]], width: float, size: float, hatchings: dict[str, str]
) -> tuple[str, float]:
    """The legend from the top left corner, and how high it is."""
    x, y, parts = 0.0, 0.0, []
    tallest = 0.0
    for trace in shown:
        height = len(letters.lines(trace["name"])) * size * letters.LINE
        long = KEY + 4 + letters.widest(trace["name"], size) + BETWEEN
        if x and x + long > width + BETWEEN:
            x, y, tallest = 0.0, y + tallest + 2, 0.0
        tallest = max(tallest, height)
        middle = y + height / 2
        parts.append(_key(trace, x, middle, size, hatchings))
        parts.append(placed(trace["name"], x + KEY + 4, middle, size=size, fill=theme.TEXT))
        x += long
    return "".join(parts), y + tallest + 6 if shown else 0.0


def _key(trace: Mapping[str, Any], x: float, y: float, size: float, hatchings: dict[str, str]) -> str:
    if trace["type"] == "bar":
        if trace.get("marker", {}).get("color") == theme.CLEAR:
            return ""
        box = f'x="{number(x + 6)}" y="{number(y - size * 0.4)}" width="16" height="{number(size * 0.8)}"'
        return f"<rect {box} {rectangles.look(trace.get('marker', {}), 0, hatchings)}/>"
    mode, parts = trace.get("mode", "lines+markers"), []
    if "lines" in mode:
        parts.append(marks.line([(x, y), (x + KEY, y)], trace.get("line", {})))
    if "markers" in mode:
        parts.append(marks.mark((x + KEY / 2, y), trace.get("marker", {})))
    return "".join(parts)
