"""A part of a delivery: the rows of one table, as text, ready to be asked by SQL.

Beside the rows it says how their file is written, which is reported back to the sender, and where each column
stands in it: findings name the sender's own column and value.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from data.deliveries.format.findings import Group, Place, group
from data.foundation import storedjson
from data.foundation.languages import Wording
from data.foundation.limits import Limits
from data.foundation.sql import identifier

# Rules of the format that a value breaks which a profile should have mapped.
OF_A_VALUE = frozenset(
    {"value-list", "value-of", "country", "list", "boolean", "area-digits", "area-unknown", "pattern"}
)
UNKNOWN_VALUE = "profile-value"  # the rule that is broken in their place
SEPARATORS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "Senkrechter Strich"}
RAW = "raw"  # the table of a part that a profile has yet to map
LineNumbers = Callable[[Sequence[int]], list[int]]


@dataclass(frozen=True)
class Origin:
    """`heading` in the sender's file and `value`, SQL over a part's text for what is written there.

    `number`: SQL for what `{n}` in the heading is, where columns repeat. `known`: the values that a profile
    maps in this column; any other that the format doesn't accept is one that the profile doesn't know.
    """

    heading: str
    value: str
    number: str = "null"
    known: str = ""

    def named(self, number: int | None) -> str:
        """The heading, with its number."""
        return self.heading if number is None else self.heading.replace("{n}", str(number))

    def rule(self, rule: str) -> str:
        """The rule that a value of this column breaks, as its sender should be told it."""
        return UNKNOWN_VALUE if self.known and rule in OF_A_VALUE else rule


def wording(
    origins: dict[str, Origin], origin: Origin, rule: str, words: Wording, number: int | None
) -> Wording:
    """What the sentences of `rule` are filled with, other columns by the names that the sender knows."""

    def named(said: str) -> str:
        return " ".join(origins[word].named(number) if word in origins else word for word in said.split(" "))

    other = words.get("other", "")
    if isinstance(other, Mapping):
        other = {language: named(said) for language, said in other.items()}
    elif isinstance(other, str):
        other = named(other)
    limit = {"limit": origin.known} if rule == UNKNOWN_VALUE else {}
    return {**words, "other": other, **limit}


@dataclass(frozen=True)
class Recognised:
    """The way of writing of one file or sheet. None: the file doesn't show it (no such values in it).

    `absent`: columns of the format that it lacks and need not have; what is counted by them is unknown.
    """

    table: str
    file: str
    sheet: str | None
    kind: str
    encoding: str | None = None
    separator: str | None = None
    decimals: str | None = None
    dates: str | None = None
    rows: int = 0
    profile: str | None = None
    absent: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """`ziele.csv`, or `book.xlsx#ziele` for a sheet; `export.csv → ziele` as made by a profile."""
        made = f" → {self.table}" if self.profile else ""
        return (f"{self.file}#{self.sheet}" if self.sheet else self.file) + made

    @property
    def text(self) -> str:
        """For example "Windows-1252, Semikolon, Dezimalkomma, TT.MM.JJJJ"."""
        separator = SEPARATORS.get(self.separator or "")
        kind = None if self.kind == "CSV" else self.kind
        profile = f"Profil {self.profile}" if self.profile else None
        said = (kind, self.encoding, separator, self.decimals, self.dates, profile)
        return ", ".join(part for part in said if part)

    def as_json(self) -> dict[str, object]:
        """The fields of its way of writing and the text, ready for JSON."""
        written = {name: value for name, value in storedjson.plain(self).items() if name != "absent"}
        return {**written, "text": self.text}


@dataclass(frozen=True)
class Part:
    """The rows of one table in one file or sheet.

    `relation` is SQL that yields all columns as text, the known ones under their official names. `lines`
    turns positions of rows (0, 1, … without wholly empty rows, ascending) into the line numbers of the file.
    `trimmed` says that no value has blanks around it. `record_by_record` reads what DuckDB refused: the
    sound rows, and what is wrong with the others. `headings` are the header's cells as written, by position.
    `origins`: where a profile took a column from. `real_dates`: a workbook's cells are dates, not text.
    `without_value`: by column the positions of rows in whose cell there is none, of which that has been said.
    `outside`: line and cells of the rows above and below the table that are none of its own.
    `guessed`: neither a name of the format nor a profile says which table it is, but what it is like.
    """

    table: str
    place: Place
    present: tuple[str, ...]
    columns: tuple[str, ...]
    header_line: int
    relation: str
    lines: LineNumbers
    recognised: Recognised
    trimmed: bool = False
    record_by_record: "Callable[[duckdb.DuckDBPyConnection, Part], tuple[Part, list[Group]]] | None" = None
    headings: tuple[str, ...] = ()
    origins: dict[str, Origin] = field(default_factory=dict)
    real_dates: bool = False
    without_value: dict[str, tuple[int, ...]] = field(default_factory=dict)
    outside: tuple[tuple[int, tuple[str, ...]], ...] = ()
    guessed: bool = False

    def origin(self, column: str) -> Origin:
        """Where this column's values stand in the file as handed in: under its own name, or as mapped."""
        shown = f"r.{identifier(column)}" if column in self.columns else "null"
        return self.origins.get(column) or Origin(column, shown)

    @property
    def filled(self) -> str:
        """SQL: a row with at least one value. Spreadsheets leave rows of nothing but separators behind."""
        return "(" + " or ".join(f"{identifier(column)} is not null" for column in self.columns) + ")"


@dataclass
class LongCells:
    """Counts the cells over the limit by column, among the rows of one file or sheet: no value of
    the format is so long. They are said once for each column and looked at no further.

    `columns` and `headings` are as of a `Part`; without them, columns are named by their place: `#2`.
    """

    place: Place
    limits: Limits
    columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    counts: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)  # line of the first one in a column

    def among(self, line: int, record: Sequence[str | None]) -> bool:
        """Whether any cell of this row is too long."""
        found = [at for at, cell in enumerate(record) if cell and len(cell) > self.limits.cell_characters]
        for at in found:
            self.counts[at] += 1
            self.first.setdefault(at, line)
        return bool(found)

    def groups(self, rows: int | None = None) -> list[Group]:
        """One finding for each column, with the line of its first such cell; never the cell itself."""
        return [self._group(at, line, rows) for at, line in sorted(self.first.items())]

    def _group(self, at: int, line: int, rows: int | None) -> Group:
        wording = self.limits.wording("cell_characters")
        said = group("cell-too-long", self.place, line=line, column=self._named(at), wording=wording)
        return replace(said, count=self.counts[at], of_rows=rows)

    def _named(self, at: int) -> str:
        if not self.columns:
            return f"#{at + 1}"
        known = self.columns[at]
        return self.headings[at].strip() or f"#{at + 1}" if known.startswith("#") else known
