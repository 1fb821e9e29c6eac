"""The boundaries of municipalities, associations and Kreise on a plane, their centres and neighbours.

Read once from the folder of the Land; where they come from is told in its README. Nothing is fetched.
"""

import json
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.foundation import areas, land

Points = NDArray[np.float32]
FILES = {
    areas.GEMEINDE: ("gemeinden.geojson", "ags"),
    areas.ASSOCIATION: ("verwaltungsgemeinschaften.geojson", "association"),
    areas.KREIS: ("kreise.geojson", "kreis_ags"),
}
# Degrees of longitude are shorter than degrees of latitude.
STRETCH = float(1 / np.cos(np.radians(land.own().latitude)))
# Distance of the points of which one becomes the centre, in kilometres: most areas hold several.
SPACING = {areas.GEMEINDE: 4.0, areas.ASSOCIATION: 4.0, areas.KREIS: 5.0}
KM = 1 / 111.2  # degrees of latitude
BREAK = np.full((1, 2), np.nan, dtype=np.float32)


@lru_cache(maxsize=len(FILES))
def rings(level: str) -> dict[str, list[Points]]:
    """Every ring of every area of a level, as longitude and latitude; a hole runs the other way round.

    A municipality that lies in none of them is there itself, and so is a place where nobody lives: a map has
    no holes.
    """
    drawn = _read(level)[0]
    small, kreise = _read(areas.GEMEINDE)
    return drawn | {
        code: parts
        for code, parts in small.items()
        if drawn.keys().isdisjoint((code, kreise[code])) and _lies_in(code, level) is None
    }


def chosen_by(code: str) -> str:
    """The area that a click on the map chooses: of an unincorporated one, where nobody lives, its Kreis."""
    return code if code in areas.register() else _read(areas.GEMEINDE)[1][code]


def borders(level: str) -> Points:
    """All borders of a level, each once: neighbours share them, and drawn twice a thin line looks thick."""
    return _joined([ring for parts in rings(level).values() for ring in parts], keep=1)


def around(code: str) -> Points:
    """The outer line of one area: the borders that the areas drawn in it do not share, e.g. its Kreise."""
    inside = next(codes for level in areas.LEVELS if level in FILES and (codes := areas.inside(code, level)))
    drawn = rings(areas.level(inside[0]))
    return _joined([ring for each in inside for ring in drawn[each]], keep=0)


@lru_cache(maxsize=len(FILES))
def centres(level: str) -> dict[str, tuple[float, float]]:
    """A point well inside each area, where its circle stands: of a grid, that farthest from the border."""
    found = {}
    for code, parts in rings(level).items():
        inside, border = _inside(parts, SPACING[level] * KM), np.concatenate(parts)
        apart = np.abs(inside[:, None] - border[None]) / np.array([STRETCH, 1], dtype=np.float32)
        x, y = inside[int(np.argmax((apart**2).sum(axis=2).min(axis=1)))].tolist()
        found[code] = (x, y)
    return found


@lru_cache(maxsize=len(FILES))
def neighbours(level: str) -> dict[str, tuple[str, ...]]:
    """The areas that share a border with each area, in the order of the level."""
    beside: dict[tuple[float, ...], list[str]] = {}
    for code, parts in rings(level).items():
        for edge in (edge for ring in parts for edge in _edges(ring)):
            beside.setdefault(edge, []).append(code)
    found: dict[str, set[str]] = {code: set() for code in rings(level)}
    for codes in beside.values():
        for code in codes:
            found[code].update(each for each in codes if each != code)
    return {code: tuple(each for each in rings(level) if each in beside) for code, beside in found.items()}


def _lies_in(code: str, level: str) -> str | None:
    return areas.within(code, level) if code in areas.register() else None


@lru_cache(maxsize=len(FILES))
def _read(level: str) -> tuple[dict[str, list[Points]], dict[str, str]]:
    """The rings of a level, and the Kreis of each area, as the file has it."""
    name, key = FILES[level]
    features = json.loads(areas.FILE.with_name(name).read_text(encoding="utf-8"))["features"]
    found = [(feature["properties"], feature["geometry"]) for feature in features]
    drawn = {of[key]: _rings(geometry) for of, geometry in found}
    return drawn, {of[key]: of["kreis_ags"] for of, _ in found}


def _rings(geometry: dict[str, Any]) -> list[Points]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [np.array(ring, dtype=np.float32) for polygon in polygons for ring in polygon]


def _inside(parts: list[Points], wanted: float) -> Points:
    every = np.concatenate(parts)
    low, high = every.min(axis=0), every.max(axis=0)
    for spacing in (wanted, wanted / 4, wanted / 16):
        # The grid hangs on fixed lines, so that neighbours' points lie in step.
        x = (
            np.arange(np.ceil(low[0] / (spacing * STRETCH)), high[0] / (spacing * STRETCH))
            * spacing
            * STRETCH
        )
        y = np.arange(np.ceil(low[1] / spacing), high[1] / spacing) * spacing
        grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        inside: Points = grid[_within(grid, parts)].astype(np.float32)
        if len(inside):
            return inside
    return np.array([every.mean(axis=0)], dtype=np.float32)


def _within(points: NDArray[np.float64], parts: list[Points]) -> NDArray[np.bool_]:
    # Even-odd rule: a ray to the right crosses the rings an odd number of times.
    crossed = np.zeros(len(points), dtype=np.int64)
    for ring in parts:
        (x1, y1), (x2, y2) = ring[:-1].T.astype(float)[:, None, :], ring[1:].T.astype(float)[:, None, :]
        px, py = points[:, :1], points[:, 1:]
        spans = (y1 > py) != (y2 > py)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x1 + (py - y1) * (x2 - x1) / (y2 - y1)
        crossed += (spans & (px < at)).sum(axis=1)
    return np.array(crossed % 2 == 1)


def _joined(found: list[Points], *, keep: int) -> Points:
    """Borders as long lines. keep=1: a shared border once; keep=0: shared borders not at all."""
    seen: dict[tuple[float, ...], int] = {}
    for ring in found:
        for edge in _edges(ring):
            seen[edge] = seen.get(edge, 0) + 1
    parts = []
    for ring in found:
        edges = _edges(ring)
        line: list[Points] = []
        for start, end, edge in zip(ring[:-1], ring[1:], edges, strict=True):
            drawn = seen[edge] == 1 or (keep == 1 and seen[edge] > 0)
            seen[edge] = -1 if keep == 1 and drawn else seen[edge]
            if drawn:
                line += [end] if line else [start, end]
            elif line:
                parts += [np.stack(line), BREAK]
                line = []
        if line:
            parts += [np.stack(line), BREAK]
    return np.concatenate(parts) if parts else BREAK


def _edges(ring: Points) -> list[tuple[float, ...]]:
    ends = np.concatenate([ring[:-1], ring[1:]], axis=1)
    turned = np.concatenate([ring[1:], ring[:-1]], axis=1)
    first = (ends[:, 0] < ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] < ends[:, 3]))
    return [tuple(edge) for edge in np.where(first[:, None], ends, turned).tolist()]
