"""What offices call tables, columns and values of the format: `synonyms.toml`, looked up both ways."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.deliveries.names import folded
from data.deliveries.profiles.accepted import accepted
from data.deliveries.schema import Field, tables

FILE = Path(__file__).parent / "synonyms.toml"


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def of_table(table: str) -> tuple[str, ...]:
    """Names of files and sheets that hold this table."""
    return (table, *_written()["tables"].get(table, ()))


def of_column(field: Field) -> tuple[str, ...]:
    """Headings of this column: its name, its titles without brackets, and what offices call it."""
    titles = (re.sub(r"\s*\(.*?\)", "", title) for title in (field.title, field.rules.get("x-title-en", "")))
    return tuple(dict.fromkeys([field.name, *titles, *_written()["columns"].get(field.name, ())]))


@lru_cache(maxsize=256)
def values(table: str, column: str) -> dict[str, str]:
    """Folded writing -> value of the format, for a column with a list; '' for what means not known."""
    known = accepted(table, column)
    if not known:
        return {}
    found = {folded(word): "" for word in (*tables()[table].missing, *_written()["missing"]["words"])}
    for value in reversed(known):  # of two values with the same synonym the first of the list counts
        found.update((folded(each), value) for each in _written()["values"].get(value, ()))
    found.update((folded(value), value) for value in reversed(known))
    return found
