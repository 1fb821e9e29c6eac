"""How vast the sheets of an ODS are: a cell and a row there can say how often they are repeated."""

import zipfile
from xml.parsers import expat

from data.deliveries.odserrors import CELLS, OdsErrors
from data.deliveries.unread import Unread

COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"


def ods_area(archive: zipfile.ZipFile) -> tuple[int, dict[str, list[Unread]]]:
    """Cells of the largest rectangle from the first to a filled one; errors by sheet. Raises ValueError."""
    parser = expat.ParserCreate()
    area = _Area(OdsErrors(parser))
    parser.StartElementHandler, parser.EndElementHandler = area.start, area.end
    try:
        with archive.open("content.xml") as xml:
            parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return area.most, area.errors.found


class _Area:
    def __init__(self, errors: OdsErrors) -> None:
        self.most = self.rows = self.width = self.column = self.filled = self.row = self.at = 0
        self.sheet, self.errors = "", errors

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "table:table":
            self.rows, self.width, self.sheet = 0, 0, attributes.get("table:name", "")
        elif element == "table:table-row":
            self.row, self.rows = self.rows + 1, self.rows + int(attributes.get(ROWS, "1"))
            self.column = self.filled = 0
        elif element in CELLS:
            self.at, self.column = self.column + 1, self.column + int(attributes.get(COLUMNS, "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.filled = self.column
            self.errors.begin(attributes)
        elif element == "text:p":
            self.filled = self.column
            self.errors.text()

    def end(self, element: str) -> None:
        if element in CELLS:
            self.errors.end(self.sheet, range(self.row, self.rows + 1), range(self.at, self.column + 1))
        elif element == "table:table-row" and self.filled:
            self.width = max(self.width, self.filled)
            self.most = max(self.most, self.width * self.rows)
