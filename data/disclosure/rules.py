"""The rules of a release as SQL over perturbed cells: display limit, people, parents, complements. Pure.

The source is a table with the deviated counts (`y`) of one table of the list; the answer holds every count
either as it is shown, as 0 where it is withheld (zero and small alike), or as null where nothing was
delivered. A cell is shown only if it holds on its own and every cell that it is a part of holds: the area
levels above, the longer periods (of flows), the total of its breakdown, the count that it is a part of. What
lies in what is told by `staging.areas_above` and `staging.periods_above`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.disclosure.tables import Table
from data.foundation import areas, periods
from data.foundation.sql import literal


@dataclass(frozen=True)
class _Nesting:
    """One way in which the cells `s` of a table are parts of others of it, `t`: as a step of the statement.

    The two differ in the key column `differs`; `on` tells which is the whole, and `above` joins to each cell
    at most one row with what it lies in. `flows_only`: of a stock the longer period is no sum.
    """

    name: str
    differs: str
    on: str
    above: str = ""
    flows_only: bool = False


def grain(table: Table) -> str:
    """Which rows are published at all: the levels of the table, and months only from Kreis upward."""
    if "area_code" not in table.key:
        return "true"
    condition = f"area_code in ({_of(table.levels)})"
    if "period" in table.key:
        longer = "select period from staging.periods where period_grain <> 'month'"
        condition += (
            f" and (area_code in ({_of(filter(areas.by_month, areas.LEVELS))}) or period in ({longer}))"
        )
    return condition


def statement(table: Table, source: str, limit: int) -> str:
    """The released rows of `source` (key, other columns, one `y` per perturbed count). `limit` is T."""
    flags = ", ".join(f"{ok} as ok_{name}" for name, ok in _own(table, limit))
    inner = ", ".join(f"{_row(table, name)} as in_{name}" for name in table.perturbed)
    steps = [
        f"own as (select s.*, {flags} from {source} as s {_wholes(table)} {_total(table, source)})",
        f"inside as (select *, {inner} from own)",
    ]
    last = "inside"
    for nesting in _nestings(table):
        steps.append(_step(table, last, nesting))
        last = nesting.name
    return f"with {', '.join(steps)} select {', '.join(_columns(table))} from {last}" + _kept(table)


def _of(levels: Iterable[str]) -> str:
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"select area_code from staging.areas where area_level in ({listed})"


def _own(table: Table, limit: int) -> Iterator[tuple[str, str]]:
    """Whether each count holds on its own: at least T, and at least T left of what it is a part of."""
    for name in table.perturbed:
        conditions = [f"s.{name} >= {limit}"]
        owner = next((count for count, people in table.counts.items() if people == name), name)
        if part := table.parts.get(owner):
            whole = f"w.{part.whole}" if part.table else f"s.{_like(table, name, part.whole)}"
            if part.complement:
                conditions.append(f"{whole} - s.{name} >= {limit}")
            if part.table:
                conditions.append(f"{whole} > 0")
        if table.total:
            column, value = table.total
            conditions.append(f"(s.{column} = {literal(value)} or t.{name} - s.{name} >= {limit})")
        yield name, " and ".join(conditions)


def _like(table: Table, name: str, whole: str) -> str:
    """The whole of a part; of the people behind the part, the people behind the whole."""
    return whole if name in table.counts else table.counts[whole]


def _wholes(table: Table) -> str:
    others = {part.table for part in table.parts.values() if part.table}
    return "".join(f"join released.{other} as w using (area_code, period) " for other in sorted(others))


def _total(table: Table, source: str) -> str:
    if not table.total:
        return ""
    column, value = table.total
    same = " and ".join(f"t.{key} is not distinct from s.{key}" for key in table.key if key != column)
    return f"left join {source} as t on {same} and t.{column} = {literal(value)}"


def _row(table: Table, name: str) -> str:
    """A count holds within its row with the people behind it and with the count that it is a part of."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = None
        owner = next((count for count, people in table.counts.items() if people == each), each)
        waiting.append(table.counts.get(each, each))
        part = table.parts.get(owner)
        if part and not part.table:
            waiting.append(_like(table, each, part.whole))
    return " and ".join(f"ok_{each}" for each in found)


def _nestings(table: Table) -> Iterator[_Nesting]:
    """Everything that the cells of a table are a part of, the in the order in which that is asked."""
    if table.total:
        column, value = table.total
        yield _Nesting("totals", column, f"t.{column} = {literal(value)}")
    if "area_code" in table.key:
        for level in areas.LEVELS[:-1]:
            above = f"staging.areas_above as up on up.area_code = s.area_code and up.above_level = '{level}'"
            yield _Nesting(f"under_{level}", "area_code", "t.area_code = up.above_code", above)
    if "period" in table.key and table.flows:
        for longer in list(periods.GRAINS)[-2::-1]:
            above = f"staging.periods_above as up on up.period = s.period and up.above_grain = '{longer}'"
            on = "t.period = up.above_period"
            yield _Nesting(f"in_{longer}", "period", on, above, flows_only=True)


def _step(table: Table, before: str, nesting: _Nesting) -> str:
    """Whoever is part of something holds only if that holds; what does not exist forbids nothing."""
    same = [f"t.{key} is not distinct from s.{key}" for key in table.key if key != nesting.differs]
    nested = {*table.flows, *(table.counts[flow] for flow in table.flows)}
    flags = ", ".join(
        f"s.in_{count} and coalesce(t.in_{count}, true) as in_{count}"
        for count in table.perturbed
        if not nesting.flows_only or count in nested
    )
    above = nesting.above and f"left join {nesting.above} "
    return (
        f"{nesting.name} as (select s.* replace ({flags}) from {before} as s {above}"
        f"left join {before} as t on {' and '.join([*same, nesting.on])})"
    )


def _columns(table: Table) -> Iterator[str]:
    """Every column of the answer: a sum is shown if both of its parts are."""
    own = {*table.perturbed, *table.counts, *table.counts.values()}
    inside = ", ".join(f"ok_{name}, in_{name}" for name in table.perturbed)
    yield f"* exclude ({', '.join(sorted(own & set(table.perturbed)))}, {inside})"
    for count, people in table.counts.items():
        parts = table.sums.get(count, (count,))
        shown = " and ".join(f"in_{part}" for part in parts)
        known = " or ".join(f"{part} is null" for part in parts)
        added = " + ".join(parts)
        yield f"(case when {known} then null when {shown} then {added} else 0 end)::int as {count}"
        if people != count:
            behind = [table.counts[part] for part in parts]
            most = f"greatest({', '.join(behind)})"
            yield f"(case when {known} then null when {shown} then {most} else 0 end)::int as {people}"


def _kept(table: Table) -> str:
    return f" where {' or '.join(f'in_{name}' for name in table.perturbed)}" if table.sparse else ""
