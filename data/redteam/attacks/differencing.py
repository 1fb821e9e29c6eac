"""Attack 1: what is left of a whole after its shown parts, for every whole and part of the list."""

from typing import Any

import numpy as np

from data.redteam.attacker.verdict import NAMED, entry

LEAST = 1000  # small cells that have to be judged


def attack(
    evidence: dict[str, np.ndarray], rests: dict[str, np.ndarray], least: int = LEAST
) -> dict[str, Any]:
    """Passes if no small cell (1-4) and no small group between two shown cells is named."""
    # From what is known of all such cells: what few places have is the truth of these, and no prior.
    n, p = evidence["n"], evidence["by_frequency"]
    best = p.argmax(axis=1)
    small = (n >= 1) & (n <= 4)
    sure = p.max(axis=1) >= NAMED
    named = small & sure & (best == n)
    group = (rests["n"] >= 1) & (rests["n"] <= 4)
    told_of = rests["posterior"].max(axis=1) >= NAMED
    group_named = group & told_of & (rests["posterior"].argmax(axis=1) == rests["n"])
    judged = len(np.unique(evidence["id"][small]))
    by_relation = {
        relation: int((small & (evidence["relation"] == relation)).sum())
        for relation in sorted(set(evidence["relation"].tolist()))
    }
    return entry(
        1,
        "differencing",
        not named.any() and not group_named.any() and judged >= least,
        tried=judged + group.sum(),
        named=named.sum() + group_named.sum(),
        pairs=len(n) + len(rests["n"]),
        small_cells=judged,
        small_cells_named=named.sum(),
        small_groups_between_shown_cells=group.sum(),
        small_groups_named=group_named.sum(),
        surest=p[small].max(initial=0.0),
        small_by_relation=by_relation,
    )
