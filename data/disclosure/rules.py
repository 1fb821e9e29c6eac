"""The rules of a release: display limit, people, parents, complements. Pure.

A cell is shown only if it holds on its own and every cell that it is a part of holds: the area levels above,
the longer periods (of flows), the total of its breakdown, the count that it is a part of. A count is released
as it is, as 0 where it is withheld (zero and small alike), or as UNKNOWN where nobody delivered it.

Whether something holds is no, unknown or yes, as in SQL: of an unknown count nothing can be said, and an
unknown whole forbids nothing. `data.releases.verify` asks the same of the written database by SQL of its own.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix, Rows
from data.disclosure.tables import Table
from data.foundation import areas

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
    """What each cell becomes. `limit` is T; `wholes` has, by the count that is a part of a count of another
    table, for each row what that whole is released as (0, UNKNOWN).
    """
    holds = _within_rows(cells, _alone(cells, limit, wholes))
    for nesting in cells.nestings:
        before = holds.copy()
        above = before[nesting.wholes]
        above[(nesting.wholes == NONE), :] = YES
        above[above == PERHAPS] = YES
        if nesting.flows_only:
            flowing = {*cells.table.flows, *(cells.table.counts[flow] for flow in cells.table.flows)}
            at = cells.columns(flowing)
            holds[:, at] = np.minimum(before[:, at], above[:, at])
        else:
            holds = np.minimum(before, above)
    return np.where(cells.y == UNKNOWN, UNKNOWN, np.where(holds == YES, cells.y, 0))


def counts(cells: Cells, shown: Matrix) -> dict[str, Rows]:
    """Every declared count and the people behind it, by name: a sum is shown if both of its parts are."""
    table = cells.table
    found: dict[str, Rows] = {}
    for count, people in table.counts.items():
        parts = table.sums.get(count, (count,))
        values = shown[:, [cells.column(part) for part in parts]]
        found[count] = _summed(values, values.sum(axis=1))
        if people != count:
            behind = [cells.column(table.counts[part]) for part in parts]
            found[people] = _summed(values, shown[:, behind].max(axis=1))
    return found


def kept(table: Table, found: Mapping[str, Rows]) -> Flags:
    """Which rows are written at all: of a sparse table only those with a shown count."""
    shown: Flags = np.any([values > 0 for values in found.values()], axis=0)
    return shown | (not table.sparse)


def _summed(values: Matrix, result: Rows) -> Rows:
    unknown, withheld = (values == UNKNOWN).any(axis=1), (values == 0).any(axis=1)
    return np.where(unknown, UNKNOWN, np.where(withheld, 0, result))


def _of(levels: Iterable[str]) -> str:
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"select area_code from staging.areas where area_level in ({listed})"


def _alone(cells: Cells, limit: int, wholes: Mapping[str, Rows]) -> Verdict:
    """Whether each count holds on its own: at least T, and at least T left of what it is a part of."""
    table, y = cells.table, cells.y
    holds = _at_least(y, limit)
    total = next((each for each in cells.nestings if table.total and each.column == table.total[0]), None)
    for at, name in enumerate(table.perturbed):
        owner = _owner(table, name)
        if part := table.parts.get(owner):
            whole = wholes[owner] if part.table else y[:, cells.column(_like(table, name, part.whole))]
            if part.complement:
                holds[:, at] = np.minimum(holds[:, at], _left(whole, y[:, at], limit))
            if part.table:
                holds[:, at] = np.minimum(holds[:, at], _at_least(whole, 1))
        if total:
            of_total = np.where(total.wholes == NONE, UNKNOWN, y[total.wholes, at])
            left = np.where(total.next_above, _left(of_total, y[:, at], limit), YES)
            holds[:, at] = np.minimum(holds[:, at], left)
    return holds


def _at_least(y: "Matrix | Rows", least: int) -> Verdict:
    return np.where(y == UNKNOWN, PERHAPS, np.where(y >= least, YES, NO)).astype(np.int8)


def _left(whole: Rows, part: Rows, limit: int) -> Verdict:
    known = (whole != UNKNOWN) & (part != UNKNOWN)
    return np.where(known, np.where(whole - part >= limit, YES, NO), PERHAPS).astype(np.int8)


def _owner(table: Table, name: str) -> str:
    """The count behind which these people are; a count is its own."""
    return next((count for count, people in table.counts.items() if people == name), name)


def _like(table: Table, name: str, whole: str) -> str:
    """The whole of a part; of the people behind the part, the people behind the whole."""
    return whole if name in table.counts else table.counts[whole]


def _within_rows(cells: Cells, alone: Verdict) -> Verdict:
    """A count holds within its row with the people behind it and with the count that it is a part of."""
    columns = [
        alone[:, [cells.column(each) for each in _needed(cells.table, name)]].min(axis=1)
        for name in cells.table.perturbed
    ]
    return np.stack(columns, axis=1)


def _needed(table: Table, name: str) -> list[str]:
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = None
        waiting.append(table.counts.get(each, each))
        part = table.parts.get(_owner(table, each))
        if part and not part.table:
            waiting.append(_like(table, each, part.whole))
    return list(found)
