"""A small line without axes, as a picture: it prints, and costs no chart library."""

from collections.abc import Sequence
from itertools import groupby

from pages.parts.charts import theme

WIDTH, HEIGHT, EDGE = 240, 40, 4


def line(numbers: Sequence[float | None]) -> str:
    """The picture as SVG; empty if fewer than two numbers are known. A gap interrupts the line."""
    known = [number for number in numbers if number is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1
    step = (WIDTH - 2 * EDGE) / (len(numbers) - 1)
    height = HEIGHT - 2 * EDGE
    points = [
        None if number is None else (EDGE + at * step, HEIGHT - EDGE - (number - low) / span * height)
        for at, number in enumerate(numbers)
    ]
    parts = [
        " ".join(f"{x:.1f},{y:.1f}" for x, y in filter(None, run))
        for is_gap, run in groupby(points, key=lambda point: point is None)
        if not is_gap
    ]
    lines = "".join(f'<polyline points="{part}"/>' for part in parts)
    x, y = next(point for point in reversed(points) if point)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<g fill="none" stroke="{theme.MAIN}" stroke-width="2" stroke-linejoin="round">{lines}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{theme.MAIN}"/></svg>'
    )
