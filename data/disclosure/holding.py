"""What was published stays as it is while it can still be true, and who is behind a count. Pure.

A correction of one record would otherwise tell itself by the figure that changes; that holds for counts that
move by their nature too, because old cohorts hardly do. How far a figure may be off before it changes is a
secret of each set of records, and another one at each release (`anew`); from which count on a withheld one
is shown, one of each date and Kreis: the same at the end of a month, a quarter and a year, so that the same
people stay the same figure.

A published figure that only ever changed when its count has moved too far from it would tell of that: of an
old cohort it is nearly always a change by one that takes it there. So it may change at any distance, the
farther the likelier (`Anew`): four times as likely with each step. Whoever sees one change is at most four
times as sure as before that the count has moved by one, whatever was published before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.disclosure.cells import UNKNOWN, Cells, Matrix, Rows
from data.foundation.parameters import Parameters

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
MORE = 5  # the people behind a count are k_min and less than so many more
STEEP = 4  # so many times as likely with each step; measured, see docs/decisions.md
BITS = 32
HALF = 2**BITS  # a packed cell is its count times this, plus the sum of its keys
NEVER = 2.0  # more than any draw below 1
Draws = np.ndarray[tuple[int, int], np.dtype[np.float64]]
CellFlags = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Before:
    """What the release before published of the cells of a table, in the same rows and columns.

    `closed`: the rows whose period it had; of a table without periods all. `kreis` and `end` name for each
    row its Kreis (or the area itself above it) and the last day of its period. `bands` are the numbers of
    the bands of withheld parts, 0 where there was none.
    """

    y: Matrix
    closed: Flags
    kreis: Sequence[str]
    end: Sequence[str]
    bands: Matrix | None = None

    @property
    def asked(self) -> CellFlags:
        """The cells that were published, as numbers or as withheld."""
        found: CellFlags = (self.y != UNKNOWN) & self.closed[:, None]
        return found


def changes(n: Matrix, before: Before, draws: Draws, parameters: Parameters) -> CellFlags:
    """Which published figures are deviated once more: all that are off by more than D, of others some."""
    off = np.abs(n - before.y)
    surely = parameters.deviation + 1
    changing = (off >= surely) | (draws < chance(off, surely))
    found: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = (
        changing & before.asked & (before.y > 0) & (n != UNKNOWN)
    )
    return found


def held(
    cells: Cells, n: Matrix, before: Before, once_more: Matrix, salt: str, parameters: Parameters
) -> Matrix:
    """The deviated counts `cells.y` (exact: `n`), or instead of them what was published, or, where that
    changes, what they are deviated to once more (UNKNOWN where it stays).
    """
    y = cells.y.copy()
    asked = (y != UNKNOWN) & before.asked
    published = asked & (before.y > 0)
    y[published] = np.where(once_more == UNKNOWN, before.y, once_more)[published]
    small = asked & (before.y == 0)
    # What is drawn matters above the limit only: whatever is less can't be shown anyway.
    y[small & (n < parameters.limit)] = 0
    rows, columns = np.nonzero(
        small & (n >= parameters.limit) & (n < parameters.limit + parameters.deviation)
    )
    texts = of_cells(cells, before, rows, columns)
    stays = n[rows, columns] < parameters.limit + drawn(salt, texts, parameters.deviation + 1)
    y[rows[stays], columns[stays]] = 0
    return y


def hold_gates(cells: Cells, n: Matrix, before: Before, salt: str, parameters: Parameters) -> None:
    """Let the rest of a split forbid its part as it did before: what is left of it is published nowhere, so
    whether the part appears or goes would tell of a single change there.
    """
    for name, parts in cells.table.parts.items():
        for beside in (part.beside for part in parts if part.beside):
            at, rest = cells.column(name), cells.column(beside)
            published = before.asked[:, at] & (cells.y[:, at] != UNKNOWN)
            stays = published & (before.y[:, at] > 0) & (cells.y[:, at] == before.y[:, at])
            cells.y[stays, rest] = np.maximum(cells.y[stays, rest], parameters.limit)
            near = n[:, rest] < parameters.limit + parameters.deviation
            rows = np.flatnonzero(published & (before.y[:, at] == 0) & near)
            texts = of_cells(cells, before, rows, np.full(len(rows), rest))
            enough = parameters.limit + drawn(salt, texts, parameters.deviation + 1)
            cells.y[rows[n[rows, rest] < enough], rest] = 0


def few_people(
    packed: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", half: int, salt: str, parameters: Parameters
) -> Flags:
    """Where k_min people or up to four more, a secret of each set of them, are not behind a count.

    `packed` is how many times `half`, plus the sum of their keys.
    """
    people = packed // half
    few: Flags = people < parameters.people
    near = np.flatnonzero((people >= parameters.people) & (people < parameters.people + MORE - 1))
    more = drawn(salt, [str(each) for each in packed[near].tolist()], MORE)
    few[near] = people[near] < parameters.people + more
    return few


def too_few_to_appear(
    cells: Cells, people: Matrix, before: Before, salt: str, parameters: Parameters
) -> CellFlags:
    """Withheld cells whose people are not yet surely more than when they were withheld."""
    most = parameters.people + MORE - 1
    close = (people != UNKNOWN) & (people < most + parameters.deviation)
    rows, columns = np.nonzero(close & before.asked & (before.y == 0))
    enough = most + parameters.deviation - 1 + drawn(salt, of_cells(cells, before, rows, columns), 2)
    found = np.zeros(people.shape, dtype=bool)
    found[rows, columns] = people[rows, columns] < enough
    return found


def drawn(salt: str, texts: Sequence[str], many: int) -> Rows:
    """For each text a whole number from 0 below `many`, the same for the same one."""
    found = {
        text: int(hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()[:8], 16) % many for text in set(texts)
    }
    return np.array([found[text] for text in texts], dtype=np.int64)


def of_cells(cells: Cells, before: Before, rows: Rows, columns: Rows) -> list[str]:
    """What each of these cells is called where a secret of its own is drawn: count, last day, Kreis."""
    names = cells.table.perturbed
    return [
        f"{names[column]}|{before.end[row]}|{before.kreis[row]}"
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


@dataclass(frozen=True)
class Anew:
    """`secret` is another one for all that is delivered otherwise. `fixed` and `moving` are the Kreise, and
    areas above them, in which counts of that sort have changed since the release before: where nothing has,
    nothing is deviated anew.
    """

    secret: str = ""
    fixed: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()

    def draws(self, packed: Matrix, kreis: Sequence[str], moves: Sequence[bool]) -> Draws:
        """A number from 0 to 1 for each cell, the same for the same set of records; NEVER where nothing has
        changed. `kreis` says where each row lies, `moves` which columns are moving counts.
        """
        factor, added, _ = self._numbers()
        # Multiply and shift: the upper bits hang on all of the sum of keys.
        mixed = packed.astype(np.uint64) * np.uint64(factor | 1) + np.uint64(added)
        fixed, moving = (
            np.array([each in of for each in kreis], dtype=bool) for of in (self.fixed, self.moving)
        )
        asked = np.where(np.array(moves, dtype=bool)[None, :], moving[:, None], fixed[:, None])
        drawn: Draws = (mixed >> np.uint64(11)) / 2.0**53
        return np.where(asked & (packed != UNKNOWN), drawn, NEVER)

    def others(self, packed: Matrix) -> Matrix:
        """The packed cells with other sums of keys, so that they deviate otherwise."""
        *_, by = self._numbers()
        return np.where(
            packed == UNKNOWN, UNKNOWN, packed - packed % HALF + (packed % HALF + by % HALF) % HALF
        )

    def _numbers(self) -> tuple[int, ...]:
        digest = hashlib.sha256(f"anew|{self.secret}".encode()).digest()
        return tuple(int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16))


def chance(steps: Matrix, surely: int) -> Draws:
    """How likely a change is so many steps from certainty, which begins at `surely`."""
    found: Draws = float(STEEP) ** np.minimum(steps - surely, 0)
    return found
