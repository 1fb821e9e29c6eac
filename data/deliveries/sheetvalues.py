"""The cells of a sheet of an XLSX that hold no value: errors, and formulas without one."""

from xml.parsers.expat import XMLParserType

from data.deliveries.unread import Unread

ERROR, TEXT = "e", "str"  # a formula may well work out to an empty text


class SheetValues:
    """Listens to the values of errors and formulas, and to no others. `unread`: those without a value.

    A cell ends where the next one begins: a handler for ends would take half as long again.
    """

    def __init__(self, parser: XMLParserType) -> None:
        self.unread: list[Unread] = []
        self._parser = parser
        self._type: str | None = None
        self._formula = False
        self._said: list[str] = []

    def begin(self, kind: str | None) -> None:
        """A cell of this type begins."""
        self._type, self._formula = kind, False

    def holds(self, element: str) -> None:
        """The cell has a formula, or its value begins."""
        self._formula = self._formula or element == "f"
        if element == "v" and (self._formula or self._type == ERROR):
            self._parser.CharacterDataHandler = self._said.append

    def end(self, row: int, column: int) -> None:
        """The cell at this place ends, if there was one."""
        if not self._formula and self._type != ERROR:
            return
        said = "".join(self._said).strip()
        if self._type == ERROR:
            self.unread.append(Unread(row, column, said))
        elif not said and self._type != TEXT:
            self.unread.append(Unread(row, column, None))
        self._said.clear()
        self._parser.CharacterDataHandler = None
        self.begin(None)
