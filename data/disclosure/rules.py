"""The rules of a release: display limit, parents, complements by kind of part. Pure.

A cell is shown only if it holds on its own and every cell that it is a part of holds: the area levels above,
the longer periods (of flows), the total of its breakdown, the count that it is a part of. Of that, what
says something about a person leaves T at least, what says how an office works OFFICE, what only says what is
known at all anything. A count is released as it is, as 0 where it is withheld (zero and small alike),
or as UNKNOWN where nobody delivered it.

Whether something holds is no, unknown or yes, as in SQL: of an unknown count nothing can be said, and an
unknown whole forbids nothing. `data.releases.verify` asks the same of the written database by SQL of its own.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix, Nesting, Rows
from data.disclosure.table_list import Kind, Table
from data.foundation import areas

OFFICE = 3  # so many at least are left of a whole beside what an office did for the others
NO, PERHAPS, YES = 0, 1, 2  # "and" is the least of them
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Verdict = np.ndarray[tuple[int, ...], np.dtype[np.int8]]


def grain(table: Table) -> str:
    """SQL: which rows are published at all: the levels of the table, and months only from Kreis upward."""
    if "area_code" not in table.key:
        return "true"
    condition = f"area_code in ({_of(table.levels)})"
    if "period" in table.key:
        longer = "select period from staging.periods where period_grain <> 'month'"
        condition += (
            f" and (area_code in ({_of(filter(areas.by_month, areas.LEVELS))}) or period in ({longer}))"
        )
    return condition


def released(cells: Cells, limit: int, wholes: Mapping[str, Rows]) -> Matrix:
    """What each cell becomes. `limit` is T; `wholes` has, by `table.count`, what counts of other tables that
    parts here are of are released as, row by row (0, UNKNOWN).
    """
    holds = _alone(cells, limit, wholes)
    while True:  # a quarter goes with its year, then the places in it with the quarter, then their parts
        before = holds
        holds = _within_rows(cells, holds)
        for nesting in cells.nestings:
            holds = _inside(cells, holds, nesting)
        if np.array_equal(before, holds):
            break
    return np.where(cells.y == UNKNOWN, UNKNOWN, np.where(holds == YES, cells.y, 0))


def counts(cells: Cells, shown: Matrix) -> dict[str, Rows]:
    """The released counts by name; gates are none of them."""
    return {count: shown[:, cells.column(count)] for count in cells.table.counts}


def written(table: Table, found: Mapping[str, Rows]) -> Flags:
    """Which rows are written at all: of a sparse table only those with a shown count."""
    shown: Flags = np.any([values > 0 for values in found.values()], axis=0)
    return shown | (not table.sparse)


def _of(levels: Iterable[str]) -> str:
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"select area_code from staging.areas where area_level in ({listed})"


def _alone(cells: Cells, limit: int, wholes: Mapping[str, Rows]) -> Verdict:
    """Whether each count holds on its own: at least T, and enough left of what it is a part of."""
    table, y = cells.table, cells.y
    holds = _at_least(y, limit)
    in_total = [each for each in cells.nestings if table.total and each.column == table.total[0]]
    for at, name in enumerate(table.perturbed):
        for part in table.parts.get(name, ()):
            whole = wholes[f"{part.table}.{part.whole}"] if part.table else y[:, cells.column(part.whole)]
            if part.kind is not Kind.BASE:
                least = limit if part.kind is Kind.PERSON else OFFICE
                holds[:, at] = np.minimum(holds[:, at], _left(whole, y[:, at], least))
            if part.table:
                holds[:, at] = np.minimum(holds[:, at], _at_least(whole, 1))
                if table.least_base:
                    least, level = table.least_base
                    enough = _at_least(whole, least)
                    enough[~cells.at_level(level)] = YES
                    holds[:, at] = np.minimum(holds[:, at], enough)
        for each in in_total:
            of_whole = np.where(each.wholes == NONE, UNKNOWN, y[each.wholes, at])
            left = np.where(each.next_above, _left(of_whole, y[:, at], limit), YES)
            holds[:, at] = np.minimum(holds[:, at], left)
    return holds


def _inside(cells: Cells, holds: Verdict, nesting: Nesting) -> Verdict:
    """Whoever is part of something holds only if that holds; what does not exist forbids nothing."""
    above = holds[nesting.wholes]
    above[nesting.wholes == NONE] = YES
    above[above == PERHAPS] = YES
    if nesting.flows_only:
        above[:, [name not in cells.table.flows for name in cells.table.perturbed]] = YES
    if nesting.only is not None:
        above[:, [name not in nesting.only for name in cells.table.perturbed]] = YES
    found: Verdict = np.minimum(holds, above)
    return found


def _at_least(y: "Matrix | Rows", least: int) -> Verdict:
    return np.where(y == UNKNOWN, PERHAPS, np.where(y >= least, YES, NO)).astype(np.int8)


def _left(whole: Rows, part: Rows, limit: int) -> Verdict:
    known = (whole != UNKNOWN) & (part != UNKNOWN)
    return np.where(known, np.where(whole - part >= limit, YES, NO), PERHAPS).astype(np.int8)


def _within_rows(cells: Cells, alone: Verdict) -> Verdict:
    """A count holds within its row with the counts that it is a part of, and with what is beside it."""
    columns = [
        alone[:, [cells.column(each) for each in _needed(cells.table, name)]].min(axis=1)
        for name in cells.table.perturbed
    ]
    found = np.stack(columns, axis=1)
    # A known count whose whole nobody knows is not shown, so what is part of it is not either.
    found[(found == PERHAPS) & (cells.y != UNKNOWN)] = NO
    return found


def _needed(table: Table, name: str) -> list[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = None
        for part in table.parts.get(each, ()):
            waiting += [part.whole] if not part.table else []
            waiting += [part.beside] if part.beside else []
    return list(found)
