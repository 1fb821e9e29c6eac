"""The boundaries as a browser draws them: one file for each level, fetched once and kept.

What it shows changes with every click and is small; where the borders run never changes and is most of a map.
The name of the file holds a hash of what is in it, so that a browser may keep it for ever.
"""

import hashlib
import json
from functools import lru_cache
from itertools import pairwise

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from data.foundation import areas
from pages.maps import boundaries
from pages.maps.boundaries import Points

FOREVER = "public, max-age=31536000, immutable"
STEPS = 10_000  # a degree of latitude; the files have four decimals
WEST, NORTH = 7.5, 49.8  # outside of the Land
PATH = "/map/{name}"


def codes(level: str) -> tuple[str, ...]:
    """The areas of a level in the order of its file."""
    return tuple(boundaries.rings(level))


@lru_cache(maxsize=len(boundaries.FILES))
def file(level: str) -> bytes:
    """Everything of a level that does not depend on figures, as JSON, each list in the same order.

    `codes` and `picks` (the area that a click chooses), `names`, `kreise`, `paths` (as SVG has them),
    `centres`, `near` (positions of neighbours), and `borders` of the Kreise.
    """
    drawn = boundaries.rings(level)
    place = {code: at for at, code in enumerate(drawn)}
    known = areas.register()
    picks = [boundaries.chosen_by(code) for code in drawn]
    centres, near = boundaries.centres(level), boundaries.neighbours(level)
    content = {
        "codes": list(drawn),
        "picks": picks,
        "names": [known[code].label if code in known else "" for code in drawn],
        "kreise": [areas.within(code, areas.KREIS) for code in picks],
        "paths": ["".join(path(ring) + "z" for ring in parts) for parts in drawn.values()],
        "centres": [_plane(np.array([centres[code]], dtype=np.float32))[0] for code in drawn],
        "near": [[place[each] for each in near[code]] for code in drawn],
        "borders": "" if level == areas.KREIS else lines(boundaries.borders(areas.KREIS)),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=len(boundaries.FILES))
def name(level: str) -> str:
    """The name of the file of a level."""
    return f"{level}.{hashlib.sha256(file(level)).hexdigest()[:12]}.json"


@lru_cache(maxsize=64)
def around(code: str) -> str:
    """The outer line of an area as a path; empty for the Land, which needs none."""
    return "" if code == areas.LAND else lines(boundaries.around(code))


def path(line: Points) -> str:
    """A line as SVG writes it, in whole steps, each from the one before."""
    points = _plane(line)
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    (x, y), moved = points[0], [f"{dx} {dy}" for dx, dy in steps if dx or dy]
    return f"M{x} {y}l{' '.join(moved)}".replace(" -", "-")


def lines(points: Points) -> str:
    """Several lines that are parted by NaN, as one path."""
    ends = np.flatnonzero(np.isnan(points[:, 0]))
    parts = np.split(points, ends)
    return "".join(path(part[~np.isnan(part[:, 0])]) for part in parts if (~np.isnan(part[:, 0])).sum() > 1)


async def answer(request: Request) -> Response:
    """The file of a level; 404 for a name that is none, e.g. one of an older program."""
    wanted = request.path_params["name"]
    level = next((level for level in boundaries.FILES if wanted == name(level)), None)
    if level is None:
        return Response(status_code=404)
    return Response(file(level), media_type="application/json", headers={"Cache-Control": FOREVER})


def _plane(line: Points) -> list[tuple[int, int]]:
    x = np.round((line[:, 0].astype(float) - WEST) / boundaries.STRETCH * STEPS).astype(int)
    y = np.round((NORTH - line[:, 1].astype(float)) * STEPS).astype(int)
    return list(zip(x.tolist(), y.tolist(), strict=True))
