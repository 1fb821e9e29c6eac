"""Rows round a table that are none of its own: titles above the header, a second header directly below it;
totals, notes and signatures at the end.

They are left out and said, never shown: anything may stand in them, which the guard looks at before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.names import heading_key
from data.deliveries.format.schema import MISSING, Field, tables

Row = tuple[int, tuple[str, ...]]  # its line, and its cells
MOST = 50  # rows below a table
MOST_HEADERS = 3  # rows of a header below that of the column names
ABOVE, HEADER, BELOW = "lines-above", "header-goes-on", "lines-below"
# What rows below a table begin with.
WORDS = frozenset(
    {
        "abgestimmt", "anmerkung", "anmerkungen", "anzahl", "as", "auswertung", "bearbeiter",
        "bearbeiterin", "bemerkung", "count", "datenquelle", "datenstand", "datum", "druckdatum",
        "end", "ende", "erlaeuterung", "erstellt", "export", "exportiert", "fussnote", "gesamt",
        "gesamtergebnis", "gesamtsumme", "gez", "gezeichnet", "hinweis", "hinweise", "insgesamt",
        "legende", "note", "notes", "ort", "page", "printed", "quelle", "sachbearbeiter", "seite",
        "signed", "source", "stand", "sum", "summe", "summen", "total", "unterschrift", "zeilen",
        "zusammen", "zwischensumme",
    }
)  # fmt: skip
# What a total between the rows of a table begins with, in SQL.
TOTAL = (
    r"(?is)\W*(zwischen|gesamt|teil|sub)?(summen?|ergebnis|sum|total|insgesamt|gesamt|zusammen)"
    r"([\s:;.,*()=].*)?"
)
WORD = re.compile(r"\W*([^\W\d_]+)([\s:;.,*()=].*)?", re.DOTALL)
WORDED = re.compile(r"[^\W\d_]{2}")
NUMBERED = re.compile(r"[0-9]{2}")  # no heading: a date, an amount, a key
DIGIT = re.compile(r"[0-9]")
# How a number is written, with its thousands and its decimals: 1.234,5 or 1,234.5. One file has one way.
WRITINGS = (
    (re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"), str.maketrans({".": "", ",": "."})),
    (re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?"), str.maketrans({",": ""})),
)
BESIDE_NUMBERS = re.compile(r"\s|€|\bEUR\b", re.IGNORECASE)
NOTHING = Decimal("0.000001")  # by which a sum may differ: spreadsheets add up in binary
NO_ID = re.compile(r"[\s:;,*()=]")  # in a text that is no key


def below(table: str, columns: Sequence[str], upward: Iterable[Row]) -> list[Row]:
    """The rows below a table, the last one first, but no blank ones. `upward`: all, from the last one on."""
    if table not in tables() or tables()[table].rules.get("x-one-row"):
        return []
    required = [field.name for field in tables()[table].fields if field.required]
    places = [columns.index(name) for name in required if name in columns]
    key = next((columns.index(name) for name in tables()[table].unique if name in columns), 0)
    found: list[Row] = []
    rows = iter(upward)
    for line, cells in rows:
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if not filled:
            continue
        if len(found) == MOST:
            break
        if _is_below(cells, filled, places, key):
            found.append((line, tuple(cells)))
            continue
        total = {at: cells[at] for at in filled}
        if all(_may_be_sum(table, columns[at]) for at in filled if at < len(columns)) and are_sums(
            total, (above for _, above in rows)
        ):
            found.append((line, tuple(cells)))
        break
    return found


def are_sums(cells: Mapping[int, str], above: Iterable[Sequence[str]]) -> bool:
    """Whether each of these cells (by position) is the sum of what stands above it: a total without a word.

    Where something above it is no number, or nothing stands there, it is none.
    """
    ways = [_Sums(writing, cells) for writing in range(len(WRITINGS))]
    for row in above:
        ways = [way for way in ways if way.adds(row)]
        if not ways:
            return False
    return bool(cells) and any(way.are_reached() for way in ways)


def header_goes_on(table: str, columns: Sequence[str], downward: Iterable[Row]) -> list[Row]:
    """The rows directly below the column names that explain them (JJJJ-MM-TT, mandatory, in euros) or name
    them once more in other words. `downward`: the rows of the table from the first one on.
    """
    if table not in tables() or tables()[table].rules.get("x-one-row"):
        return []
    fields = [tables()[table].by_name().get(column) for column in columns]
    key = next((columns.index(name) for name in tables()[table].unique if name in columns), None)
    found: list[Row] = []
    for line, cells in downward:
        if len(found) == MOST_HEADERS or not _goes_on(cells, fields, key):
            break
        found.append((line, tuple(cells)))
    return found


def said(place: Place, above: Sequence[Row], below: Sequence[Row], header: Sequence[Row] = ()) -> list[Group]:
    """A notice for the rows above, for those of the header and for those below, with the first line and how
    many they are.
    """
    rows = {
        ABOVE: [row for row in above if any(cell.strip() for cell in row[1])],
        HEADER: header,
        BELOW: below,
    }
    return [
        group(rule, place, line=min(line for line, _ in of), wording={"other": len(of)})
        for rule, of in rows.items()
        if of
    ]


class _Sums:
    """What stands above some cells, added up in one way of writing numbers."""

    def __init__(self, writing: int, cells: Mapping[int, str]) -> None:
        self.form, self.signs = WRITINGS[writing]
        self.totals = {at: self._number(cell) for at, cell in cells.items()}
        self.sums: dict[int, Decimal] = {}

    def adds(self, row: Sequence[str]) -> bool:
        """Add one row; False where that can't be, or the totals themselves are none."""
        for at, total in self.totals.items():
            if total is None:
                return False
            if at < len(row) and row[at].strip():
                number = self._number(row[at])
                if number is None:
                    return False
                self.sums[at] = self.sums.get(at, Decimal(0)) + number
        return True

    def are_reached(self) -> bool:
        """Whether each total is the sum above it."""
        return self.sums.keys() == self.totals.keys() and all(
            total is not None and abs(self.sums[at] - total) <= NOTHING for at, total in self.totals.items()
        )

    def _number(self, cell: str) -> Decimal | None:
        text = BESIDE_NUMBERS.sub("", cell).replace("\N{MINUS SIGN}", "-")
        return Decimal(text.translate(self.signs)) if self.form.fullmatch(text) else None


def _may_be_sum(table: str, column: str) -> bool:
    """Whether numbers stand in a column that can be added up; in an unknown one they may."""
    return column.startswith("#") or tables()[table].field(column).type in ("number", "integer")


def _is_below(cells: Sequence[str], filled: Sequence[int], required: Sequence[int], key: int) -> bool:
    """Whether a row can't be one of the table: it lacks what every row has, and looks like no row either."""
    there = [at for at in required if at in filled]
    word = WORD.fullmatch(cells[filled[0]].strip())
    if word and heading_key(word[1]) in WORDS and len(there) < len(required):
        return True
    no_key = key not in filled or NO_ID.search(cells[key].strip()) is not None
    return no_key and not [at for at in there if at != key]


def _goes_on(cells: Sequence[str], fields: Sequence[Field | None], key: int | None) -> bool:
    """Whether a row is one of headings: where a date, a number or a key of an area belongs stand words, and
    nowhere a value that the table could have.
    """
    if key is not None and key < len(cells) and DIGIT.search(cells[key]) and not NO_ID.search(cells[key]):
        return False
    worded = 0
    for cell, field in zip((each.strip() for each in cells), fields, strict=False):
        if not cell or field is None:
            continue
        listed = {*field.rules.get("enum", ()), *field.rules.get("trueValues", ())}
        if cell in listed or cell in field.rules.get("falseValues", ()):
            return False
        if field.type in ("date", "number", "integer") or "x-leading-zero" in field.rules:
            if NUMBERED.search(cell) or not WORDED.search(cell) or cell in MISSING:
                return False
            worded += 1
    return worded >= 2
