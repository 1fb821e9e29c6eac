"""Attack 8: time. Cumulative series, one month after the other, and one release against the next, of counts
that move by their nature too.
"""

import json
from typing import Any

import numpy as np

from data.foundation import sql
from data.foundation.sql import literal
from data.redteam.attacker.between_releases import (
    named,
    named_by_pattern,
    of_appearing,
    of_bands,
    of_releases,
)
from data.redteam.attacker.likelihood import D, spread
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

STEPS = sql.beside(__file__, "sequence_steps")
PROFILES = sql.beside(__file__, "sequence_profiles")
LARGEST = 60


def attack(found: Opened, *, held: bool = True) -> dict[str, Any]:
    """Passes if no step of a cumulative series is named, no change of a closed count from the release before
    (`held`: as the method holds figures), and closed cells change only as the list says.
    """
    rows = found.columns(STEPS)
    step, n = np.ma.getdata(rows["step"]), np.ma.getdata(rows["n"])
    steps, small = 0, (n >= 1) & (n <= 4)
    if len(n):
        prior = np.bincount(np.clip(n, 0, LARGEST), minlength=LARGEST + 1) + 0.1
        v = step[:, None] - np.arange(LARGEST + 1)[None, :]
        likely = np.where(np.abs(v) <= 2 * D, spread(2)[np.clip(v + 2 * D, 0, 4 * D)], 0)
        likely[:, 0] = step == 0  # nobody left: the same set of records, so the same figure
        joint = prior * likely
        p = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
        steps = int((small & (p.max(axis=1) >= NAMED) & (p.argmax(axis=1) == n)).sum())
    changed, listed = _revised(found)
    between = named([of_releases(found)], held=held)
    bands = named_by_pattern(of_bands(found))
    appearing = named_by_pattern(of_appearing(found))
    profiles = None if changed is None else _profiles(found)
    outside = None if changed is None or listed is None else max(0, changed - listed)
    return entry(
        8,
        "time",
        not (steps or between["named"] or bands["named"] or appearing["named"] or outside or profiles),
        tried=small.sum() + sum(each["small_changes"] for each in (between, bands, appearing)),
        named=steps + sum(each["named"] for each in (between, bands, appearing)),
        steps=len(n),
        small_steps=small.sum(),
        between_releases=between,
        bands_between_releases=bands,
        appearing_between_releases=appearing,
        changed_closed_cells=changed,
        changed_outside_the_list=outside,
        profiles_by_revision=profiles,
    )


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
