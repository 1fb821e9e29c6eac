"""Blocks of a table with all their margins, to be solved: parts × parts, and sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from data.foundation import areas, goal_areas, periods, sql
from data.foundation.sql import literal, literals
from data.redteam.attacker.likelihood import UNSEEN, Floats
from data.redteam.attacker.opened import Opened

LARGEST = 120  # cells of a block; larger ones are left to others
WITHHELD_ALIKE = sql.beside(__file__, "blocks")
LEAVES = [name for name in goal_areas.parents() if name not in goal_areas.parents().values()]
FLOWS = ("cases.opened", "cases.closed", "goals.agreed", "goals.attained")


@dataclass(frozen=True)
class Seen:
    """A published cell over some base cells: its y (0 is withheld), and the whole that it must leave T of."""

    members: tuple[int, ...]
    y: int
    whole: int | None  # None: nothing but its own smallness, or that of its wholes, withholds it


@dataclass(frozen=True)
class Block:
    """Base cells with their true counts (to judge), and every margin that is published of them.

    `prior` has a row per base cell: the distribution over withheld cells of the same kind that lie in as many
    shown wholes, which tells how large the place is.
    """

    name: str
    n: np.ndarray
    y: np.ndarray
    prior: Floats
    seen: tuple[Seen, ...]


def drawn(found: Opened, number: int) -> Iterator[Block]:
    """So many blocks: municipalities by quarters, goal areas by quarters, municipalities by categories."""
    makers = (_flows, _goals, _people)
    made, tries = 0, 0
    while made < number and tries < 30 * number:
        block = makers[tries % 3](found)
        tries += 1
        if block is not None and len(block.n) <= LARGEST and ((block.y == 0) & (block.n > 0)).any():
            made += 1
            yield block


def _pick(found: Opened, cells: str) -> tuple[Any, ...] | None:
    """One row of an ordered list, by the seed."""
    rows = found.rows(f"select distinct {cells} order by all")
    return rows[found.rng.integers(len(rows))] if rows else None


def _flows(found: Opened) -> Block | None:
    what = str(found.rng.choice(FLOWS))
    label = "gesamt" if what.startswith("goals") else ""
    picked = _pick(
        found,
        f"kreis, year from cells join places using (area) join times using (period) "
        f"where what = {literal(what)} and places.level = 'gemeinde' and times.grain = 'quarter' and y = 0",
    )
    if not picked:
        return None
    kreis, year = picked
    base = f"level = 'gemeinde' and {_inside(kreis)} and grain = 'quarter' and label = {literal(label)}"
    margins = f"label = {literal(label)} and {_inside(kreis)}"
    return _block(found, f"{what} {kreis} {year}", what, year, base, margins)


def _goals(found: Opened) -> Block | None:
    what = str(found.rng.choice(("goals.agreed", "goals.attained", "goals.decided")))
    picked = _pick(
        found,
        f"area, year from cells join times using (period) where what = {literal(what)} and level = 'kreis' "
        "and times.grain = 'quarter' and y = 0 and n > 0",
    )
    if not picked:
        return None
    area, year = picked
    base = f"area = {literal(area)} and grain = 'quarter' and label in ({literals(LEAVES)})"
    return _block(found, f"{what} {area} {year}", what, year, base, f"area = {literal(area)}")


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


def _block(found: Opened, name: str, what: str, period: str, base: str, margins: str) -> Block | None:
    """Every published cell in reach, with the base cells that it is the sum of."""
    whole = "cases.active_cases" if what.startswith("people") else what
    cells = found.rows(
        f"select area, period, sub, label, y, n, ({base}) and what = {literal(what)} as is_base, "
        "(select count(*) from families as f where f.id = cells.rowid) as wholes from cells "
        f"where what in ({literal(what)}, {literal(whole)}) and {_part_of(period)} and ({margins}) "
        "and grain <> 'month' order by all"
    )
    keys = [row[:4] for row in cells if row[6]]
    if not keys or any(row[4] is None or row[5] is None for row in cells if row[6]):
        return None
    members = _members(keys)
    seen = []
    for area, of, _, label, y, _, is_base, _ in cells:
        inside = tuple(members.get((area, of, label), ()))
        limited = label not in ("", "gesamt")
        if y is not None and inside:
            # Goals are also withheld for the number of people behind them, margins of categories for what
            # they leave of their whole: that these are withheld tells nothing of their size.
            total = None if not limited and not what.startswith("goals") else 0
            if limited and is_base:
                total = _whole(cells, area, of)
            seen.append(Seen(inside, int(y), total))
    y = np.array([row[4] for row in cells if row[6]])
    n = np.array([row[5] for row in cells if row[6]])
    wholes = [row[7] for row in cells if row[6]]
    counted = np.full((max(wholes) + 1, UNSEEN + 1), 0.5)
    area, of, sub, label = keys[0]
    for lies_in, value, number in found.rows(
        WITHHELD_ALIKE,
        what=what,
        level=areas.level(area),
        grain=periods.grain(of),
        sub=sub,
        label=label,
        wholes=max(wholes),
        unseen=UNSEEN,
    ):
        counted[lies_in, value] += number
    return Block(name, n, y, (counted / counted.sum(axis=1, keepdims=True))[wholes], tuple(seen))


def _inside(kreis: str) -> str:
    """The Kreis and its municipalities."""
    return f"area in (select area from places where kreis = '{kreis}')"


def _part_of(period: str) -> str:
    return f"period in (select period from times where '{period}' in (period, year))"


def _members(keys: list[tuple[Any, ...]]) -> dict[tuple[str, str, str], list[int]]:
    """By area, period and label of what holds base cells (area, period, sub, label): which it holds."""
    inside: dict[tuple[str, str, str], list[int]] = {}
    for at, (area, period, _, label) in enumerate(keys):
        longer = periods.read(period)
        for holding in product(
            {area, *(each.code for each in areas.ancestors(area))},
            {period, str(longer and longer.within("year"))},
            {label, "", "gesamt", *goal_areas.above(label)},
        ):
            inside.setdefault(holding, []).append(at)
    return inside


def _whole(cells: list[tuple[Any, ...]], area: str, period: str) -> int:
    """The shown whole of a cell of a breakdown; 0 where that is withheld too."""
    found = [row[4] for row in cells if row[0] == area and row[1] == period and row[3] in ("", "gesamt")]
    return int(found[0] or 0) if found else 0
