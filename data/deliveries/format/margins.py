"""Rows round a table that are none of its own: titles above the header, a second header directly below it;
totals, notes and signatures at the end.

They are left out and said, never shown: anything may stand in them, which the guard looks at before.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.names import heading_key
from data.deliveries.format.schema import MISSING, Field, Table, tables

Row = tuple[int, tuple[str, ...]]  # its line, and its cells
MOST = 50  # rows below a table
MOST_HEADERS = 3  # rows of a header below that of the column names
ABOVE, HEADER, BELOW = "lines-above", "header-goes-on", "lines-below"
# What rows below a table begin with.
WORDS = frozenset(
    {
        "abgestimmt", "anmerkung", "anmerkungen", "anzahl", "as", "auswertung", "average", "bearbeiter",
        "bearbeiterin", "bemerkung", "count", "datenquelle", "datenstand", "datum", "druckdatum",
        "durchschnitt", "end", "ende", "erlaeuterung", "erstellt", "export", "exportiert", "fallzahl",
        "fussnote", "ges", "gesamt", "gesamtergebnis", "gesamtsumme", "gesamtzahl", "gez", "gezeichnet",
        "hinweis", "hinweise", "insg", "insgesamt", "legende", "mittelwert", "note", "notes", "ort", "page",
        "printed", "quelle", "sachbearbeiter", "seite", "signed", "source", "stand", "sum", "summe",
        "summen", "total", "unterschrift", "zeilen", "zusammen", "zwischensumme",
    }
)  # fmt: skip
# What a total between the rows of a table begins with, in SQL.
TOTAL = (
    r"(?is)\W*(zwischen|gesamt|teil|sub)?(summen?|ergebnis|sum|total|insgesamt|gesamt|zusammen)"
    r"([\s:;.,*()=].*)?"
)
WORD = re.compile(r"\W*([^\W\d_]+)([\s:;.,*()=].*)?", re.DOTALL)
SIGN = re.compile(r"([ΣØ∑⌀])([\s:;.,*()=].*)?", re.DOTALL)  # of a sum, of an average
SPACED = re.compile(r"((?:[^\W\d_] )+[^\W\d_])\W*")  # S u m m e
WORDED = re.compile(r"[^\W\d_]{2}")
NUMBERED = re.compile(r"[0-9]{2}")  # no heading: a date, an amount, a key
DIGIT = re.compile(r"[0-9]")
NUMBER = re.compile(r"\s*\d+[.)]?\s*")  # of a row: 1, 2, 3
COLUMN_NUMBER = re.compile(r"\s*\(?([0-9]{1,3})[.)]?\s*")
# How a number is written, with its thousands and its decimals: 1.234,5 or 1,234.5. One file has one way.
WRITINGS = (
    (re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"), str.maketrans({".": "", ",": "."})),
    (re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?"), str.maketrans({",": ""})),
)
BESIDE_NUMBERS = re.compile(r"\s|€|\bEUR\b", re.IGNORECASE)
NOTHING = Decimal("0.000001")  # by which a sum may differ: spreadsheets add up in binary
INITIALS = re.compile("[A-Za-z]{2,3}")  # of staff, AS, by which offices call a post or a case
NO_ID = re.compile(r"[\s:;,*()=]")  # in a text that is no key


def below(table: str, columns: Sequence[str], upward: Iterable[Row]) -> list[Row]:
    """The rows below a table, the last one first, but no blank ones. `upward`: all, from the last one on."""
    if table not in tables() or tables()[table].rules.get("x-one-row"):
        return []
    shape = _Shape(tables()[table], columns)
    found: list[Row] = []
    numbered = 0  # of a form whose rows are numbered in advance
    rows = iter(upward)
    for line, cells in rows:
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if not filled:
            continue
        numbered += shape.is_number_alone(cells, filled)
        if len(found) - numbered >= MOST:
            break
        if shape.is_below(cells, filled):
            found.append((line, tuple(cells)))
            continue
        if shape.may_be_total(cells, filled) and are_sums(
            {at: cells[at] for at in filled if at < len(columns) and not shape.is_worded(cells[at])},
            (above for _, above in rows),
            shape.no_numbers,
            shape.unknown,
        ):
            found.append((line, tuple(cells)))
        break
    return found


def word_below(text: str) -> str:
    """The word or sign of totals, notes and signatures that a cell begins with, as it stands there: `Summe`,
    `S u m m e`, `Ø`; empty where it begins with none.
    """
    text = text.strip()
    if sign := SIGN.fullmatch(text):
        return sign[1]
    spaced = SPACED.fullmatch(text)
    word = WORD.fullmatch(text.replace(" ", "") if spaced else text)
    if not word or heading_key(word[1]) not in WORDS:
        return ""
    return spaced[1] if spaced else word[1]


def are_sums(
    cells: Mapping[int, str],
    above: Iterable[Sequence[str]],
    counted: Collection[int] = (),
    running: Collection[int] = (),
) -> bool:
    """Whether each of these cells (by position) is the sum of what stands above it: a total without a word.

    Where something above it is no number, or nothing stands there, it is none. One of the columns `counted`
    is not added up, but may have the number of its filled cells; a `running` one has that, its sum, or the
    number of the next row. One sum has to be there, or two of these numbers.
    """
    ways = [_Sums(writing, cells, counted, running) for writing in range(len(WRITINGS))]
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

    def __init__(
        self, writing: int, cells: Mapping[int, str], counted: Collection[int], running: Collection[int]
    ) -> None:
        self.form, self.signs = WRITINGS[writing]
        self.totals = {at: self._number(cell) for at, cell in cells.items()}
        self.counted, self.running = counted, running
        self.rows = 0
        self.filled = dict.fromkeys(cells, 0)
        self.sums: dict[int, Decimal] = {}

    def adds(self, row: Sequence[str]) -> bool:
        """Add one row; False where that can't be, or the totals themselves are none."""
        self.rows += any(cell.strip() for cell in row)
        for at, total in self.totals.items():
            if total is None:
                return False
            if at < len(row) and row[at].strip():
                self.filled[at] += 1
                number = None if at in self.counted else self._number(row[at])
                if number is not None:
                    self.sums[at] = self.sums.get(at, Decimal(0)) + number
                elif at not in self.counted and at not in self.running:
                    return False
        return True

    def are_reached(self) -> bool:
        """Whether each total is the sum above it, or how many they are."""
        sums = {at for at, sum_ in self.sums.items() if abs(sum_ - (self.totals[at] or 0)) <= NOTHING}
        counts = {
            at
            for at, total in self.totals.items()
            if at in self.counted or at in self.running
            if total == self.filled[at] or (at in self.running and total == self.rows + 1)
        }
        return sums | counts == self.totals.keys() and (bool(sums) or len(counts) > 1)

    def _number(self, cell: str) -> Decimal | None:
        text = BESIDE_NUMBERS.sub("", cell).replace("\N{MINUS SIGN}", "-")
        return Decimal(text.translate(self.signs)) if self.form.fullmatch(text) else None


class _Shape:
    """What every row of a table has, by position: by that a row is told which is none of it."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        fields = table.by_name()
        self._fields = [fields.get(column) for column in columns]
        self._required = [at for at, field in enumerate(self._fields) if field and field.required]
        self._one_of = [
            at for at, column in enumerate(columns) if column in table.rules.get("x-exactly-one-of", ())
        ]
        self._key = next((columns.index(name) for name in table.unique if name in columns), 0)
        key = self._fields[self._key] if self._fields else None
        self._key_form = re.compile(key.rules.get("pattern", "[^ ]+") if key else "[^ ]+")
        self.unknown = frozenset(at for at, field in enumerate(self._fields) if field is None)
        self.no_numbers = frozenset(
            at for at, field in enumerate(self._fields) if field and field.type not in ("number", "integer")
        )

    def is_worded(self, cell: str) -> bool:
        """Whether it begins with a word of totals or notes that can be no id."""
        return bool(word_below(cell)) and NO_ID.search(cell.strip()) is not None

    def is_below(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether a row can't be one of the table: it lacks what every row has, and looks like no row either.

        The number that an unknown column gives each row says nothing.
        """
        there = [at for at in self._required if at in filled]
        lacks = len(there) < len(self._required) or bool(self._one_of and not {*self._one_of} & {*filled})
        if self._begins_below(cells, filled) and lacks and not self._is_known(cells, filled):
            return True
        no_key = self._key not in filled or NO_ID.search(cells[self._key].strip()) is not None
        return no_key and not [at for at in there if at != self._key] and not self._is_listed(cells)

    def is_number_alone(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether nothing stands in a row but the number that an unknown column gives it."""
        return len(filled) == 1 and filled[0] in self.unknown and bool(NUMBER.fullmatch(cells[filled[0]]))

    def may_be_total(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether nothing but numbers stands in a row, or a word of totals before them: not where each column
        has what it needs.
        """
        rest = [at for at in filled if not self.is_worded(cells[at])]
        return bool(rest) and all(DIGIT.search(cells[at]) for at in rest)

    def _begins_below(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        first = next((at for at in filled if at not in self.unknown or not NUMBER.fullmatch(cells[at])), None)
        return first is not None and bool(word_below(cells[first]))

    def _is_known(self, cells: Sequence[str], filled: Sequence[int]) -> bool:
        """Whether a row has a key as its table has them, and all that is required besides; or a key that may
        be initials, and a day, a place or a word besides.
        """
        key = cells[self._key].strip() if self._key in filled else ""
        if not self._key_form.fullmatch(key):
            return False
        rest = {*filled} & self.no_numbers - {self._key}
        return {*self._required} <= {*filled} or (bool(INITIALS.fullmatch(key)) and bool(rest))

    def _is_listed(self, cells: Sequence[str]) -> bool:
        """Whether a value of a list stands in its column."""
        pairs = zip(cells, self._fields, strict=False)
        return any(field and cell.strip() in field.rules.get("enum", ()) for cell, field in pairs)


def _column_number(cell: str) -> int:
    """The number of a column, as `3`, `3.` or `(3)`; 0 for anything else."""
    found = COLUMN_NUMBER.fullmatch(cell)
    return int(found[1]) if found else 0


def _has_no_number(field: Field | None) -> bool:
    """Whether no value of this column is a small number."""
    return field is not None and (
        field.type == "date" or "enum" in field.rules or "x-leading-zero" in field.rules
    )


def _goes_on(cells: Sequence[str], fields: Sequence[Field | None], key: int | None) -> bool:
    """Whether a row is one of headings: where a date, a number or a key of an area belongs stand words, and
    nowhere a value that the table could have. Or it numbers the columns, 1, 2, 3.
    """
    numbers = [_column_number(cell) for cell in cells]
    if numbers == list(range(1, len(fields) + 1)) and any(map(_has_no_number, fields)):
        return True
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
