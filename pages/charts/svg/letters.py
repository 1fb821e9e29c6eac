"""Texts as they stand in a picture: how wide they are in the font that ships, their lines, their elements."""

import unicodedata
from functools import lru_cache
from html import escape, unescape
from pathlib import Path

from PIL import ImageFont

FAMILY = "Source Sans 3"
FONTS = Path(__file__).parent / "fonts"
LINE = 1.15  # from line to line, as a multiple of the size
MISSING, SOFT_HYPHEN = "\u25a1", "\u00ad"
NO_SIGN = "\uffff"  # no font has it, so it is drawn as what no font has
_DRAWN = 1000  # the size at which a width is taken


def lines(text: object) -> list[str]:
    """The lines of a text of Plotly: `<br>` parts them, `&lt;` is a sign."""
    return [unescape(line).strip() for line in str(text).split("<br>")]


def width(text: str, size: float) -> float:
    """How wide a line is, in the unit of `size`."""
    return _of_size(text) * size / _DRAWN


def widest(text: object, size: float) -> float:
    """How wide the widest line of a text is."""
    return max(width(line, size) for line in lines(text))


def placed(text: object, x: float, y: float, *, size: float, fill: str, anchor: str = "start") -> str:
    """The lines of a text, centred round the height `y`; `anchor` is start, middle or end."""
    every = lines(text)
    # From the middle of a line to its base it is about a third of the size.
    first = y - (len(every) - 1) * LINE * size / 2 + size * 0.34
    return "".join(
        f'<text x="{number(x)}" y="{number(first + at * LINE * size)}" font-size="{number(size)}" '
        f'fill="{fill}" text-anchor="{anchor}">{escape(line, quote=False)}</text>'
        for at, line in enumerate(every)
        if line
    )


def number(value: float) -> str:
    """A coordinate to a hundredth, with no zeros behind it."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shown(text: str) -> str:
    """The text with □ for each sign that the font does not have: with one of them a PDF can't be made.

    Signs that nobody sees, such as those that join words, are left out.
    """
    return "".join(map(_shown, text))


@lru_cache(maxsize=4096)
def _shown(sign: str) -> str:
    if sign in "\n\t ":
        return sign
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign != SOFT_HYPHEN:
        return ""
    return MISSING if bytes(_font().getmask(sign)) == bytes(_font().getmask(NO_SIGN)) else sign


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "SourceSans3-Regular.ttf", _DRAWN, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _of_size(text: str) -> float:
    return float(_font().getlength(text))
