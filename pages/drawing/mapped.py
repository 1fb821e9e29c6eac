"""A map as SVG: areas in their classes or circles on them, its legend beside or below it.

The browser draws the same from the same boundaries (`pages/maps/areamap.js`); here nobody points at anything.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from html import escape
from math import sqrt
from typing import Any

from data.foundation import areas
from pages.charts import theme
from pages.charts.svg.letters import number, placed, width
from pages.maps import shapes
from pages.maps.choropleth import AreaMap, Fill

CIRCLE = theme.SEQUENTIAL[3]
LARGEST = 1100  # radius of the largest circle, in the steps of the boundaries: 12 km
SIZE, ROW, KEY = 13, 20, 14
EDGE = 0.02  # of the map is left free round it
_STEPS = re.compile(r"-?\d+")
_MARKS = {
    "/": '<path d="M-2 2L2-2M0 8L8 0M6 10L10 6" stroke="{over}" stroke-width="1.3"/>',
    "\\": '<path d="M-2 6L2 10M0 0L8 8M6-2L10 2" stroke="{over}" stroke-width="3.6"/>',
    ".": '<circle cx="2" cy="2" r="1.2" fill="{over}"/><circle cx="6" cy="6" r="1.2" fill="{over}"/>',
}


def drawn(of: AreaMap, *, wide: float, high: float, chosen: str = areas.LAND) -> str:
    """The map in so many units, its legend on the right of it. `chosen` is marked by its outline."""
    legend, room = _legend(of.fills)
    drawn_at = wide - room - 16
    left, top, across, up = _frame(of.level)
    scale = min(drawn_at / across, high / up)
    at = (drawn_at - across * scale) / 2 - left * scale, (high - up * scale) / 2 - top * scale
    patterns = "".join(
        _pattern(fill, f"m{nth}", 1 / scale) for nth, fill in enumerate(of.fills) if fill.pattern
    )
    keys = "".join(_pattern(fill, f"l{nth}", 1) for nth, fill in enumerate(of.fills) if fill.pattern)
    boundaries = _boundaries(of.level)
    down = max(0.0, (high - len(of.fills) * ROW) / 2)
    moved = f"translate({number(at[0])} {number(at[1])}) scale({scale:.6f})"
    return (
        f"<defs>{patterns}{keys}</defs>"
        f'<g transform="{moved}" stroke-linejoin="round">'
        f"{_areas(of, boundaries, scale)}{_circles(of, boundaries, scale)}{_outline(chosen, scale)}</g>"
        f'<g transform="translate({number(wide - room)} {number(down)})">{legend}</g>'
    )


def plain(of: AreaMap, chosen: str) -> dict[str, Any]:
    """A map as plain values; nobody points at anything in a picture, so it has no texts."""
    return {
        "level": of.level,
        "fills": [asdict(fill) for fill in of.fills],
        "found": dict(of.found),
        "circles": dict(of.circles),
        "chosen": chosen,
    }


def restored(values: Mapping[str, Any]) -> AreaMap:
    """The map of these values."""
    fills = tuple(Fill(**fill) for fill in values["fills"])
    return AreaMap(values["level"], "", fills, values["found"], {}, values["circles"])


def _areas(of: AreaMap, boundaries: dict[str, Any], scale: float) -> str:
    line = f'stroke="{theme.OUTLINE}" stroke-width="{0.5 / scale:.1f}"'
    every = "".join(
        f'<path d="{path}" fill="{_look(of.fills[of.found[code]], f"m{of.found[code]}")}"/>'
        if code in of.found
        else f'<path d="{path}" fill="{theme.GROUND}"/>'
        for code, path in zip(boundaries["codes"], boundaries["paths"], strict=True)
    )
    borders = boundaries["borders"]
    inner = (
        f'<path d="{borders}" fill="none" stroke="{theme.BORDER}" stroke-width="{0.8 / scale:.1f}"/>'
        if borders
        else ""
    )
    return f"<g {line}>{every}</g>{inner}"


def _circles(of: AreaMap, boundaries: dict[str, Any], scale: float) -> str:
    """The largest first, so that none hides a smaller one."""
    sized = sorted(
        ((of.circles.get(code, 0.0), at) for at, code in enumerate(boundaries["codes"])), reverse=True
    )
    look = f'fill="{CIRCLE}" fill-opacity="0.75" stroke="{theme.GROUND}" stroke-width="{0.5 / scale:.1f}"'
    return "".join(
        '<circle cx="{}" cy="{}" r="{}" {}/>'.format(
            *boundaries["centres"][at], number(LARGEST * sqrt(size)), look
        )
        for size, at in sized
        if size
    )


def _outline(chosen: str, scale: float) -> str:
    around = shapes.around(chosen) if chosen in areas.register() else ""
    if not around:
        return ""
    return f'<path d="{around}" fill="none" stroke="{theme.CHOSEN}" stroke-width="{2.5 / scale:.1f}"/>'


def _legend(fills: tuple[Fill, ...]) -> tuple[str, float]:
    """The entries one below the other, and how wide they are."""
    named = [(at, fill) for at, fill in enumerate(fills) if fill.name]
    wide = max((width(fill.name, SIZE) for _, fill in named), default=0.0) + KEY + 16
    parts = []
    for row, (at, fill) in enumerate(named):
        middle = row * ROW + ROW / 2
        if fill.circle:
            radius = max(3.0, 9 * sqrt(fill.circle))
            parts.append(
                f'<circle cx="{KEY / 2 + 2}" cy="{number(middle)}" r="{number(radius)}" fill="{CIRCLE}" '
                'fill-opacity="0.75"/>'
            )
        else:
            parts.append(
                f'<rect x="0.5" y="{number(middle - KEY / 2)}" width="{KEY}" height="{KEY}" '
                f'stroke="{theme.OUTLINE}" fill="{_look(fill, f"l{at}")}"/>'
            )
        parts.append(placed(escape(fill.name), KEY + 10, middle, size=SIZE, fill=theme.TEXT))
    return "".join(parts), wide


def _look(fill: Fill, pattern: str) -> str:
    return f"url(#{pattern})" if fill.pattern else fill.colour


def _pattern(fill: Fill, name: str, scale: float) -> str:
    return (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.4f})"><rect width="8" height="8" fill="{fill.colour}"/>'
        f"{_MARKS[fill.pattern].format(over=fill.over)}</pattern>"
    )


@lru_cache(maxsize=4)
def _boundaries(level: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shapes.file(level))
    return found


@lru_cache(maxsize=4)
def _frame(level: str) -> tuple[float, float, float, float]:
    """Left, top, width and height of all areas of a level, with some room round them."""
    xs, ys = [], []
    for path in _boundaries(level)["paths"]:
        x = y = 0
        for ring in filter(None, path.split("M")):
            steps = [int(each) for each in _STEPS.findall(ring)]
            x, y = steps[0], steps[1]
            xs.append(x)
            ys.append(y)
            for dx, dy in zip(steps[2::2], steps[3::2], strict=True):
                x, y = x + dx, y + dy
                xs.append(x)
                ys.append(y)
    across, up = max(xs) - min(xs), max(ys) - min(ys)
    room = EDGE * max(across, up)
    return min(xs) - room, min(ys) - room, across + 2 * room, up + 2 * room
