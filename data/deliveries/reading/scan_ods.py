"""How vast the sheets of an ODS are, where cells and rows say how often they are repeated, and how much text
that repeats; and its cells that show an error: marked so, or a formula whose text is the name of one.
"""

import zipfile
from collections import Counter
from itertools import islice
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from data.deliveries.format.findings import LISTED_PER_RULE
from data.deliveries.reading.workbooks import CellWithoutValue, Needs, english_error

CONTENT = "content.xml"
SHORTEST_CELL = (
    60  # bytes of one with a value: <table:table-cell office:value-type="float" office:value="1"/>
)
CELLS = ("table:table-cell", "table:covered-table-cell")
MARK, FORMULA = "calcext:value-type", "table:formula"
VISIBILITY = "table:visibility"
COLUMNS, ROWS, BLANKS = "table:number-columns-repeated", "table:number-rows-repeated", "text:c"


def ods_area(
    archive: zipfile.ZipFile,
) -> tuple[Needs, dict[str, list[CellWithoutValue]], dict[str, int]]:
    """The rectangles from the first to a filled cell with their text; by sheet errors and how many rows are
    hidden. Raises ValueError.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    area = _Area(parser)
    parser.StartElementHandler, parser.EndElementHandler = area.start, area.end
    try:
        with archive.open(CONTENT) as xml:
            parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    area.sheet_ends()
    # What is not repeated is no longer than the XML that says it.
    area.needs.text += max(archive.getinfo(CONTENT).file_size - area.present * SHORTEST_CELL, 0)
    return area.needs, area.errors.found, dict(area.hidden)


class _Errors:
    """Listens to the text of the cells in question. `found`: by sheet; of a cell that is repeated the first
    thousand, so that a few bytes don't become millions.
    """

    def __init__(self) -> None:
        self.found: dict[str, list[CellWithoutValue]] = {}
        self._marked = False
        self.said: list[str] | None = None

    def begin(self, attributes: dict[str, str]) -> None:
        """A cell begins."""
        self._marked = attributes.get(MARK) == "error"
        self.said = [] if self._marked or FORMULA in attributes else None

    def text(self) -> None:
        """A paragraph in it begins; what stands in a note comes before the cell's own text."""
        if self.said is not None:
            self.said.clear()

    def end(self, sheet: str, rows: range, columns: range) -> None:
        """The cell ends."""
        if self.said is None:
            return
        said = "".join(self.said)
        if self._marked or english_error(said):
            places = islice(((row, column) for row in rows for column in columns), LISTED_PER_RULE)
            self.found.setdefault(sheet, []).extend(CellWithoutValue(*place, said) for place in places)
        self.said = None


class _Area:
    """`times` is how often the cell that is being read is repeated, `length` how many characters say what it
    is. It only listens to the text of those that are repeated, or may be errors.
    """

    def __init__(self, parser: XMLParserType) -> None:
        self.needs = Needs()
        self.most = self.rows = self.width = self.column = self.filled = self.row = self.at = 0
        self.times = self.length = self.present = 0
        self.sheet, self.errors = "", _Errors()
        self.hidden: Counter[str] = Counter()
        self._is_hidden = False
        self._parser, self._listens = parser, False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "table:table":
            self.sheet_ends()
            self.rows, self.width, self.sheet = 0, 0, attributes.get("table:name", "")
        elif element == "table:table-row":
            self.row, self.rows = self.rows + 1, self.rows + int(attributes.get(ROWS, "1"))
            self.column = self.filled = 0
            self._is_hidden = attributes.get(VISIBILITY) in ("collapse", "filter")
        elif element in CELLS:
            self.at, self.column = self.column + 1, self.column + int(attributes.get(COLUMNS, "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.filled = self.column
            self.present += 1
            self.times = (self.rows + 1 - self.row) * (self.column + 1 - self.at)
            self.errors.begin(attributes)
            if self.times > 1:
                self.length = sum(map(len, attributes.values()))
            self._listen(self.times > 1 or self.errors.said is not None)
        elif element == "text:p":
            self.filled = self.column
            self.errors.text()
        elif element == "text:s" and BLANKS in attributes:
            self.needs.text += int(attributes[BLANKS]) * self.times

    def says(self, text: str) -> None:
        """A piece of text."""
        self.length += len(text)
        if self.errors.said is not None:
            self.errors.said.append(text)

    def end(self, element: str) -> None:
        if element in CELLS:
            self.errors.end(self.sheet, range(self.row, self.rows + 1), range(self.at, self.column + 1))
            if self.times > 1 and self.filled == self.column:
                self.needs.text += self.length * self.times
        elif element == "table:table-row" and self.filled:
            self.width = max(self.width, self.filled)
            self.most = max(self.most, self.width * self.rows)
            if self._is_hidden:
                self.hidden[self.sheet] += self.rows + 1 - self.row

    def sheet_ends(self) -> None:
        """Before the next one begins, and at the end."""
        self.needs.sheet(self.most)
        self.most = 0

    def _listen(self, listens: bool) -> None:
        if listens != self._listens:
            self._listens = listens
            self._parser.CharacterDataHandler = self.says if listens else None
