"""How vast the sheets of an XLSX are, by the address of each filled cell, or by its place where it has none;
how much text their cells share; hidden rows; and cells that hold no value: errors, and formulas without one.

Members are searched as text, which is fast, and only where that can't tell a parser listens to their XML. The
workbook tells which member holds which sheet.
"""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree  # declared entities were refused before
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from data.deliveries.reading.workbooks import CellWithoutValue, Needs

CHUNK, OVERLAP = 2**18, 2**10  # larger ones leave the processor's cache; a cell with a formula is shorter
# As programs write a cell up to Z99999: the address first, and once. After any other writing, and that is a
# cell further off too, all places in the sheet are read by a parser. (An address counts more than its row.)
# A cell with an error (t="e") is odd too: the parser has to find it anyway.
ODD = re.compile(rb"""<c(?! r="[A-Z][0-9]{1,5}+"(?: s="[0-9]++")?(?: t="(?!e")[a-zA-Z]++")?/?>)[\s/>]""")
PREFIX, PREFIXED = b":c", re.compile(rb":c[\s/>]")
FORMULA = b"f>"  # </f>, and little else
CELLS, CELL = b"sheetData", b"<c "
HIDES = b' hidden="'
HIDDEN = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*[^/]>(?!</)""")  # with cells
SHARED = "sharedstrings.xml"
REGULAR_CELLS = 26 * 99_999  # as far as Z99999, behind which a sheet is odd
SHORTEST_CELL = 24  # bytes of one that shares its text: <c t="s"><v>0</v></c>
UNCOUNTED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?r=["'][A-Z]+\d+["'][^>]*><(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    rb"""\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)
RELATION = "/relationships}id"  # of the usual namespace, and of the one of "Strict Open XML"
ERROR, TEXT = "e", "str"  # a formula may well work out to an empty text
ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
HOLDS = ("v", "is", "f")
LIST_BYTES = 16 * 2**20  # of the workbook's own lists; a thousand sheets take a tenth of one
ITEM = re.compile(rb"<(?:\w{1,20}:)?si[\s>]")
SHARED_CELL = re.compile(rb"""\st\s*=\s*["']s["']""")
SHARES = re.compile(rb"""\st=["']s["'][^>]{0,200}>\s*<(?:\w{1,20}:)?v>(\d{1,9})<""")


def xlsx_area(
    archive: zipfile.ZipFile, most_mb: int
) -> tuple[Needs, dict[str, list[CellWithoutValue]], dict[str, int]]:
    """Cells of the rectangles from A1 to a filled cell and their text; cells without a value; hidden rows.

    Of members that aren't odd it is first said what they need at most; if that is too much, all are counted.
    """
    by_sheet: dict[str, list[CellWithoutValue]] = {}
    hidden_rows: dict[str, int] = {}
    named = _sheet_names(archive)
    names, times = dict(reversed(named)), Counter(member for member, _ in named)
    looked_at: list[_Looked] = []
    for member in archive.infolist():
        odd = formulas = False
        hidden = 0
        with archive.open(member) as xml:
            for part in _tags(xml):
                odd = odd or ODD.search(part) is not None
                # A single letter is looked for ten times as fast as two, and most parts have neither.
                odd = odd or (b":" in part and PREFIX in part and PREFIXED.search(part) is not None)
                formulas = formulas or (b"f" in part and FORMULA in part)
                hidden += len(HIDDEN.findall(part)) if HIDES in part else 0
        sheet = names.get(member.filename)
        if sheet is not None and hidden:
            hidden_rows[sheet] = hidden
        cells = None
        if odd or (sheet is not None and formulas and _uncounted(archive, member)):
            cells, without_value = _area(archive, member)
            if sheet is not None and without_value:
                by_sheet[sheet] = without_value
        if sheet is not None or cells:
            looked_at.append(_Looked(member, max(times[member.filename], 1), cells))
    needs = _at_most(archive, looked_at)
    return (needs if needs.mb <= most_mb else _counted(archive, looked_at)), by_sheet, hidden_rows


@dataclass(frozen=True)
class _Looked:
    """A member with a sheet, and how often the workbook has it; `cells` is None where nothing counted."""

    member: zipfile.ZipInfo
    times: int
    cells: int | None


def _at_most(archive: zipfile.ZipFile, looked_at: Sequence[_Looked]) -> Needs:
    """As if all of a member were text of its own, and each of its cells shared the longest one besides."""
    needs, lengths = Needs(), _lengths(archive)
    longest = max(lengths, default=0)
    for each in looked_at:
        if each.cells is None:
            needs.cells, needs.sheets = needs.cells + REGULAR_CELLS * each.times, needs.sheets + each.times
        else:
            needs.sheet(each.cells, each.times)
        size = each.member.file_size
        needs.text += (size + size // SHORTEST_CELL * longest) * each.times
    needs.text += sum(lengths)
    return needs


def _counted(archive: zipfile.ZipFile, looked_at: Sequence[_Looked]) -> Needs:
    needs, lengths = Needs(), _lengths(archive)
    for each in looked_at:
        needs.sheet(_area(archive, each.member)[0] if each.cells is None else each.cells, each.times)
        text = each.member.file_size
        with archive.open(each.member) as xml:
            for part in _tags(xml):
                text += _shared_text(part, lengths) - part.count(CELL) * SHORTEST_CELL
        needs.text += max(text, 0) * each.times
    needs.text += sum(lengths)
    return needs


def _lengths(archive: zipfile.ZipFile) -> list[int]:
    found: list[int] = []
    for member in archive.infolist():
        if member.filename.lower().endswith(SHARED):  # whatever the folder is called
            with archive.open(member) as xml:
                found += _shared_lengths(_tags(xml))
    return found


def _uncounted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as xml:
        return any(UNCOUNTED.search(part) for part in _parts(xml))


def _area(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, list[CellWithoutValue]]:
    """Raises ValueError for a sheet that is no XML; an image that only looks odd has no cells."""
    try:
        with archive.open(member) as xml:
            return _sheet_area(xml)
    except ValueError:
        with archive.open(member) as xml:
            if any(CELLS in part for part in _parts(xml)):
                raise
    return 0, []


def _tags(xml: IO[bytes]) -> Iterator[bytes]:
    """The text in parts that end with a tag's end, so that no tag is cut (or a chunk without one)."""
    before = b""
    while chunk := xml.read(CHUNK):
        part = before + chunk
        end = part.rfind(b">") + 1
        yield part[:end] if end else part
        before = part[end:] if end else part[-OVERLAP:]
    yield before


def _parts(xml: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while chunk := xml.read(CHUNK):
        yield before + chunk
        before = chunk[-OVERLAP:]


def _sheet_area(xml: IO[bytes]) -> tuple[int, list[CellWithoutValue]]:
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


def _sheet_names(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
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


def _shared_lengths(parts: Iterable[bytes]) -> list[int]:
    """About how many bytes each text is that cells share, by its number. No part ends within a tag."""
    lengths = [0]
    for part in parts:
        before, *others = ITEM.split(part)
        lengths[-1] += len(before)
        lengths += [len(each) for each in others]
    return lengths[1:]


def _shared_text(part: bytes, lengths: Sequence[int]) -> int:
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
