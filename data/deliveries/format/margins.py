"""Rows round a table that are none of its own: titles above the header; totals, notes and signatures below.

They are left out and said, never shown: anything may stand in them, which the guard looks at before.
"""

import re
from collections.abc import Iterable, Sequence

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.names import heading_key
from data.deliveries.format.schema import tables

Row = tuple[int, tuple[str, ...]]  # its line, and its cells
MOST = 50  # rows below a table
ABOVE, BELOW = "lines-above", "lines-below"
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
WORD = re.compile(r"\W*([^\W\d_]+)([\s:;.,*()=].*)?", re.DOTALL)
NO_ID = re.compile(r"[\s:;,*()=]")  # in a text that is no key


def below(table: str, columns: Sequence[str], upward: Iterable[Row]) -> list[Row]:
    """The rows below a table, the last one first, but no blank ones. `upward`: all, from the last one on."""
    if table not in tables() or tables()[table].rules.get("x-one-row"):
        return []
    required = [field.name for field in tables()[table].fields if field.required]
    places = [columns.index(name) for name in required if name in columns]
    key = next((columns.index(name) for name in tables()[table].unique if name in columns), 0)
    found: list[Row] = []
    for line, cells in upward:
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if not filled:
            continue
        if len(found) == MOST or not _is_below(cells, filled, places, key):
            break
        found.append((line, tuple(cells)))
    return found


def said(place: Place, above: Sequence[Row], below: Sequence[Row]) -> list[Group]:
    """A notice for the rows above and one for those below, with the first line and how many they are."""
    rows = {ABOVE: [row for row in above if any(cell.strip() for cell in row[1])], BELOW: below}
    return [
        group(rule, place, line=min(line for line, _ in of), wording={"other": len(of)})
        for rule, of in rows.items()
        if of
    ]


def _is_below(cells: Sequence[str], filled: Sequence[int], required: Sequence[int], key: int) -> bool:
    """Whether a row can't be one of the table: it lacks what every row has, and looks like no row either."""
    there = [at for at in required if at in filled]
    word = WORD.fullmatch(cells[filled[0]].strip())
    if word and heading_key(word[1]) in WORDS and len(there) < len(required):
        return True
    no_key = key not in filled or NO_ID.search(cells[key].strip()) is not None
    return no_key and not [at for at in there if at != key]
