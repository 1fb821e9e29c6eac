"""Attack 8: time. Cumulative series, one month after the other, and one release against the next, of counts
that move by their nature too.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from data.foundation import sql
from data.foundation.sql import literal, literals
from data.redteam.attacker import losses
from data.redteam.attacker.between_releases import (
    named,
    named_by_pattern,
    of_appearing,
    of_bands,
    of_releases,
)
from data.redteam.attacker.likelihood import Ints
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry

CURVES = sql.beside(__file__, "sequence_curves")
INSIDE = sql.beside(__file__, "sequence_inside")
PROFILES = sql.beside(__file__, "sequence_profiles")


def attack(found: Opened, *, held: bool = True) -> dict[str, Any]:
    """Passes if no step of a cumulative series is named, no change of a closed count from the release before
    (`held`: as the method holds figures), and closed cells change only as the list says.
    """
    steps = [losses.told(each) for each in of_curves(found)]
    named_steps, small = sum(each.named for each in steps), sum(each.small for each in steps)
    changed, listed = _revised(found)
    between = named([of_releases(found)], held=held)
    bands = named_by_pattern(of_bands(found))
    appearing = named_by_pattern(of_appearing(found))
    profiles = None if changed is None else _profiles(found)
    outside = None if changed is None or listed is None else max(0, changed - listed)
    return entry(
        8,
        "time",
        not (named_steps or between["named"] or bands["named"] or appearing["named"] or outside or profiles),
        tried=small + sum(each["small_changes"] for each in (between, bands, appearing)),
        named=named_steps + sum(each["named"] for each in (between, bands, appearing)),
        steps=sum(each.steps for each in steps),
        small_steps=small,
        small_steps_named=named_steps,
        surest_step=max((each.surest for each in steps), default=0.0),
        between_releases=between,
        bands_between_releases=bands,
        appearing_between_releases=appearing,
        changed_closed_cells=changed,
        changed_outside_the_list=outside,
        profiles_by_revision=profiles,
    )


def of_curves(found: Opened) -> Iterator[losses.Curves]:
    """Every cumulative series of the release, and every count that lies in another of its row or of before.

    A step is of the kind of those that lead from a figure of the same size, on the same level, and of a
    series to figures of parts of the same size; of a row, in the same grain and for the same goal area.
    """
    for table in found.tables.values():
        for count in table.falls:
            parts = [name for name, wholes in table.wholes.items() if any(of[1] == count for of in wholes)]
            told = literals(f"{table.name}.{part}" for part in parts or [""])
            rows = found.columns(CURVES.format(what=literal(f"{table.name}.{count}"), parts=told))
            if not len(rows["n"]):
                continue
            at = rows["curve"], rows["place"]
            y, n, of_parts, level, area = np.zeros(
                (5, int(at[0].max()) + 1, int(at[1].max()) + 1), dtype=np.int64
            )
            y[at], n[at], of_parts[at] = (np.ma.filled(rows[name], 0) for name in ("y", "n", "of_parts"))
            level[at], area[at] = _numbered(rows["level"]), _numbered(rows["area"])
            kinds = np.zeros_like(y)
            kinds[:, 1:] = _numbered(level[:, 1:], _size(y[:, :-1]), _size(of_parts[:, :-1]))
            yield losses.Curves(y, n, kinds, area[:, 0])
        inside = [(whole, part, 0) for whole, part in table.above]
        inside += [(whole, part, months) for part, whole, months in table.since]
        for whole, part, months in inside:
            names = {"whole": literal(f"{table.name}.{whole}"), "part": literal(f"{table.name}.{part}")}
            rows = found.columns(INSIDE.format(**names, months=months))
            y, n = (
                np.stack([np.ma.getdata(rows[f"{of}_{name}"]) for of in ("whole", "part")], axis=1)
                for name in ("y", "n")
            )
            kinds = np.zeros_like(y)
            kinds[:, 1] = _numbered(_numbered(rows["kind"]), _size(y[:, 0]))
            yield losses.Curves(y, n, kinds, _numbered(rows["area"]), whole_gives_way=not months)


def _size(y: Ints) -> Ints:
    """Figures of about the same size have the same number."""
    found: Ints = np.ceil(2 * np.log2(np.maximum(y, 1))).astype(np.int64)
    return found


def _numbered(*columns: np.ndarray) -> Ints:
    """A number for each different combination, in the shape of the columns."""
    found = np.zeros(columns[0].shape, dtype=np.int64)
    for column in columns:
        own = np.unique(np.ma.getdata(column), return_inverse=True)[1].reshape(found.shape)
        found = found * (own.max(initial=0) + 1) + own
    numbers: Ints = np.unique(found, return_inverse=True)[1].reshape(found.shape)
    return numbers


def _profiles(found: Opened) -> int:
    """Places where one person alone seems to have been corrected; with a judge, those where it is so, and the
    person is in the categories that changed.
    """
    seen = {area: set(those) for area, those in found.rows(PROFILES.format(before="b", after="r"))}
    if found.before and found.before.truth:
        there = {area: set(those) for area, those in found.rows(PROFILES.format(before="bt", after="t"))}
        return sum(those <= there.get(area, set()) for area, those in seen.items())
    return len(seen)


def _revised(found: Opened) -> tuple[int | None, int | None]:
    """Cells of closed periods that differ from the release before, and how many the manifest tells of."""
    if found.before is None:
        return None, None
    found.connection.execute(f"attach if not exists {literal(str(found.before.release))} as b (read_only)")
    changed = 0
    for table in found.tables.values():
        if "period" not in table.key:
            continue
        same = " and ".join(f"b.{key} is not distinct from a.{key}" for key in table.key)
        for count in set(table.counts) - table.moving:
            none = "0" if table.sparse else "null"
            old, new = f"coalesce(b.{count}, {none})", f"coalesce(a.{count}, {none})"
            changed += found.rows(
                f"select count(*) from b.marts.{table.name} as b "
                f"full join r.marts.{table.name} as a on {same} "
                "where coalesce(b.period, a.period) in (select period from b.marts.periods) "
                f"and {old} is not null and {old} is distinct from {new}"
            )[0][0]
    manifest = found.release.parent / "manifest.json"
    listed = None
    if manifest.exists():
        listed = sum(json.loads(manifest.read_text(encoding="utf-8"))["revised"].values())
    return changed, listed


def over_steps(each: list[Opened], *, held: bool = True) -> dict[str, Any]:
    """The same over several releases: what is seldom in one step is seen in all together."""
    steps = [attack(found, held=held) for found in each]
    between = named([of_releases(found) for found in each], held=held)
    bands = named_by_pattern([row for found in each for row in of_bands(found)])
    appearing = named_by_pattern([row for found in each for row in of_appearing(found)])
    every = (between, bands, appearing)
    figures = [step["figures"] for step in steps]
    outside = sum(one["changed_outside_the_list"] or 0 for one in figures)
    return entry(
        8,
        "time, over several releases",
        all(step["passed"] for step in steps) and not any(told["named"] for told in every),
        tried=sum(told["small_changes"] for told in every),
        named=sum(told["named"] for told in every),
        releases=len(each) + 1,
        between_releases=between,
        bands_between_releases=bands,
        appearing_between_releases=appearing,
        changed_closed_cells=sum(one["changed_closed_cells"] or 0 for one in figures),
        changed_outside_the_list=outside,
        profiles_by_revision=sum(one["profiles_by_revision"] or 0 for one in figures),
    )
