"""Outlines of larger areas, put together from those of their municipalities; no point is moved or left out.

`python -m data.foundation.outlines` writes `verwaltungsgemeinschaften.geojson` anew, after a change of the
register or of the boundaries of municipalities.
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from math import atan2, tau
from typing import Any

from data.foundation import areas

Point = tuple[float, float]
Ring = list[Point]

MUNICIPALITIES = areas.FILE.with_name("gemeinden.geojson")
ASSOCIATIONS = areas.FILE.with_name("verwaltungsgemeinschaften.geojson")


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """Every ring of a Polygon or a MultiPolygon; first and last point are the same."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]


def union(parts: Iterable[Ring]) -> list[Ring]:
    """The rings round some areas taken together, holes among them, which run the other way round.

    Neighbours have the same points along the border that they share, and run along it in opposite ways: such
    a border goes, and what is left are the outlines. Raises ValueError if they don't close.
    """
    steps = {step for ring in parts for step in pairwise(ring)}
    onward: dict[Point, list[Point]] = {}
    for start, end in sorted(steps):
        if (end, start) not in steps:
            onward.setdefault(start, []).append(end)
    found = []
    while onward:
        ring = [next(iter(onward))]
        while len(ring) == 1 or ring[-1] != ring[0]:
            ring.append(_next(onward, ring))
        found.append(ring)
    return found


def associations() -> str:
    """The outline of each association of the register, as GeoJSON: one a line, as in the other files."""
    read = json.loads(MUNICIPALITIES.read_text(encoding="utf-8"))["features"]
    drawn = {each["properties"]["ags"]: rings(each["geometry"]) for each in read}
    lines = []
    for code, area in areas.register().items():
        if area.level == areas.ASSOCIATION:
            members = areas.inside(code, areas.GEMEINDE)
            feature = {
                "type": "Feature",
                "geometry": _geometry(union(ring for member in members for ring in drawn[member])),
                "properties": {
                    "association": code,
                    "name": area.name,
                    "kreis_ags": areas.within(code, areas.KREIS),
                },
                "id": code,
            }
            lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _next(onward: dict[Point, list[Point]], ring: Ring) -> Point:
    """The next point of a ring, taken out of `onward`.

    Where two rings touch in a point, the sharper turn to the inside: each of them closes by itself then.
    """
    here = ring[-1]
    ways = onward.get(here)
    if not ways:
        raise ValueError(f"an outline ends at {here}: neighbours don't have the same points there")
    way = min(ways, key=lambda end: _turn(ring[-2], here, end)) if len(ring) > 1 else ways[0]
    ways.remove(way)
    if not ways:
        del onward[here]
    return way


def _turn(before: Point, here: Point, after: Point) -> float:
    """The angle from the way back to the way on, clockwise, from 0 to a whole turn."""
    back = atan2(before[1] - here[1], before[0] - here[0])
    on = atan2(after[1] - here[1], after[0] - here[0])
    return (back - on) % tau


def _geometry(outline: list[Ring]) -> dict[str, Any]:
    """A hole stands with the outer ring that it lies in."""
    outer = [ring for ring in outline if _size(ring) > 0]
    polygons = [[ring] for ring in outer]
    for hole in (ring for ring in outline if _size(ring) < 0):
        round_it = [polygon for polygon in polygons if _lies_in(hole, polygon[0])]
        min(round_it, key=lambda polygon: _size(polygon[0])).append(hole)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _size(ring: Ring) -> float:
    """Twice the area of a ring; below zero if it runs clockwise, as holes do."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _lies_in(ring: Ring, around: Ring) -> bool:
    """Whether a ring lies in another that it may touch, but does not cross."""
    own = set(around)
    x, y = next((point for point in ring if point not in own), ring[0])
    crossed = [
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise(around)
    ]
    return sum(crossed) % 2 == 1


if __name__ == "__main__":
    ASSOCIATIONS.write_text(associations(), encoding="utf-8")
