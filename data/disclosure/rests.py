"""What is left of a whole beside its shown parts may not pin a withheld part down to few values. Pure.

People add up over nothing: one counts once a year but in several quarters, once in all but in several goal
areas. So only what is counted by itself enters, cases, goals, consultations.

A whole and its parts deviate by at most D each, so what is left is known to within D times their number.
Seldom the deviations fall so that the upper end of that is near zero: then the smallest part goes too.
Source: the criterion of integer feasibility, by which the interval of every small cell is at least five wide.

A base is the rest of its whole as well: where Kreise do not deliver what it needs, an area above them has the
whole with them and the base without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from data.disclosure import rules
from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix, Rows
from data.disclosure.table_list import Kind
from data.foundation import areas, periods
from data.foundation.parameters import Parameters

ROOM = 5
# Of a base beside its whole only two figures tell, so a narrow rest takes less unlikely ones, and mostly
# nobody is left: with this room a rest of one makes them at most four times as likely as one of three. Of
# people hardly anything but one is left, which is told where it is much more likely than two.
ROOM_OF_BASES = 8
ROOM_OF_PEOPLE = 10
_LARGER = areas.LEVELS[: areas.LEVELS.index(areas.KREIS)]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Family:
    """Rows that are the parts of wholes: `group` has for each row the number of its whole, or NONE.

    `columns` are the counts that add up, and `wholes` what they add up to, one row per group.
    """

    group: Rows
    columns: Rows
    wholes: Matrix


def withheld(cells: Cells, parameters: Parameters, wholes: Mapping[str, Rows]) -> tuple[Matrix, Flags]:
    """What each cell becomes by all rules, once more until no rest is too narrow; see `rules.released`.

    What is withheld here is withheld before the rules are applied, so whatever is part of it goes with it.
    Which cells would be shown but for that, is told beside it.
    """
    # Most cells of small places can't be shown whatever the others are, and need no rule.
    some, at = cells.around(np.any(cells.y >= parameters.limit, axis=1) | _kreise(cells))
    beside = {name: whole[at] for name, whole in wholes.items()}
    shown = rules.released(some, parameters.limit, beside)
    without = shown
    while True:
        found = list(narrow(some, shown, beside, parameters.deviation))
        for rows, columns in found:
            some.y[rows, columns] = 0
        if not any(len(rows) for rows, _ in found):
            break
        shown = rules.released(some, parameters.limit, beside)
    every = np.where(cells.y == UNKNOWN, UNKNOWN, 0)
    every[at] = shown
    by_rest = np.zeros(every.shape, dtype=bool)
    by_rest[at] = (without > 0) & (shown == 0)
    return every, by_rest


def narrow(
    cells: Cells, shown: Matrix, wholes: Mapping[str, Rows], deviation: int
) -> Iterator[tuple[Rows, Rows]]:
    """Rows and columns of the parts to be withheld, family by family."""
    for family in families(cells, shown, wholes):
        yield _smallest_of_narrow(family, shown, deviation)
    yield from _undelivered(cells, shown, wholes, deviation)
    yield from _uncovered(cells, shown)


def families(cells: Cells, shown: Matrix, wholes: Mapping[str, Rows]) -> Iterator[Family]:
    """Every way in which rows of a released table are the parts of a shown whole."""
    table = cells.table
    every = cells.columns(frozenset(table.counts))
    happen = cells.columns(table.flows & table.counts.keys())
    by_nesting = {(each.column, each.of): each for each in cells.nestings}
    asked = [("area_code", level, every) for level in areas.LEVELS[:-1]]
    asked += [("period", grain, happen) for grain in list(periods.GRAINS)[:-1][::-1]]
    asked += [(table.total[0], whole, every) for whole in table.wholes] if table.total else []
    for column, of, columns in asked:
        if nesting := by_nesting.get((column, of)):
            group = np.where(nesting.next_above, nesting.wholes, NONE)
            yield Family(group, columns, shown[:, columns])
    for name, parts in table.parts.items():
        for part in parts:
            if part.table and table.sparse:  # the categories of one breakdown
                group, first = cells.groups(table.key[:3])
                whole = wholes[f"{part.table}.{part.whole}"]
                yield Family(group, cells.columns({name}), whole[first][:, None])


def _undelivered(
    cells: Cells, shown: Matrix, wholes: Mapping[str, Rows], deviation: int
) -> Iterator[tuple[Rows, Rows]]:
    """Every base that with its whole, and with what is shown of the Kreise that do not deliver it, pins the
    others of these down. A whole and a base of the same records deviate alike, so nothing is found there.
    """
    table, kreise = cells.table, np.flatnonzero(_kreise(cells))
    bases = [(name, part) for name in table.counts for part in table.parts.get(name, ())
             if part.kind is Kind.BASE and len(kreise)]  # fmt: skip
    for name, part in bases:
        column = cells.column(name)
        whole = wholes[f"{part.table}.{part.whole}"] if part.table else shown[:, cells.column(part.whole)]
        lacking = kreise[(shown[kreise, column] == UNKNOWN) & (whole[kreise] > 0)]
        left, figures = whole - shown[:, column], np.full(len(whole), 2)
        for nesting in cells.nestings:
            if nesting.column == "area_code" and nesting.of in _LARGER:
                inside = lacking[nesting.wholes[lacking] != NONE]
                np.subtract.at(left, nesting.wholes[inside], whole[inside])
                np.add.at(figures, nesting.wholes[inside], 1)
        room = ROOM_OF_PEOPLE if table.counts[name] == name else ROOM_OF_BASES
        too_narrow = (whole > 0) & (shown[:, column] > 0) & (left + deviation * figures < room)
        rows = np.flatnonzero(too_narrow)
        yield rows, np.full(len(rows), column)


def _uncovered(cells: Cells, shown: Matrix) -> Iterator[tuple[Rows, Rows]]:
    """Every count of an area of few areas none of which shows its own: of a sum of ten or more in two places,
    both below ten, each has somebody.
    """
    many, level = cells.table.cover or (0, "")
    for nesting in cells.nestings:
        if nesting.column == "area_code" and nesting.of == level:
            inside = np.flatnonzero(nesting.next_above & (nesting.wholes != NONE))
            one_is = np.zeros(shown.shape, dtype=bool)
            np.logical_or.at(one_is, nesting.wholes[inside], shown[inside] > 0)
            parts = cells.parts_of(level)
            few = (parts > 0) & (parts < many)
            rows, columns = np.nonzero((shown > 0) & ~one_is & few[:, None])
            yield rows, columns


def _kreise(cells: Cells) -> Flags:
    """Which rows are those of a Kreis: of the smallest area that delivers, or does not. None where the table
    has no larger area, of which they would be parts.
    """
    is_part = any(each.column == "area_code" and each.of in _LARGER for each in cells.nestings)
    return cells.of_level(areas.KREIS) & is_part


def _smallest_of_narrow(family: Family, shown: Matrix, deviation: int) -> tuple[Rows, Rows]:
    """The smallest shown part of each whole that leaves too little room; of equal ones the first."""
    rows = np.flatnonzero(family.group != NONE)
    group, many = family.group[rows], len(family.wholes)
    found: list[tuple[Rows, Rows]] = []
    for at, column in enumerate(family.columns):
        part = shown[rows, column]
        some = part > 0
        added = np.bincount(group[some], weights=part[some], minlength=many)
        parts = np.bincount(group[some], minlength=many)
        whole = family.wholes[:, at]
        too_narrow = (whole > 0) & (parts > 0) & (whole - added + deviation * (parts + 1) < ROOM)
        candidates = np.flatnonzero(some & too_narrow[group])
        by_size = candidates[np.lexsort((rows[candidates], part[candidates], group[candidates]))]
        first = np.unique(group[by_size], return_index=True)[1]
        chosen = rows[by_size[first]]
        found.append((chosen, np.full(len(chosen), column)))
    return _joined(found)


def _joined(found: list[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    return np.concatenate([rows for rows, _ in found]), np.concatenate([columns for _, columns in found])
