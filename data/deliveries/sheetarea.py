"""How vast a sheet of an XLSX is: by the address of each filled cell, or by its place where it has none."""

import re
from typing import IO
from xml.parsers import expat

ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
HOLDS = ("v", "is", "f")


def xlsx_area(xml: IO[bytes]) -> int:
    """Cells of the rectangle from A1 to the last filled cell. Raises ValueError.

    Where an address contradicts the place (it is there twice, or goes back), the larger of both counts.
    """
    area = _Area()
    parser = expat.ParserCreate()
    parser.StartElementHandler = area.start
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return area.width * area.height


class _Area:
    def __init__(self) -> None:
        self.width = self.height = self.row = self.column = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        element = element.rpartition(":")[2]
        if element in HOLDS:
            self.width, self.height = max(self.width, self.column), max(self.height, self.row)
        elif element == "c":
            found = ADDRESS.fullmatch(attributes.get("r", ""))
            self.column = max(self.column + 1, _number(found[1]) if found else 0)
            self.row = max(self.row, int(found[2]) if found else 0)
        elif element == "row":
            said = attributes.get("r", "")
            self.row, self.column = max(self.row + 1, int(said) if said.isdecimal() else 0), 0


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
