"""A table on its way to the browser: each text of a column once, in the order in which it is sorted. Pure.

A row is the number of a text in each column, so the browser gets what is shown and the order of that, and no
value behind it. `table.js` reads it.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached

from pages.figures.table.entries import Entry

BYTES = 32_000_000
_SHEETS: LRUCache[Hashable, bytes] = LRUCache(BYTES, getsizeof=len)
Rows = Sequence[Sequence[Entry]]


@dataclass(frozen=True)
class Heading:
    """The heading of a column. `unit` stands below `label`; `name` is the same in every language.

    `right` are numbers. A column that is not `sortable` has no button. `heads` the rows: it says what each
    is about. `notes` are the keys of texts that a reader gets who sorts by it.
    """

    name: str
    label: str
    unit: str = ""
    right: bool = False
    sortable: bool = True
    heads: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table. `caption` names it, `texts` is what it says itself; with `search`, it can be searched.

    `places`: its rows are of so many places that one has to look for one's own.
    """

    key: str
    caption: str
    headings: Sequence[Heading]
    rows: Rows
    texts: Mapping[str, str]
    search: bool = True
    places: bool = False


def packed(sheet: Sheet) -> bytes:
    """JSON, as `table.js` reads it."""
    made = {
        "key": sheet.key,
        "caption": sheet.caption,
        "count": len(sheet.rows),
        "columns": [
            _heading(heading) | _column([row[at] for row in sheet.rows])
            for at, heading in enumerate(sheet.headings)
        ],
        "search": sheet.search,
        "places": sheet.places,
        "texts": dict(sheet.texts),
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


@cached(_SHEETS, key=lambda key, make: key, lock=Lock())
def once(key: Hashable, make: Callable[[], Sheet]) -> bytes:
    """The packed sheet under this key, made if nobody had it before. `key` says all that is in it.

    It serves all readers; the longest unused goes first.
    """
    return packed(make())


def _heading(heading: Heading) -> dict[str, Any]:
    made = {
        "name": heading.name,
        "label": heading.label,
        "unit": heading.unit,
        "right": heading.right,
        "sortable": heading.sortable,
        "heads": heading.heads,
        "notes": heading.notes,
    }
    return {name: value for name, value in made.items() if value}


def _column(entries: Sequence[Entry]) -> dict[str, Any]:
    """Its texts in order (those that are sorted by their letters as they come), gaps last, and its rows.

    `same` are the texts at the place of the text before them; `gaps` how many texts at the end are gaps.
    """
    first = dict.fromkeys(entries)
    # A text that stands at two places is two texts: 1,0 and 1,0 are one only if both say the same.
    known = sorted(first, key=lambda entry: (entry.gap, 0.0 if entry.at is None else entry.at))
    position = {entry: at for at, entry in enumerate(known)}
    gaps = sum(1 for entry in known if entry.gap)
    valued = [entry for entry in known if not entry.gap]
    made: dict[str, Any] = {"texts": [entry.text for entry in known], "gaps": gaps}
    if any(entry.at is not None for entry in valued):
        made["valued"] = True
        made["same"] = [at for at in range(1, len(valued)) if valued[at].at == valued[at - 1].at]
    at = [position[entry] for entry in entries]
    if at != list(range(len(entries))):
        made["at"] = at
    return made
