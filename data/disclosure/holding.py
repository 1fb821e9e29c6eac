"""What was published stays as it is while it can still be true. Pure.

A correction of one record would otherwise tell itself by the figure that changes. How far a figure may be off
before it changes, and from which count on a withheld one is shown, is a secret of each value and Kreis.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from data.disclosure.cells import UNKNOWN, Cells, Matrix, Rows
from data.foundation.parameters import Parameters

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Before:
    """What the release before published of the cells of a table, in the same rows and columns.

    `closed`: the rows whose period it had. `kreise`: the Kreis of each row, or the area itself above it.
    """

    y: Matrix
    closed: Flags
    kreise: tuple[str, ...]
    kreis: Rows


def held(cells: Cells, n: Matrix, before: Before, salt: str, parameters: Parameters) -> Matrix:
    """The deviated counts `cells.y` (exact: `n`), or instead of them what was published."""
    y = cells.y.copy()
    asked = (y != UNKNOWN) & (before.y != UNKNOWN) & before.closed[:, None]
    rows, columns = np.nonzero(asked & (before.y > 0))
    published, kreis = before.y[rows, columns], before.kreis[rows]
    texts = [
        (f"{value}", before.kreise[at]) for value, at in zip(published.tolist(), kreis.tolist(), strict=True)
    ]
    near = parameters.deviation - 1 + drawn(salt, texts, 2)
    stays = np.abs(n[rows, columns] - published) <= near
    y[rows[stays], columns[stays]] = published[stays]
    # Whatever is less than the limit cannot be shown anyway, so what is drawn matters above it only.
    small = asked & (before.y == 0)
    y[small & (n < parameters.limit)] = 0
    rows, columns = np.nonzero(
        small & (n >= parameters.limit) & (n < parameters.limit + parameters.deviation)
    )
    names, periods = cells.table.perturbed, cells.keys["period"]
    texts = [
        (f"{names[column]}|{periods.names[periods.codes[row]]}", before.kreise[before.kreis[row]])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    stays = n[rows, columns] < parameters.limit + drawn(salt, texts, parameters.deviation + 1)
    y[rows[stays], columns[stays]] = 0
    return y


def drawn(salt: str, texts: list[tuple[str, str]], many: int) -> Rows:
    """For each text and Kreis a whole number from 0 below `many`, the same for the same ones."""
    found = {
        text: int(hashlib.sha256(f"{salt}|{text[0]}|{text[1]}".encode()).hexdigest()[:8], 16) % many
        for text in set(texts)
    }
    return np.array([found[text] for text in texts], dtype=np.int64)
