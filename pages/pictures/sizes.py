"""The forms of a picture: how wide and high, for a screen or for print."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """So many pixels, drawn on a sheet of so many units; a letter of the chart is 14 units high.

    `dpi` is what a program that prints reads of it.
    """

    width: int
    height: int
    units: int
    dpi: int = 96

    @property
    def high(self) -> float:
        """The height in units."""
        return self.units * self.height / self.width


# By the code in an address: for a page or a post, for a post as wide as high, for a column or a phone,
# A5 across at 300 dots an inch.
BY_CODE: Mapping[str, Form] = {
    "breit": Form(1200, 675, 800),
    "quadrat": Form(1080, 1080, 640),
    "schmal": Form(840, 1120, 420),
    "druck": Form(2480, 1748, 800, 300),
}
USUAL = "breit"
# The colours of a screen, or their greys for a newspaper that prints none.
TONES = ("farbe", "grau")
