"""Deliveries of many Kreise, so that areas above them have a figure: at least half of the inhabitants."""

import csv
from functools import lru_cache

from data.foundation import areas


def lines(kreise, line="F{number} | {area_code} | 05.01.2018", *, each=10):
    """`each` cases in one municipality of each Kreis: so many that their sender answers for it.

    `line` is a row of `faelle` with {number} and {area_code}.
    """
    places = [areas.inside(kreis, areas.GEMEINDE)[0] for kreis in kreise]
    return [
        line.format(number=100_000 + at * each + number, area_code=place)
        for at, place in enumerate(places)
        for number in range(each)
    ]


def of(area_code, *, without=()):
    """Every Kreis of an area but these."""
    return [kreis for kreis in areas.inside(area_code, areas.KREIS) if kreis not in without]


def half(area_code):
    """The fewest Kreise with more than half of the inhabitants of an area: each one more costs time."""
    largest = sorted(of(area_code), key=_inhabitants().__getitem__, reverse=True)
    needed, wanted = [], sum(_inhabitants()[kreis] for kreis in largest) / 2
    while sum(_inhabitants()[kreis] for kreis in needed) <= wanted:
        needed.append(largest[len(needed)])
    return needed


@lru_cache(maxsize=1)
def _inhabitants():
    with areas.FILE.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["level"] == areas.KREIS]
    return {row["area_code"]: int(row["population"]) for row in rows}
