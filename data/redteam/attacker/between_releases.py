"""One release against the next: what a figure of a closed period that changes, or stays, tells of the count.

The attacker knows how figures are held: one changes surely where it is off by more than D, else the less
likely the nearer it is, and gets the new count with a new deviation. How often counts of a kind and age
change by how much he knows too, from all others of their kind in other places: in the months before and after
it is the same people whose plan was entered late, and what became of these is what he asks.

Without holding, every change of the count gives a new deviation, and an old cohort that changes at all has
most likely changed by one.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from data.foundation.sql import literal
from data.redteam.attacker.door import Listed
from data.redteam.attacker.likelihood import SYMMETRIC, D, Floats, Ints, noise
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED

STEEP = 4.0  # so many times as likely does a figure change that is off by one more
LARGEST = 60  # a change of the count by more is not asked about
OLDEST = 8  # quarters; older cohorts are alike
PSEUDO = 5
PATTERN = 20  # changes of a kind that somebody must have seen to be sure of it
ENOUGH = 30  # others of the kind; fewer are this cell's own truth, not what somebody knows
Changes = dict[str, Any]
Texts = np.ndarray[tuple[int], np.dtype[np.str_]]
Pattern = tuple[tuple[Any, ...], int]  # what is seen of a cell, and by how much its count changed


def of_releases(found: Opened) -> Changes:
    """Columns what, kind, aged, area and all that it lies in, y and y_before (both shown), and the change
    of the count, of closed cells.

    Nothing without a release before and a judge of it.
    """
    if found.before is None or found.before.truth is None:
        return {}
    connection = found.connection
    for name, path in (("b", found.before.release), ("bt", found.before.truth)):
        connection.execute(f"attach if not exists {literal(str(path))} as {name} (read_only)")
    connection.execute(
        "create or replace temp table changes "
        "(what varchar, kind varchar, aged varchar, area varchar, y bigint, y_before bigint, change bigint)"
    )
    for table in found.tables.values():
        keys = ", ".join(table.key)
        nested = " ".join(
            f"left join {name} as {name} on {name}.{one} = r.{column}"
            for column, name, one in (("area_code", "places", "area"), ("period", "times", "period"))
            if column in table.key
        )
        level, area = ("places.level", "r.area_code") if "area_code" in table.key else ("''", "''")
        age = (
            f"times.grain || least({OLDEST}, date_diff('quarter', times.ends, newest.ends))"
            if "period" in table.key
            else "''"
        )
        for count in table.counts:
            what = literal(f"{table.name}.{count}")
            connection.execute(
                f"insert into changes select {what}, concat_ws(' ', {what}, {level}, {age}), "
                f"concat_ws(' ', {what}, {age}), {area}, r.{count}, b.{count}, t.{count} - bt.{count} "
                f"from r.marts.{table.name} as r "
                f"join b.marts.{table.name} as b using ({keys}) "
                f"join t.marts.{table.name} as t using ({keys}) "
                f"join bt.marts.{table.name} as bt using ({keys}) {nested} "
                "cross join (select max(ends) as ends from times where period in "
                "(select period from b.marts.periods)) as newest "
                f"where r.{count} > 0 and b.{count} > 0"
            )
    # The same records stand in several cells: by the figures of both releases they are one.
    rows = found.columns(
        "with one as (select what, min(struct_pack(area, kind, aged)) as cell, y, y_before, change "
        "from changes group by what, y, y_before, change) "
        "select what, cell.kind as kind, cell.aged as aged, cell.area as area, "
        "coalesce(lies_in, '') as lies_in, y, y_before, change from one left join "
        "(select area, string_agg(whole, ' ') as lies_in from area_above group by area) as above "
        "on above.area = cell.area order by all"
    )
    return {name: np.ma.getdata(column) for name, column in rows.items()}


def named(several: Sequence[Changes], *, held: bool = True, steep: float = STEEP) -> dict[str, Any]:
    """Of all steps together: cells, those whose count changed by 1 to 4, how many are named, how sure."""
    some = [each for each in several if len(each.get("y", ()))]
    if not some:
        return {"cells": 0, "small_changes": 0, "figures_changed": 0, "named": 0, "surest": None}
    joined = {name: np.concatenate([each[name] for each in some]) for name in some[0]}
    change = np.clip(joined["change"].astype(np.int64), -LARGEST, LARGEST)
    step = np.clip((joined["y"] - joined["y_before"]).astype(np.int64), -LARGEST, LARGEST)
    prior = _prior(joined, change)
    # P(step | change), a row per step that was seen.
    joint = prior * (_if_held(steep) if held else _if_new())[:, step + LARGEST].T
    p = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
    best, sure = p.argmax(axis=1) - LARGEST, p.max(axis=1)
    small = (np.abs(change) >= 1) & (np.abs(change) <= 4)
    return {
        "cells": len(change),
        "small_changes": int(small.sum()),
        "figures_changed": int((step != 0).sum()),
        "named": int((small & (sure >= NAMED) & (best == change)).sum()),
        "surest": float(p[np.arange(len(p)), change + LARGEST][small].max(initial=0)),
    }


def of_bands(found: Opened) -> list[Pattern]:
    """Of parts whose band of a closed period is another one than in the release before, or there, or gone:
    which bands and the step of the base, and by how much the part changed.
    """
    if found.before is None or found.before.truth is None:
        return []
    rows: list[Pattern] = []
    for table in found.tables.values():
        had = _columns(found, table.name)
        for part, base in table.bands.items():
            if f"{part}_band" in had:
                seen = found.rows(
                    f"select b.{part}_band, r.{part}_band, greatest(-{D}, least({D}, r.{base} - b.{base})), "
                    f"t.{part} - bt.{part} from {_four(table)} "
                    f"where r.{part} = 0 and b.{part} = 0 and r.{part}_band <> b.{part}_band "
                    f"and r.{base} > 0 and b.{base} > 0"
                )
                rows += [((part, *kind), int(change)) for *kind, change in seen]
    return rows


def of_appearing(found: Opened) -> list[Pattern]:
    """Figures of closed periods that were withheld in the release before and are shown, or the other way
    round: which count, at which level, and which of both; and by how much the count changed.
    """
    if found.before is None or found.before.truth is None:
        return []
    rows: list[Pattern] = []
    for table in (each for each in found.tables.values() if "period" in each.key):
        had = _columns(found, table.name)
        level = "coalesce(level, ''), coalesce(kreis, '')" if "area_code" in table.key else "'', ''"
        places = "left join places on places.area = area_code" if "area_code" in table.key else ""
        for count in (each for each in table.counts if each in had):
            none = "0" if table.sparse else "null"
            y, y_before, n, n_before = (f"coalesce({of}.{count}, {none})" for of in ("r", "b", "t", "bt"))
            # The same people at the ends of a month and a year are seen once.
            seen = found.rows(
                f"select distinct {level}, {y} > 0, {y}, {y_before}, {n} - {n_before} "
                f"from {_four(table)} {places} "
                f"where ({y} > 0) <> ({y_before} > 0) and {n} is not null and {n_before} is not null "
                "and period in (select period from b.marts.periods)"
            )
            what = f"{table.name}.{count}"
            rows += [((what, of, appears), int(change)) for of, _, appears, *_, change in seen]
    return rows


def named_by_pattern(rows: Sequence[Pattern]) -> dict[str, int]:
    """How many there are, how many of a small change, and how many of a kind that nearly always is one."""
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for kind, change in rows:
        kinds.setdefault(kind, []).append(change)
    told = 0
    for changes in kinds.values():
        values, often = np.unique(changes, return_counts=True)
        likely, share = int(values[often.argmax()]), float(often.max() / len(changes))
        if len(changes) >= PATTERN and share >= NAMED and 1 <= abs(likely) <= 4:
            told += int(often.max())
    small = sum(1 <= abs(change) <= 4 for _, change in rows)
    return {"patterns": len(rows), "small_changes": small, "named": told}


def _columns(found: Opened, table: str) -> set[str]:
    """Which columns the table had in the release before."""
    rows = found.rows(
        "select column_name from duckdb_columns() where database_name = 'b' and table_name = $name",
        name=table,
    )
    return {column for (column,) in rows}


def _four(table: Listed) -> str:
    """The rows of both releases and of their exact counts; of a table that keeps shown rows only, all."""
    joined = f" {'full ' if table.sparse else ''}join {{}} using ({', '.join(table.key)})"
    name = f"marts.{table.name}"
    return f"r.{name} as r" + "".join(joined.format(f"{of}.{name} as {of}") for of in ("b", "t", "bt"))


def _prior(joined: Changes, change: Ints) -> Floats:
    """By how much counts of a kind, level, grain and age change; beside it, of that age at every level, and
    all other counts. Nothing is known of the place itself, nor of what it lies in or what lies in it.
    """
    what, aged, kind, area, lies_in = (
        joined[name].astype(str) for name in ("what", "aged", "kind", "area", "lies_in")
    )
    # One row for each kind and place.
    _, first, place = np.unique(_together(kind, area), return_index=True, return_inverse=True)
    every, of_place = _counted(np.zeros_like(place), change), _counted(place, change)
    others = every - _summed(of_place, what[first])
    wide = _summed(of_place, aged[first]) - _of_the_same_people(
        of_place, aged[first], area[first], lies_in[first]
    )
    wide += _shares(others + 0.01)
    wide += wide[:, ::-1]  # what nobody has seen may happen: as much up as down
    own = _summed(of_place, kind[first]) - of_place
    own[own.sum(axis=1) < ENOUGH] = 0
    return _shares(own + PSEUDO * _shares(wide))[place]


def _of_the_same_people(counted: Floats, group: Texts, area: Texts, lies_in: Texts) -> Floats:
    """For each place what is counted of its group there, in all that it lies in, and in what lies in it."""
    found = _summed(counted, _together(group, area))
    _, first = np.unique(_together(group, area), return_index=True)
    own = {(group[row], area[row]): found[row].copy() for row in first}
    rows: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(group, area, strict=True)):
        rows.setdefault(key, []).append(row)
    for row in first:
        here = (group[row], area[row])
        for above in ((group[row], whole) for whole in str(lies_in[row]).split()):
            if above in own:
                found[rows[here]] += own[above]
                found[rows[above]] += own[here]
    return found


def _summed(counted: Floats, group: Texts) -> Floats:
    """For each row the sum of all rows of its group."""
    _, at = np.unique(group, return_inverse=True)
    sums = np.zeros((int(at.max()) + 1, counted.shape[1]))
    np.add.at(sums, at, counted)
    of_rows: Floats = sums[at]
    return of_rows


def _together(one: Texts, other: Texts) -> Texts:
    found: Texts = np.char.add(np.char.add(one, " "), other)
    return found


def _shares(counted: Floats) -> Floats:
    found: Floats = counted / counted.sum(axis=-1, keepdims=True)
    return found


def _counted(group: np.ndarray, change: Ints) -> Floats:
    size = 2 * LARGEST + 1
    return (
        np.bincount(group * size + change + LARGEST, minlength=(int(group.max()) + 1) * size)
        .reshape(-1, size)
        .astype(np.float64)
    )


@cache
def _if_held(steep: float) -> Floats:
    """P(the figure moves by a step | the count changes by so much), both from -LARGEST to LARGEST."""
    made = np.zeros((2 * LARGEST + 1, 2 * LARGEST + 1))
    for change in range(-LARGEST, LARGEST + 1):
        row = made[change + LARGEST]
        for v, p in noise(SYMMETRIC).items():
            off = abs(change - v)  # of the count from the published figure
            moves = steep ** min(off - D - 1, 0)
            row[LARGEST] += p * (1 - moves)
            for new, q in noise(SYMMETRIC).items():
                row[np.clip(change - v + new, -LARGEST, LARGEST) + LARGEST] += p * moves * q
    return made


@cache
def _if_new() -> Floats:
    """The same where every change of the count gives it a new deviation."""
    made = np.zeros((2 * LARGEST + 1, 2 * LARGEST + 1))
    for change in range(-LARGEST, LARGEST + 1):
        row = made[change + LARGEST]
        if change == 0:
            row[LARGEST] = 1.0
            continue
        for v, p in noise(SYMMETRIC).items():
            for new, q in noise(SYMMETRIC).items():
                row[np.clip(change - v + new, -LARGEST, LARGEST) + LARGEST] += p * q
    return made
