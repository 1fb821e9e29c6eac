"""Which share of a shown base a withheld part is, roughly: a quarter of it or a half. Pure.

A part that is too small for a number still says something: under a quarter of the goals decided, or most of
them. It stands as a band of the share of deviated values, so zero and few are the same one. There is none
where a rest withheld the part, or where band and rests together would leave any withheld count fewer than
five values; and a published band stays while it can still be true, like a figure.

How large such shares are anyhow, a reader knows from other places. In a Land of a dozen of them he does not,
and each band tells so much more: so a part of which few places could be compared has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from data.disclosure import holding
from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix, Nesting, Rows
from data.disclosure.rests import ROOM

QUARTERS_FROM = 20  # the smallest base whose share is told by quarters; a smaller one has halves
QUARTERS, HALVES = 4, 2
# So many places of the smallest level show the base of a part that has bands. Of made-up Länder whose 19
# places have data attack 2 was told too much in two of three, of none with fifty (docs/decisions.md).
PLACES = 20
ROUNDS = 8  # from wholes to parts and back: there are fewer levels and grains
ANY = 2**40  # more than anybody counts
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Way = tuple[Rows, Rows, Rows]


class Band(Enum):
    """Between which shares of its base a part is: from `low` up to, and not including, `high`."""

    UNDER_QUARTER = (1, 0.0, 0.25)
    QUARTER_TO_HALF = (2, 0.25, 0.5)
    HALF_TO_THREE_QUARTERS = (3, 0.5, 0.75)
    THREE_QUARTERS_AND_MORE = (4, 0.75, 1.0)
    UNDER_HALF = (5, 0.0, 0.5)
    HALF_AND_MORE = (6, 0.5, 1.0)

    def __init__(self, code: int, low: float, high: float) -> None:
        self.code, self.low, self.high = code, low, high

    @property
    def is_half(self) -> bool:
        """Whether it is one of two and not of four."""
        return self.code > QUARTERS


BY_CODE = {band.code: band for band in Band}


@dataclass(frozen=True)
class Deviated:
    """The counts of the columns with bands, by part: exact `n`, and `y` deviated from one on, not limited."""

    n: Mapping[str, Rows]
    y: Mapping[str, Rows]


@dataclass(frozen=True)
class Held:
    """What was published before, the secret by which it stays, and D."""

    before: holding.Before
    salt: str
    deviation: int


def codes(part: Rows, base: Rows) -> Rows:
    """The number of the band of each part in its base: 0 none, 1-4 quarters, 5-6 halves."""
    some = np.maximum(base, 1)
    quarters = 1 + np.minimum(QUARTERS * part // some, QUARTERS - 1)
    halves = 1 + QUARTERS + np.minimum(HALVES * part // some, HALVES - 1)
    return np.where(base <= 0, 0, np.where(base >= QUARTERS_FROM, quarters, halves))


def interval(code: Rows, base: Rows) -> tuple[Rows, Rows]:
    """The least and the greatest deviated part of each band in its base; the highest band has no end."""
    by = np.where(code > QUARTERS, HALVES, QUARTERS)
    step = np.where(code > QUARTERS, code - QUARTERS, code)
    low = -(-(step - 1) * base // by)
    high = np.where(step == by, ANY, -(-step * base // by) - 1)
    return low, high


def withheld_parts(cells: Cells, shown: Matrix, name: str) -> Rows:
    """The rows in which a part with bands is withheld and its base is shown."""
    base = cells.table.bands[name]
    found: Rows = np.flatnonzero((shown[:, cells.column(name)] == 0) & (shown[:, cells.column(base)] > 0))
    return found


def of_few_places(cells: Cells, shown: Matrix) -> Flags:
    """The parts of whose bands nobody has others to compare with, in all rows; by what is shown alone."""
    found = np.zeros(shown.shape, dtype=bool)
    smallest = cells.of_level(cells.levels[-1])
    for name, base in cells.table.bands.items():
        there = smallest & (shown[:, cells.column(base)] > 0)
        found[:, cells.column(name)] = len(np.unique(cells.keys["area_code"].codes[there])) < PLACES
    return found


def released(
    cells: Cells, shown: Matrix, by_rest: Flags, deviated: Deviated, deviation: int,
    held: Held | None = None,
) -> dict[str, Rows]:  # fmt: skip
    """The band of each part of a table, row by row, by the name of the part.

    `shown` is what the cells are released as, `by_rest` which of them a rest withheld, or have no band for
    another reason, `deviation` is D.
    """
    found = np.zeros(shown.shape, dtype=np.int64)
    for name, base in cells.table.bands.items():
        rows, at, of = withheld_parts(cells, shown, name), cells.column(name), cells.column(base)
        rows = rows[~by_rest[rows, at]]
        found[rows, at] = codes(deviated.y[name][rows], shown[rows, of])
        if held:
            stays, had = _stays(cells, name, rows, shown[rows, of], deviated.n[name][rows], held)
            found[rows[stays], at] = had[stays]
    _drop_narrow(cells, shown, found, deviation)
    return {name: found[:, cells.column(name)] for name in cells.table.bands}


def _stays(
    cells: Cells, name: str, rows: Rows, base: Rows, n: Rows, held: Held
) -> tuple[Flags, Rows]:  # fmt: skip
    """Which of these parts keep the band that they had, because it can still be true; and that band.

    One that was kept back stays so: what appears would tell of a change beside it.
    """
    at, of, before = cells.column(name), cells.column(cells.table.bands[name]), held.before
    had = before.bands[rows, at] if before.bands is not None else np.zeros_like(rows)
    asked = before.asked[rows, at] & (before.y[rows, at] == 0) & (before.y[rows, of] > 0)
    low, high = interval(np.maximum(had, 1), base)
    texts = [f"band|{text}" for text in holding.of_cells(cells, before, rows, np.full(len(rows), at))]
    near = held.deviation - 1 + holding.drawn(held.salt, texts, 2)
    same_kind = (had > QUARTERS) == (base < QUARTERS_FROM)
    true = (n >= low - near) & (n <= high + near)
    return asked & ((had == 0) | (same_kind & true)), had


def _drop_narrow(cells: Cells, shown: Matrix, found: Matrix, deviation: int) -> None:
    """Take away the bands that, with the rests, leave some withheld count fewer than `ROOM` values."""
    columns = [cells.column(name) for name in cells.table.bands]
    while True:
        low, high = _bounds(cells, shown, found, deviation)
        dropped = False
        for at in columns:
            narrow = (shown[:, at] == 0) & (high[:, at] - low[:, at] + 1 < ROOM)
            own = narrow & (found[:, at] > 0)
            around = np.zeros(len(found), dtype=bool) if own.any() else _beside(cells, narrow, at)
            gone = (own | around) & (found[:, at] > 0)
            found[gone, at] = 0
            dropped |= bool(gone.any())
        if not dropped:
            return


def _beside(cells: Cells, narrow: Flags, at: int) -> Flags:
    """The wholes, parts and other parts of the same wholes of these rows."""
    beside = np.zeros(len(narrow), dtype=bool)
    for group in _groups(cells, at):
        inside = group != NONE
        wholes = np.zeros(len(narrow), dtype=bool)
        wholes[group[inside & narrow]] = True
        wholes |= narrow
        beside[inside] |= wholes[group[inside]]
        beside |= wholes
    return beside


def _bounds(cells: Cells, shown: Matrix, found: Matrix, off: int) -> tuple[Matrix, Matrix]:
    """Between which counts each cell must lie, by its own figure or band and those of its wholes and parts.

    What each figure says by itself is off by `off` at most.
    """
    # By columns, because that is how they are read.
    low = np.asfortranarray(np.where(shown > 0, shown - off, 0))
    high = np.asfortranarray(np.where(shown > 0, shown + off, np.where(shown == UNKNOWN, 0, ANY)))
    for name, base in cells.table.bands.items():
        at, of = cells.column(name), cells.column(base)
        banded = np.flatnonzero(found[:, at])
        least, most = interval(found[banded, at], shown[banded, of])
        low[banded, at] = np.maximum(least - off, 0)
        high[banded, at] = np.minimum(most + off, high[banded, of])
    of_base = [
        (cells.column(name), cells.column(base), np.flatnonzero(shown[:, cells.column(name)] != UNKNOWN))
        for name, base in cells.table.bands.items()
    ]
    ways = [
        (at, way)
        for at, _, _ in of_base
        for group in _groups(cells, at)
        if (way := _way(_with_band(group, found[:, at])))
    ]
    for _ in range(ROUNDS):
        changed = False
        for at, of, known in of_base:
            changed |= _lower(high[:, at], known, high[known, of])
        for at, way in ways:
            changed |= _narrow(low[:, at], high[:, at], way)
        if not changed:
            break
    return low, high


def _narrow(low: Rows, high: Rows, way: Way) -> bool:
    """Parts of a whole leave each other no more than the whole does, and it is as large as they are.

    Whether anything was narrowed by that.
    """
    rows, wholes, of = way
    least = np.bincount(of, weights=low[rows]).astype(np.int64)
    most = np.bincount(of, weights=np.minimum(high[rows], ANY)).astype(np.int64)
    changed = [
        _raise(low, wholes, least),
        _lower(high, wholes, most),
        _lower(high, rows, high[wholes][of] - (least[of] - low[rows])),
        _raise(low, rows, low[wholes][of] - (most[of] - high[rows])),
    ]
    return any(changed)


def _lower(values: Rows, rows: Rows, to: Rows) -> bool:
    """No value of these rows is larger than `to`; whether one was."""
    old = values[rows]
    values[rows] = np.minimum(old, to)
    return bool((old > to).any())


def _raise(values: Rows, rows: Rows, to: Rows) -> bool:
    """No value of these rows is less than `to`; whether one was."""
    old = values[rows]
    values[rows] = np.maximum(old, to)
    return bool((old < to).any())


def _way(group: Rows) -> Way | None:
    """The rows that are parts, their wholes, and for each of them which of these; None without any."""
    rows = np.flatnonzero(group != NONE)
    if not len(rows):
        return None
    wholes, of = np.unique(group[rows], return_inverse=True)
    return rows, wholes, of


def _with_band(group: Rows, band: Rows) -> Rows:
    """The groups in which a whole or a part has a band; the rest is NONE: there rests are asked alone."""
    inside = np.flatnonzero(group != NONE)
    some = np.zeros(len(group), dtype=bool)
    some[band > 0] = True
    some[group[inside[band[inside] > 0]]] = True
    found = group.copy()
    found[inside[~some[group[inside]]]] = NONE
    return found


def _groups(cells: Cells, at: int) -> list[Rows]:
    """For each way in which rows are parts: the whole next above of each row, or NONE."""
    flows = cells.table.perturbed[at] in cells.table.flows
    return [_group(each) for each in cells.nestings if flows or not each.flows_only]


def _group(nesting: Nesting) -> Rows:
    found: Rows = np.where(nesting.next_above, nesting.wholes, NONE)
    return found
