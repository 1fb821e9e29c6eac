"""How vast a sheet of an XLSX is, by the address of each filled cell, or by its place where it has none; how
much text its cells share; and cells that hold no value: errors, and formulas without one.

The part of `scan` that listens to the XML of an XLSX. Its workbook tells which member holds which sheet.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO
from xml.etree import ElementTree  # declared entities were refused before
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from data.deliveries.reading.workbooks import CellWithoutValue

RELATION = "/relationships}id"  # of the usual namespace, and of the one of "Strict Open XML"
ERROR, TEXT = "e", "str"  # a formula may well work out to an empty text
ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
HOLDS = ("v", "is", "f")
LIST_BYTES = 16 * 2**20  # of the workbook's own lists; a thousand sheets take a tenth of one
ITEM = re.compile(rb"<(?:\w{1,20}:)?si[\s>]")
SHARED_CELL = re.compile(rb"""\st\s*=\s*["']s["']""")
SHARES = re.compile(rb"""\st=["']s["'][^>]{0,200}>\s*<(?:\w{1,20}:)?v>(\d{1,9})<""")


def xlsx_area(xml: IO[bytes]) -> tuple[int, list[CellWithoutValue]]:
    """Cells of the rectangle from A1 to the last filled cell; those without a value. Raises ValueError.

    Where an address contradicts the place (it is there twice, or goes back), the larger of both counts.
    """
    parser = expat.ParserCreate()
    area = _Area(_Values(parser))
    parser.StartElementHandler = area.start
    try:
        parser.ParseFile(xml)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    area.values.end(area.row, area.column)
    return area.width * area.height, area.values.without_value


def sheet_names(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(member, name) of each sheet, as far as the workbook's own lists tell; a member may be named often.

    Of several sheets of one name the library builds the first one each time.
    """
    try:
        relations = ElementTree.fromstring(_list(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314
        book = ElementTree.fromstring(_list(archive, "xl/workbook.xml"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return []
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    sheets = [
        (posixpath.normpath(posixpath.join("/xl", targets[relation]))[1:], each.get("name", ""))
        for each in book.iter()
        if each.tag.endswith("}sheet")
        for attribute, relation in each.attrib.items()
        if attribute.endswith(RELATION) and relation in targets
    ]
    first: dict[str, str] = {}
    for member, name in sheets:
        first.setdefault(name, member)
    there = set(archive.namelist())
    return [(first[name], name) for _, name in sheets if first[name] in there]


def shared_lengths(parts: Iterable[bytes]) -> list[int]:
    """About how many bytes each text is that cells share, by its number. No part ends within a tag."""
    lengths = [0]
    for part in parts:
        before, *others = ITEM.split(part)
        lengths[-1] += len(before)
        lengths += [len(each) for each in others]
    return lengths[1:]


def shared_text(part: bytes, lengths: Sequence[int]) -> int:
    """The bytes of text of cells that share theirs; one whose text can't be told counts as the longest."""
    told = [number for each in SHARES.findall(part) if (number := int(each)) < len(lengths)]
    untold = len(SHARED_CELL.findall(part)) - len(told)
    text = sum(lengths[number] for number in told)
    return text + untold * max(lengths, default=0) if untold > 0 else text


def _list(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LIST_BYTES:
        raise ValueError(name)
    return archive.read(name)


class _Values:
    """Listens to the values of errors and formulas alone. `without_value`: the cells that have none.

    A cell ends where the next one begins: a handler for ends would take half as long again.
    """

    def __init__(self, parser: XMLParserType) -> None:
        self.without_value: list[CellWithoutValue] = []
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
            self.without_value.append(CellWithoutValue(row, column, said))
        elif not said and self._type != TEXT:
            self.without_value.append(CellWithoutValue(row, column, None))
        self._said.clear()
        self._parser.CharacterDataHandler = None
        self.begin(None)


class _Area:
    def __init__(self, values: _Values) -> None:
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
