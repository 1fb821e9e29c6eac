"""The picture round a chart: sentence, what it is of, notes, source, release and licence, as one SVG.

Text stays text. Whoever has the picture alone has all that is needed to print it, and to find it again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from data.foundation import areas
from data.questions import figures as register
from pages.charts import theme
from pages.charts.svg import letters, picture
from pages.charts.svg.letters import number
from pages.figures import described
from pages.figures.described import Described
from pages.files import description
from pages.files import figure as figures
from pages.pictures import mapped
from pages.pictures.sizes import Form
from pages.text.words import Words

EDGE = 26
TITLE, UNDER, SMALL = 21.0, 13.5, 10.5
LEAST_TITLE, LEAST_SMALL = 15.0, 8.5
LINES_OF_TITLE = 3
FROM_LINE_TO_LINE = 1.24
HEAVIER = 1.07  # so much wider than the usual letters are the semibold ones at most
LEAST_BODY = 0.42  # of its height is the chart at least; small print gives way
BLANK = re.compile("[ \n\t]+")  # and not the one that holds a number and its unit together
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


class NoPictureError(ValueError):
    """A figure that is a table, or of a kind that is not drawn without a browser."""


@dataclass(frozen=True)
class Drawn:
    """A picture as SVG, and how many units high it is: a chart of many rows makes it higher than its form."""

    svg: str
    high: float


def drawn(each: Described, form: Form, words: Words, *, grey: bool = False) -> Drawn:
    """The whole picture. The same bytes for the same figure. Raises NoPictureError."""
    wide = form.units - 2 * EDGE
    size, title = _fitting(each.heading, wide)
    marks = " · ".join(figures.marks(each.published.edition, words))
    above = [
        *_lines([marks] if marks else [], UNDER, theme.CHOSEN, wide, weight=600),
        *((line, size, theme.MAIN, 600) for line in title),
        *_lines([about(each, words)], UNDER, theme.QUIET_TEXT, wide),
        *_lines(filter(None, [each.at.why(words)]), UNDER, theme.TEXT, wide, weight=600),
    ]
    small = SMALL
    while True:
        below = [
            *_lines(_notes(each, words), small, theme.QUIET_TEXT, wide),
            *_lines(_source(each, words), small, theme.QUIET_TEXT, wide),
        ]
        room = form.high - 2 * EDGE - _height(above) - _height(below) - 24
        if room >= form.high * LEAST_BODY or small <= LEAST_SMALL:
            break
        small -= 0.5
    top = EDGE + _height(above) + 12
    more = max(0.0, _needed(each, wide) - room)
    high, room = form.high + more, room + more
    body = _body(each, wide, room, words)
    content = (
        f"{_set(above, EDGE)}"
        f'<g transform="translate({EDGE} {number(top)})">{body}</g>'
        f"{_set(below, high - EDGE - _height(below))}"
    )
    pixels = round(high * form.width / form.units)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {form.units} {number(high)}" '
        f'width="{form.width}" height="{pixels}" lang="{words.lang}" role="img" '
        f'font-family="&quot;{letters.FAMILY}&quot;, sans-serif">'
        f"<title>{escape(letters.shown(each.heading))}</title>"
        f"<desc>{escape(letters.shown(alternative(each, words)))}</desc>"
        f'<rect width="100%" height="100%" fill="{theme.GROUND}"/>{content}</svg>'
    )
    return Drawn(_COLOUR.sub(lambda found: _grey(found.group()), svg) if grey else svg, high)


def about(each: Described, words: Words) -> str:
    """What the picture is of: the figure, the place and what it is compared with, the period."""
    chosen = each.chosen
    places = (
        [each.place] if each.place else [words.area(code) for code in (chosen.area_code, *chosen.compared)]
    )
    title = words.pick(register.named(each.key).title)
    return " · ".join([title, words.listed(places), words.period(str(chosen.period))])


def alternative(each: Described, words: Words) -> str:
    """What is read to whoever can't see the picture."""
    if each.published.is_all_withheld:
        return described.nothing(each.published, each.chosen.area_code, words)
    return described.spoken(each.published, each.heading, words)


def _body(each: Described, wide: float, high: float, words: Words) -> str:
    if each.published.is_all_withheld:
        size = 16.0
        said = _lines(
            [described.nothing(each.published, each.chosen.area_code, words)], size, theme.TEXT, wide * 0.8
        )
        ground = f'<rect width="{number(wide)}" height="{number(high)}" fill="{theme.WITHHELD_GROUND}"/>'
        return ground + _set(said, (high - _height(said)) / 2, wide * 0.1)
    if each.mapped:
        chosen = areas.LAND if each.place else each.chosen.area_code
        return mapped.drawn(each.mapped(), wide=wide, high=high, chosen=chosen)
    if not each.draw:
        raise NoPictureError(each.key)
    try:
        return _inner(picture.drawn(each.chart, width=round(wide), height=round(high)))
    except picture.NotDrawnError:
        raise NoPictureError(each.key) from None


def _needed(each: Described, wide: float) -> float:
    """The height that the rows of a chart need; 0 for what can be of any height."""
    if each.published.is_all_withheld or not each.draw:
        return 0.0
    return picture.height(each.chart, width=round(wide), share=0.0)


def _inner(svg: str) -> str:
    """What is in the element, which stands in another one now."""
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def _notes(each: Described, words: Words) -> list[str]:
    """What has to be known of a chart. The legend of a map says what its symbols mean, and nobody clicks."""
    published = each.published
    if each.mapped or published.is_all_withheld:
        return []
    notes = [each.note, *described.symbols(published, words), described.provisional(published, words)]
    return [" ".join(note.replace("**", "") for note in notes if note)] if any(notes) else []


def _source(each: Described, words: Words) -> list[str]:
    edition = each.published.edition
    lines = [description.source(each.published, words)]
    if edition.synthetic:
        lines.append(words.t("show.synthetic"))
    if description.deviates(each.published):
        lines.append(words.t("pictures.deviates"))
    if each.mapped:
        lines.append(words.t("chart.attribution"))
    return [" ".join(lines), words.t("pictures.release", version=edition.version)]


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
