"""Names of tables and columns as offices write them: which is meant, and how alike two are.

Case, blanks and umlauts don't matter.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

from data.deliveries.format.schema import tables

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LEFTOVERS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})  # of file managers; nobody hands them in
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


def heading_key(name: str) -> str:
    """`Fälle `, `FAELLE` and `faelle` become the same."""
    small = unicodedata.normalize("NFC", name).strip("\ufeff \t\u00a0").lower().translate(UMLAUTS)
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
