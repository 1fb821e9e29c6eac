"""How vast the sheets of an ODS are: a cell and a row there can say how often they are repeated."""

import zipfile
from xml.parsers import expat

COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"


def ods_area(archive: zipfile.ZipFile) -> int:
    """Cells of the largest rectangle from the first cell to a filled one. Raises ValueError."""
    area = _Area()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = area.start
    parser.EndElementHandler = area.end
    try:
        with archive.open("content.xml") as xml:
            parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return area.most


class _Area:
    def __init__(self) -> None:
        self.most = self.rows = self.width = self.column = self.filled = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "table:table":
            self.rows = self.width = 0
        elif element == "table:table-row":
            self.rows += int(attributes.get(ROWS, "1"))
            self.column = self.filled = 0
        elif element in ("table:table-cell", "table:covered-table-cell"):
            self.column += int(attributes.get(COLUMNS, "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.filled = self.column
        elif element == "text:p":
            self.filled = self.column

    def end(self, element: str) -> None:
        if element == "table:table-row" and self.filled:
            self.width = max(self.width, self.filled)
            self.most = max(self.most, self.width * self.rows)
