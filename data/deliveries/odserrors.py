"""Cells of an ODS that show an error: marked so, or a formula whose text is the name of one."""

from itertools import islice, product
from xml.parsers.expat import XMLParserType

from data.deliveries import errornames
from data.deliveries.findings import KEPT_PER_RULE
from data.deliveries.unread import Unread

CELLS = ("table:table-cell", "table:covered-table-cell")
MARK, FORMULA = "calcext:value-type", "table:formula"


class OdsErrors:
    """Listens to the text of the cells in question. `found`: by sheet; of a cell that is repeated the first
    thousand, so that a few bytes don't become millions.
    """

    def __init__(self, parser: XMLParserType) -> None:
        parser.buffer_text = True
        self.found: dict[str, list[Unread]] = {}
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
        if self._marked or errornames.english(said):
            places = islice(product(rows, columns), KEPT_PER_RULE)
            self.found.setdefault(sheet, []).extend(Unread(*place, said) for place in places)
        self._said = self._parser.CharacterDataHandler = None
