"""Blocks of a table with all their margins, to be solved: parts × parts, and sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from data.foundation import goal_areas, sql
from data.foundation.sql import literal, literals
from data.redteam.attacker.likelihood import UNSEEN, Floats
from data.redteam.attacker.opened import Opened

LARGEST = 120  # cells of a block; larger ones are left to others
WITHHELD_ALIKE = sql.beside(__file__, "blocks")
# How large the place is: by the shown base of a part, otherwise by how many shown wholes a cell lies in.
SIZE = "case when base > 0 then 10 + floor(log2(base))::int else coalesce(lies_in.wholes, 0) end"


LEAVES = [name for name in goal_areas.parents() if name not in goal_areas.parents().values()]


@dataclass(frozen=True)
class Seen:
    """A published cell over some base cells: its y (0 is withheld), and the whole that it must leave T of."""

    members: tuple[int, ...]
    y: int
    whole: int | None  # None: nothing but its own smallness, or that of its wholes, withholds it
    band: tuple[int, int] | None = None  # its number and the shown base


@dataclass(frozen=True)
class Block:
    """Base cells with their true counts (to judge), and every margin that is published of them.

    `prior` has a row per base cell: the distribution over withheld cells of the same kind in places as large.
    """

    name: str
    n: np.ndarray
    y: np.ndarray
    prior: Floats
    seen: tuple[Seen, ...]


def drawn(found: Opened, number: int) -> Iterator[Block]:
    """So many blocks: municipalities by periods, goal areas by periods, municipalities by categories.

    Quarters in their year, years in their funding phase, and so on, as the periods of the release nest.
    """
    spans = found.rows(
        "select distinct part.grain, whole.grain from times as part join times as whole "
        "on part.parent = whole.period where part.grain <> 'month' order by all"
    )
    makers = [partial(_flows, found, *span) for span in spans]
    makers += [partial(_goals, found, *span) for span in spans]
    makers += [partial(_people, found), partial(_shares, found)] * max(1, len(spans))
    made, tries = 0, 0
    while made < number and tries < 30 * number:
        block = makers[tries % len(makers)]()
        tries += 1
        if block is not None and ((block.y == 0) & (block.n > 0)).any():
            made += 1
            yield block


def _pick(found: Opened, cells: str) -> tuple[Any, ...] | None:
    """One row of an ordered list, by the seed."""
    rows = found.rows(f"select distinct {cells} order by all")
    return rows[found.rng.integers(len(rows))] if rows else None


def _flows(found: Opened, grain: str, longer: str) -> Block | None:
    """The municipalities of a Kreis in the periods of a longer one."""
    what = str(found.rng.choice([f"{table}.{name}" for table, name in _happening(found)]))
    table = found.tables[what.split(".")[0]]
    label = table.total[1] if table.total else ""
    picked = _pick(
        found,
        f"kreis, whole from cells join places using (area) join time_above using (period) "
        f"where what = {literal(what)} and places.level = 'gemeinde' and cells.grain = {literal(grain)} "
        f"and time_above.grain = {literal(longer)} and y = 0",
    )
    if not picked:
        return None
    kreis, span = picked
    base = (
        f"level = 'gemeinde' and {_inside(kreis)} and grain = {literal(grain)} and label = {literal(label)}"
    )
    margins = f"label = {literal(label)} and {_inside(kreis)}"
    return _block(found, f"{what} {kreis} {span}", what, span, base, margins)


def _happening(found: Opened) -> list[tuple[str, str]]:
    """The counts that happen within a period, of every table of areas and periods."""
    return [
        (table.name, name)
        for table in found.tables.values()
        if {"area_code", "period"} <= set(table.key) and not table.sparse
        for name in sorted(table.flows)
    ]


def _goals(found: Opened, grain: str, longer: str) -> Block | None:
    """The goal areas of a Kreis in the periods of a longer one."""
    what = str(found.rng.choice(("goals.agreed", "goals.attained", "goals.decided")))
    picked = _pick(
        found,
        f"area, whole from cells join time_above using (period) "
        f"where what = {literal(what)} and level = 'kreis' "
        f"and cells.grain = {literal(grain)} and time_above.grain = {literal(longer)} and y = 0 and n > 0",
    )
    if not picked:
        return None
    area, span = picked
    base = f"area = {literal(area)} and grain = {literal(grain)} and label in ({literals(LEAVES)})"
    return _block(found, f"{what} {area} {span}", what, span, base, f"area = {literal(area)}")


def _people(found: Opened) -> Block | None:
    picked = _pick(
        found,
        "kreis, period, sub from cells join places using (area) where what = 'people.active_cases' "
        "and places.level = 'gemeinde' and y = 0 and n > 0 and sub <> 'origin'",
    )
    if not picked:
        return None
    kreis, period, sub = picked
    base = f"level = 'gemeinde' and {_inside(kreis)} and sub = {literal(sub)}"
    margins = f"{_inside(kreis)} and (sub = {literal(sub)} or what = 'cases.active_cases')"
    return _block(found, f"people {kreis} {period} {sub}", "people.active_cases", period, base, margins)


def _shares(found: Opened) -> Block | None:
    """The municipalities of a Kreis at one time: a part whose share is told where it is withheld itself."""
    parts = [f"{table.name}.{part}" for table in found.tables.values() for part in sorted(table.bands)]
    what = str(found.rng.choice(parts))
    table = found.tables[what.split(".")[0]]
    label = literal(table.total[1] if table.total else "")
    picked = _pick(
        found,
        f"kreis, period from cells join places using (area) where what = {literal(what)} and label = {label} "
        "and places.level = 'gemeinde' and band > 0 and n > 0",
    )
    if not picked:
        return None
    kreis, period = picked
    base = f"level = 'gemeinde' and {_inside(kreis)} and label = {label} and period = {literal(period)}"
    margins = f"label = {label} and {_inside(kreis)} and period = {literal(period)}"
    return _block(found, f"{what} {kreis} {period}", what, period, base, margins)


def _block(found: Opened, name: str, what: str, span: str, base: str, margins: str) -> Block | None:
    """Every published cell in reach, with the base cells that it is the sum of."""
    whole = "cases.active_cases" if what.startswith("people") else what
    of = f"what in ({literal(what)}, {literal(whole)}) and {_part_of(span)} and ({margins})"
    cells = found.rows(
        f"select area, period, sub, label, y, n, ({base}) and what = {literal(what)} as is_base, "
        f"{SIZE} as size, band, base from cells left join lies_in on lies_in.id = cells.rowid "
        f"where {of} order by all"
    )
    keys = [row[:4] for row in cells if row[6]]
    if not 0 < len(keys) <= LARGEST or any(row[4] is None or row[5] is None for row in cells if row[6]):
        return None
    wholes_shown = {(row[0], row[1]): int(row[4] or 0) for row in cells if row[3] in ("", "gesamt")}
    members = _members(found, keys)
    seen = []
    for area, period, _, label, y, _, is_base, _, band, base_y in cells:
        inside = tuple(members.get((area, period, label), ()))
        if y is not None and inside:
            limited = label not in ("", "gesamt") and not what.startswith("goals")
            # What is withheld for something else too, people behind it or what it leaves of its whole, does
            # not tell that it is small.
            total = 0 if limited or found.limited_otherwise(what) else None
            if limited and is_base:
                total = wholes_shown.get((area, period), 0)
            seen.append(Seen(inside, int(y), total, (band, int(base_y)) if band and y == 0 else None))
    y, n, sizes = ([row[at] for row in cells if row[6]] for at in (4, 5, 7))
    return Block(name, np.array(n), np.array(y), _prior(found, what, keys[0], sizes), tuple(seen))


def _prior(found: Opened, what: str, key: tuple[Any, ...], sizes: list[int]) -> Floats:
    """By how large the place of each cell is: how such cells, when withheld, are distributed."""
    counted = np.full((max(sizes) + 1, UNSEEN + 1), 0.5)
    area, period, sub, label = key
    ((level, grain),) = found.rows(
        f"select level, grain from places, times where area = {literal(area)} and period = {literal(period)}"
    )
    for size, value, number in found.rows(
        WITHHELD_ALIKE.format(size=SIZE),
        what=what,
        level=level,
        grain=grain,
        sub=sub,
        label=label,
        most=max(sizes),
        unseen=UNSEEN,
    ):
        counted[size, value] += number
    shares: Floats = counted / counted.sum(axis=1, keepdims=True)
    return shares[sizes]


def _inside(kreis: str) -> str:
    """The Kreis and its municipalities."""
    return f"area in (select area from places where kreis = '{kreis}')"


def _part_of(span: str) -> str:
    inside = f"select period from time_above where whole = {literal(span)}"
    return f"period in (select {literal(span)} union all {inside})"


def _members(found: Opened, keys: list[tuple[Any, ...]]) -> dict[tuple[str, str, str], list[int]]:
    """By area, period and label of what holds base cells (area, period, sub, label): which it holds."""
    places, times = found.nests
    inside: dict[tuple[str, str, str], list[int]] = {}
    for at, (area, period, _, label) in enumerate(keys):
        for holding in product(
            places.get(area, {area}),
            times.get(period, {period}),
            {label, "", "gesamt", *goal_areas.above(label)},
        ):
            inside.setdefault(holding, []).append(at)
    return inside
