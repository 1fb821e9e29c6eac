"""The picture round a chart: sentence, what it is of, notes, source, release and licence, as one SVG.

Text stays text. It is handed as plain values (`pages/pictures/composed.py` makes them), so nothing here asks.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from data.foundation import areas
from pages.charts import theme
from pages.charts.svg import letters, picture
from pages.charts.svg.letters import number
from pages.drawing import mapped

EDGE = 26
TITLE, UNDER, SMALL = 21.0, 13.5, 10.5
LEAST_TITLE, LEAST_SMALL = 15.0, 8.5
LINES_OF_TITLE = 3
FROM_LINE_TO_LINE = 1.24
HEAVIER = 1.07  # so much wider than the usual letters are the semibold ones at most
LEAST_BODY = 0.42  # of its height is the chart at least; small print gives way
BLANK = re.compile("[ \n\t]+")  # and not the one that holds a number and its unit together
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


@dataclass(frozen=True)
class Drawn:
    """A picture as SVG, and how many units high it is: a chart of many rows makes it higher than its form."""

    svg: str
    high: float


def drawn(order: Mapping[str, Any]) -> Drawn:
    """The whole picture. The same bytes for the same order. Raises NotDrawnError."""
    form, lang = order["form"], order["lang"]
    units, grown = form["units"], form["units"] * form["height"] / form["width"]
    wide = units - 2 * EDGE
    size, title = _fitting(order["heading"], wide)
    above = [
        *_lines(order["marks"], UNDER, theme.CHOSEN, wide, weight=600),
        *((line, size, theme.MAIN, 600) for line in title),
        *_lines([order["about"]], UNDER, theme.QUIET_TEXT, wide),
        *_lines(order["why"], UNDER, theme.TEXT, wide, weight=600),
    ]
    small = SMALL
    while True:
        below = [
            *_lines(order["notes"], small, theme.QUIET_TEXT, wide),
            *_lines(order["source"], small, theme.QUIET_TEXT, wide),
        ]
        room = grown - 2 * EDGE - _height(above) - _height(below) - 24
        if room >= grown * LEAST_BODY or small <= LEAST_SMALL:
            break
        small -= 0.5
    top = EDGE + _height(above) + 12
    more = max(0.0, _needed(order, wide) - room)
    high, room = grown + more, room + more
    body = _body(order, wide, room)
    content = (
        f"{_set(above, EDGE)}"
        f'<g transform="translate({EDGE} {number(top)})">{body}</g>'
        f"{_set(below, high - EDGE - _height(below))}"
    )
    pixels = round(high * form["width"] / units)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {units} {number(high)}" '
        f'width="{form["width"]}" height="{pixels}" lang="{lang}" role="img" '
        f'font-family="&quot;{letters.FAMILY}&quot;, sans-serif">'
        f"<title>{escape(letters.shown(order['heading']))}</title>"
        f"<desc>{escape(letters.shown(order['alt']))}</desc>"
        f'<rect width="100%" height="100%" fill="{theme.GROUND}"/>{content}</svg>'
    )
    return Drawn(_COLOUR.sub(lambda found: _grey(found.group()), svg) if order["grey"] else svg, high)


def _body(order: Mapping[str, Any], wide: float, high: float) -> str:
    if order["nothing"]:
        size = 16.0
        said = _lines([order["nothing"]], size, theme.TEXT, wide * 0.8)
        ground = f'<rect width="{number(wide)}" height="{number(high)}" fill="{theme.WITHHELD_GROUND}"/>'
        return ground + _set(said, (high - _height(said)) / 2, wide * 0.1)
    if of := order["map"]:
        return mapped.drawn(mapped.restored(of), wide=wide, high=high, chosen=of["chosen"] or areas.LAND)
    return _inner(picture.drawn(order["chart"], width=round(wide), height=round(high)))


def _needed(order: Mapping[str, Any], wide: float) -> float:
    """The height that the rows of a chart need; 0 for what can be of any height."""
    if order["nothing"] or not order["chart"]:
        return 0.0
    return picture.height(order["chart"], width=round(wide), share=0.0)


def _inner(svg: str) -> str:
    """What is in the element, which stands in another one now."""
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def _fitting(heading: str, wide: float) -> tuple[float, list[str]]:
    """The size and the lines of the sentence: smaller letters before a fourth line."""
    size = TITLE
    while True:
        lines = _wrapped(heading, size, wide / HEAVIER)
        if len(lines) <= LINES_OF_TITLE or size <= LEAST_TITLE:
            return size, lines
        size -= 0.5


Line = tuple[str, float, str, int]


def _lines(texts: Iterable[str], size: float, colour: str, wide: float, *, weight: int = 400) -> list[Line]:
    room = wide / HEAVIER if weight > 400 else wide
    return [(line, size, colour, weight) for text in texts for line in _wrapped(text, size, room)]


def _wrapped(text: str, size: float, wide: float) -> list[str]:
    """The lines of a text no wider than `wide`; a word that is longer stands alone."""
    lines: list[str] = []
    for word in BLANK.split(letters.shown(text).strip()):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.width(longer, size) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _height(lines: Iterable[Line]) -> float:
    return sum(size * FROM_LINE_TO_LINE for _, size, *_ in lines)


def _set(lines: Iterable[Line], top: float, left: float = EDGE) -> str:
    parts, at = [], top
    for text, size, colour, weight in lines:
        at += size * FROM_LINE_TO_LINE
        heavy = f' font-weight="{weight}"' if weight > 400 else ""
        base = number(at - size * 0.28)
        parts.append(
            f'<text x="{number(left)}" y="{base}" font-size="{number(size)}" fill="{colour}"{heavy}>'
            f"{escape(text, quote=False)}</text>"
        )
    return "".join(parts)


def _grey(colour: str) -> str:
    """The grey that is as light as a colour (Rec. 709)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{round(0.2126 * red + 0.7152 * green + 0.0722 * blue):02x}" * 3
