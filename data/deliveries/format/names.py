"""Names of tables and columns as offices write them: which is meant, and how alike two are.

Case, blanks and umlauts don't matter. What a name or a heading that is none of the format probably means, a
copy, an export with a date, a title in parentheses, is guessed: what is certain is read and said, what is not
is asked about.
"""

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from rapidfuzz import fuzz, process

from data.deliveries.format.schema import Field, Table, tables
from data.foundation.languages import DEFAULT

SYNONYMS = Path(__file__).parent / "synonyms.toml"
# Signs that nobody sees: marks of the byte order, of direction, of where a word may break.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u2028\u2029"
UNSEEN = str.maketrans(dict.fromkeys(INVISIBLE))
BROKEN_MARK = "ï»¿"  # the mark of the byte order, read as Windows-1252 and written as UTF-8
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LEFTOVERS = frozenset(
    {"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini"}
)  # of file managers; nobody hands them in
NEAR = 0.6  # below this a name is no suggestion
REMARK = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
# What is in parentheses behind a heading and says how its values are written, never whose they are.
REMARKS = frozenset(
    {
        "auswahl", "code", "d", "date", "datum", "eur", "euro", "format", "in", "iso", "j", "ja",
        "jjjj", "liste", "m", "min", "minuten", "mm", "n", "nein", "no", "nummer", "oder",
        "optional", "pflicht", "pflichtfeld", "pseudonym", "stellig", "text", "tt", "w", "wahl",
        "yes", "zahl", "ziffern",
    }
)  # fmt: skip
CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
WORD = re.compile(r"[a-zäöüß]+")
NEARLY = (
    0.8  # alike: `aufnahme` and `aufnahme_am`, `altersgrupe` and `altersgruppe`; not `fall nr` and `fall_id`
)
BEGINS = 6  # letters that two names have in common from the beginning: no chance
LONG = 10  # letters of a synonym that a heading can be nearly like: `Datum Beendigung`
VAGUE = frozenset({"status", "stand", "form", "am", "by", "wo"})  # synonyms that may be of anything
HALF = 0.5
FEW = 2  # columns of a table that are not yet chance
SURE = 3  # of a table that nothing but its columns tells


def heading_key(name: str) -> str:
    """`Fälle `, `FAELLE` and `faelle` become the same."""
    seen = name.removeprefix(BROKEN_MARK).translate(UNSEEN)
    small = unicodedata.normalize("NFC", seen).strip(" \t\u00a0").lower().translate(UMLAUTS)
    return re.sub(r"[\s\-_.]+", "_", small)


def bare(heading: str) -> str:
    """A heading without the mark of a required one, a colon, a remark on its form: `Beendet am (Datum)*:`"""
    name = heading.strip().rstrip("*:").rstrip()
    while (remark := REMARK.search(name)) and _is_form(remark[1]):
        name = name[: remark.start()].rstrip("*:").rstrip()
    return name


def squeezed(heading: str) -> str:
    """A bare heading's letters and digits: `Beendigungs-\\ngrund` and `beendigungsgrund` become the same."""
    return heading_key(bare(heading)).replace("_", "")


def readable(name: str) -> str:
    """The name of a file as text: what is no UTF-8 on the disk is read as Windows in the West wrote it."""
    raw = os.fsencode(name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def is_leftover(parts: Iterable[str]) -> bool:
    """Whether a path of these parts is something that a file manager or an open program leaves behind."""
    return any(
        part.lower() in LEFTOVERS or (part.startswith((".", "~$")) and part not in (".", ".."))
        for part in parts
    )


@lru_cache(maxsize=1)
def table_names() -> dict[str, str]:
    """Folded name -> official name of a table."""
    return {heading_key(name): name for name in tables()}


def table_of(file_or_sheet: str) -> str | None:
    """The table that a file or sheet of this name holds, or None."""
    return table_names().get(heading_key(PurePosixPath(file_or_sheet).stem)) or table_names().get(
        heading_key(file_or_sheet)
    )


def table_by_header(header: Sequence[str]) -> str | None:
    """The one table that has most of these columns, all required ones among them; None if that isn't one."""
    names = {squeezed(column) for column in header}
    best = [
        (len(names & {squeezed(field.name) for field in table.fields}), table.name)
        for table in tables().values()
        if all(squeezed(field.name) in names for field in table.fields if field.required)
    ]
    best.sort(reverse=True)
    alone = best and (len(best) == 1 or best[0][0] > best[1][0])
    return best[0][1] if alone else None


def official(table: str, header: Sequence[str]) -> list[str | None]:
    """The official column name of each header cell, None where the format has no such column."""
    known = {heading_key(field.name): field.name for field in tables()[table].fields}
    return [known.get(heading_key(column)) for column in header]


def known_cells(cells: Sequence[str]) -> int:
    """How many of these header cells are columns of any table."""
    return sum(squeezed(cell) in _column_names() for cell in cells)


def alike(one: str, other: str) -> float:
    """The likeness of two names."""
    return fuzz.token_sort_ratio(_words(one), _words(other)) / 100


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names most like `word`, the best first; empty if none is near."""
    found = process.extract(
        _words(word),
        {each: _words(each) for each in known},
        scorer=fuzz.WRatio,
        limit=most,
        score_cutoff=NEAR * 100,
    )
    return [each for _, _, each in found]


@lru_cache(maxsize=1)
def _column_names() -> frozenset[str]:
    return frozenset(squeezed(field.name) for table in tables().values() for field in table.fields)


def _is_form(remark: str) -> bool:
    words = re.findall(r"[^\W\d_]+", remark.lower())
    return all(word in REMARKS for word in words) and not remark.strip().isdigit()


def _words(name: str) -> str:
    return heading_key(name).replace("_", " ").strip()


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
        likeness = {at: _likeness(field, cell) for at, cell in unknown.items()}
        best = max(likeness, key=lambda at: likeness[at], default=-1)
        if len(surely[field.name]) != 1 and best >= 0 and likeness[best] >= NEARLY:
            yield best, field.name, False
            del unknown[best]


def column_synonyms(field: Field) -> tuple[str, ...]:
    """Headings of this column: its name, its titles without brackets, and what offices call it."""
    titles = (re.sub(r"\s*\(.*?\)", "", title) for title in field.titles.values())
    return tuple(dict.fromkeys([field.name, *titles, *written()["columns"].get(field.name, ())]))


@lru_cache(maxsize=1)
def written() -> dict[str, Any]:
    """What offices call tables, columns and values, as it stands in the file."""
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


def _likeness(field: Field, heading: str) -> float:
    without = re.sub(r"[(\[].*", "", heading)
    if heading_key(without) == heading_key(bare(field.titles[DEFAULT])):
        return 1.0
    one, other = squeezed(heading), squeezed(field.name)
    synonyms = column_synonyms(field)
    if one in {squeezed(each) for each in synonyms} - VAGUE:
        return 1.0  # `Ende`, `Minuten`, `Staatsangehörigkeit`
    if min(len(one), len(other)) >= BEGINS and (one.startswith(other) or other.startswith(one)):
        return NEARLY  # `Herkunft`, `Altersgruppe am Stichtag`
    said = [field.name, *(each for each in synonyms if len(each) >= LONG)]
    return max(alike(each, written_so) for each in said for written_so in (heading, without))


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
