"""How vast the sheets of an ODS are, where cells and rows say how often they are repeated; and its cells that
show an error: marked so, or a formula whose text is the name of one.

The part of `scan` that listens to the XML of an ODS.
"""

import zipfile
from itertools import islice, product
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from data.deliveries.format.findings import LISTED_PER_RULE
from data.deliveries.reading import unread
from data.deliveries.reading.unread import CellWithoutValue

CELLS = ("table:table-cell", "table:covered-table-cell")
MARK, FORMULA = "calcext:value-type", "table:formula"
COLUMNS, ROWS = "table:number-columns-repeated", "table:number-rows-repeated"


def ods_area(archive: zipfile.ZipFile) -> tuple[int, dict[str, list[CellWithoutValue]]]:
    """Cells of the largest rectangle from the first to a filled one; errors by sheet. Raises ValueError."""
    parser = expat.ParserCreate()
    area = _Area(_Errors(parser))
    parser.StartElementHandler, parser.EndElementHandler = area.start, area.end
    try:
        with archive.open("content.xml") as xml:
            parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return area.most, area.errors.found


class _Errors:
    """Listens to the text of the cells in question. `found`: by sheet; of a cell that is repeated the first
    thousand, so that a few bytes don't become millions.
    """

    def __init__(self, parser: XMLParserType) -> None:
        parser.buffer_text = True
        self.found: dict[str, list[CellWithoutValue]] = {}
        self._parser, self._marked = parser, False
        self._said: list[str] | None = None

    def begin(self, attributes: dict[str, str]) -> None:
        """A cell begins."""
        self._marked = attributes.get(MARK) == "error"
        self._said = [] if self._marked or FORMULA in attributes else None

    def text(self) -> None:
        """A paragraph in it begins; what stands in a note comes before the cell's own text."""
        if self._said is not None:
            self._said.clear()
            self._parser.CharacterDataHandler = self._said.append

    def end(self, sheet: str, rows: range, columns: range) -> None:
        """The cell ends."""
        if self._said is None:
            return
        said = "".join(self._said)
        if self._marked or unread.english_error(said):
            places = islice(product(rows, columns), LISTED_PER_RULE)
            self.found.setdefault(sheet, []).extend(CellWithoutValue(*place, said) for place in places)
        self._said = self._parser.CharacterDataHandler = None


class _Area:
    def __init__(self, errors: _Errors) -> None:
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
