"""What stands round a table is looked at too: titles, notes, signatures; in pieces, since they are prose."""

import re
from collections.abc import Iterable, Iterator

from data.deliveries.format.findings import Group, Place, group, rules
from data.deliveries.format.margins import Row
from data.deliveries.personal.headings import RULE
from data.deliveries.personal.kinds import Column, in_text
from data.foundation.languages import Wording

OUTSIDE = "guard-outside"
BETWEEN = re.compile(r"[:;|,()/\t\n]|\s-\s|\s{2,}|\s[–—]\s")
MOST = 2_000  # characters of a cell that are taken apart


def outside_faults(place: Place, rows: Iterable[Row]) -> Iterator[Group]:
    """A fault for each kind of personal details in a row above or below the table, without the details."""
    for line, cells in rows:
        for kind in dict.fromkeys(kind for text in _pieces(cells) for kind in in_text(text, Column.LABEL)):
            wording: Wording = {"other": str(line), "kind": rules()[f"{RULE}{kind}"].kind}
            yield group(OUTSIDE, place, line=line, wording=wording)


def _pieces(cells: tuple[str, ...]) -> Iterator[str]:
    """Each cell, all of them together, what stands between signs, and each two words of that."""
    filled = [cell.strip()[:MOST] for cell in cells if cell.strip()]
    yield from filled
    yield " ".join(filled)
    for piece in (piece.strip() for cell in filled for piece in BETWEEN.split(cell)):
        yield piece
        words = piece.split()
        yield from (" ".join(words[at : at + 2]) for at in range(len(words) - 1) if len(words) > 2)
