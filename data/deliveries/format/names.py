"""Names of tables and columns as offices write them: case, blanks and umlauts don't matter."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from data.deliveries.schema import tables

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def folded(name: str) -> str:
    """`Fälle `, `FAELLE` and `faelle` become the same."""
    small = unicodedata.normalize("NFC", name).strip("\ufeff \t\u00a0").lower().translate(UMLAUTS)
    return re.sub(r"[\s\-_.]+", "_", small)


@lru_cache(maxsize=1)
def table_names() -> dict[str, str]:
    """Folded name -> official name of a table."""
    return {folded(name): name for name in tables()}


def table_of(file_or_sheet: str) -> str | None:
    """The table that a file or sheet of this name holds, or None."""
    return table_names().get(folded(PurePosixPath(file_or_sheet).stem)) or table_names().get(
        folded(file_or_sheet)
    )


def table_by_header(header: Sequence[str]) -> str | None:
    """The one table that has most of these columns, all required ones among them; None if that isn't one."""
    names = {folded(column) for column in header}
    best = [
        (len(names & {folded(field.name) for field in table.fields}), table.name)
        for table in tables().values()
        if all(folded(field.name) in names for field in table.fields if field.required)
    ]
    best.sort(reverse=True)
    alone = best and (len(best) == 1 or best[0][0] > best[1][0])
    return best[0][1] if alone else None


def official(table: str, header: Sequence[str]) -> list[str | None]:
    """The official column name of each header cell, None where the format has no such column."""
    known = {folded(field.name): field.name for field in tables()[table].fields}
    return [known.get(folded(column)) for column in header]


def known_cells(cells: Sequence[str]) -> int:
    """How many of these header cells are columns of any table."""
    return sum(folded(cell) in _column_names() for cell in cells)


@lru_cache(maxsize=1)
def _column_names() -> frozenset[str]:
    return frozenset(folded(field.name) for table in tables().values() for field in table.fields)
