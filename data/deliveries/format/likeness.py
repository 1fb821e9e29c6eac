"""What a name or a heading that is none of the format probably means: a copy, an export with a date, a title
in parentheses. What is certain is read and said; what is not is asked about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from data.deliveries.format.names import alike, bare, heading_key, squeezed, table_names
from data.deliveries.format.schema import Table, tables
from data.foundation.languages import DEFAULT

CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
WORD = re.compile(r"[a-zäöüß]+")
NEARLY = (
    0.8  # alike: `aufnahme` and `aufnahme_am`, `altersgrupe` and `altersgruppe`; not `fall nr` and `fall_id`
)
BEGINS = 6  # letters that two names have in common from the beginning: no chance
HALF = 0.5
FEW = 2  # columns of a table that are not yet chance
SURE = 3  # of a table that nothing but its columns tells


@dataclass(frozen=True)
class Guess:
    """The table that a file or sheet is like. `is_read`: by name and columns, or by its columns alone, it can
    be no other, or its name says it and half of what it needs is there. `missing`: what it needs and lacks.
    """

    table: str
    is_read: bool
    missing: tuple[str, ...] = ()


def guess(name: str, header: Sequence[str]) -> Guess | None:
    """The table that a file or sheet of this name and header is like, or None. `header` is empty if no line
    names a column of the format.
    """
    by_name = named(name)
    every = [_found(table, header) for table in tables().values()]
    called = [found for found in every if found.table.name in by_name]
    half = [found for found in called if found.columns and found.needed >= HALF * found.needs]
    if half:
        return Guess(max(half, key=lambda found: (not found.missing, found.columns)).table.name, True)
    whole = [found for found in every if not found.missing and found.columns >= FEW]
    if whole:
        best = max(whole, key=lambda found: found.columns)
        alone = sum(found.columns == best.columns for found in whole) == 1
        cells = [cell for cell in header if cell.strip()]
        mostly = best.columns >= SURE and best.columns >= HALF * len(cells)
        return Guess(best.table.name, not by_name and alone and mostly)
    likely = [
        found
        for found in every
        if found.columns >= FEW and (found.needed >= HALF * found.needs or found.columns >= SURE)
    ]
    if not (called or likely):
        return None
    best = max(called or likely, key=lambda found: (found.needed, found.columns))
    return Guess(best.table.name, False, best.missing)


def named(name: str) -> tuple[str, ...]:
    """The tables whose names are words of this one: `ziele (1).csv`, `Kopie von Fälle`, `LRA_stellen2026`.

    `lieferung` is none where another one is: `Lieferung_2026_ziele.csv`.
    """
    stem = PurePosixPath(name).stem if "." in name else name
    words = {word for piece in CAMEL.split(stem) for word in WORD.findall(heading_key(piece))}
    found = [table for folded, table in table_names().items() if folded in words]
    return tuple(table for table in found if table != "lieferung" or found == ["lieferung"])


def near(table: str, columns: Sequence[str], header: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Of headings that are none of the format: (position, the missing column it is like, whether surely).

    `columns` are the names by position, `#n` for an unknown one. Surely: the same letters, broken by a hyphen
    or a line break, or with what is in parentheses behind it a remark on its form.
    """
    unknown = {at: header[at] for at, column in enumerate(columns) if column.startswith("#") and header[at]}
    absent = [field for field in tables()[table].fields if field.name not in columns]
    surely = {
        field.name: [at for at, cell in unknown.items() if squeezed(cell) == squeezed(field.name)]
        for field in absent
    }
    for field in absent:
        if len(surely[field.name]) == 1:
            yield surely[field.name][0], field.name, True
            del unknown[surely[field.name][0]]
    for field in absent:
        likeness = {at: _likeness(field.name, field.titles[DEFAULT], cell) for at, cell in unknown.items()}
        best = max(likeness, key=lambda at: likeness[at], default=-1)
        if len(surely[field.name]) != 1 and best >= 0 and likeness[best] >= NEARLY:
            yield best, field.name, False
            del unknown[best]


def _likeness(column: str, title: str, heading: str) -> float:
    without = re.sub(r"[(\[].*", "", heading)
    if heading_key(without) == heading_key(bare(title)):
        return 1.0
    one, other = squeezed(heading), squeezed(column)
    if min(len(one), len(other)) >= BEGINS and (one.startswith(other) or other.startswith(one)):
        return NEARLY  # `Herkunft`, `Altersgruppe am Stichtag`
    return max(alike(column, heading), alike(column, without))


@dataclass(frozen=True)
class _Found:
    """How many columns of a table a header has, and how many of those that every row needs."""

    table: Table
    columns: int
    missing: tuple[str, ...]

    @property
    def needs(self) -> int:
        return max(sum(field.required for field in self.table.fields), FEW)

    @property
    def needed(self) -> int:
        return sum(field.required for field in self.table.fields) - len(self.missing)


def _found(table: Table, header: Sequence[str]) -> _Found:
    names: Mapping[str, str] = {squeezed(cell): cell for cell in header}
    there = [field for field in table.fields if squeezed(field.name) in names]
    missing = tuple(field.name for field in table.fields if field.required and field not in there)
    return _Found(table, len(there), missing)
