"""How vast a sheet of an XLSX is: by the address of each filled cell, or by its place where it has none."""

import re
from typing import IO
from xml.parsers import expat

from data.deliveries.sheetvalues import SheetValues
from data.deliveries.unread import Unread

ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
HOLDS = ("v", "is", "f")


def xlsx_area(xml: IO[bytes]) -> tuple[int, list[Unread]]:
    """Cells of the rectangle from A1 to the last filled cell; those without a value. Raises ValueError.

    Where an address contradicts the place (it is there twice, or goes back), the larger of both counts.
    """
    parser = expat.ParserCreate()
    area = _Area(SheetValues(parser))
    parser.StartElementHandler = area.start
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    area.values.end(area.row, area.column)
    return area.width * area.height, area.values.unread


class _Area:
    def __init__(self, values: SheetValues) -> None:
        self.width = self.height = self.row = self.column = 0
        self.values = values

    def start(self, element: str, attributes: dict[str, str]) -> None:
        element = element.rpartition(":")[2]
        if element in HOLDS:
            self.width, self.height = max(self.width, self.column), max(self.height, self.row)
            self.values.holds(element)
        elif element in ("c", "row"):
            self.values.end(self.row, self.column)
            self._moves(element, attributes)

    def _moves(self, element: str, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        if element == "row":
            self.row, self.column = max(self.row + 1, int(said) if said.isdecimal() else 0), 0
            return
        found = ADDRESS.fullmatch(said)
        self.column = max(self.column + 1, _number(found[1]) if found else 0)
        self.row = max(self.row, int(found[2]) if found else 0)
        self.values.begin(attributes.get("t"))


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
