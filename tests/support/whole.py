"""Deliveries of many Kreise, so that areas above them have a figure: at least half of the inhabitants."""

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
