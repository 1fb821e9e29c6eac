"""Attack 4: the same people are the same figure everywhere, and so is what changes when one person comes.

Standing: a part with the figure of its whole would be the profile of a whole group; how many groups there
are of which that is true, the exact counts say. Moving: if exactly one category of each breakdown changes
from one quarter to the next, one person may have come or gone, who is in each of them. And the stock of one
end is that of the end before, and who came, less who left: of two shown stocks and one flow the other
follows.
"""

from typing import Any

import numpy as np

from data.foundation import sql
from data.redteam.attacker.likelihood import UNSEEN, D, spread
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

LEAST = 20  # patterns of a kind that an attacker must have seen to be sure of it
MOVING = sql.beside(__file__, "signature_moving")
IDENTITY = sql.beside(__file__, "signature_identity")
FIGURES = 3  # shown ones, in which a withheld flow stands


def attack(found: Opened) -> dict[str, Any]:
    """Passes if no figure is its whole's, no pattern of change tells of one person, no flow is named."""
    ((same, truly),) = found.rows(
        "select count(*) filter (rest = 0), count(*) filter (rest = 0 and n = 0) from rests "
        "where relation in ('parts', 'total')"
    )
    ((there,),) = found.rows(
        "select coalesce(sum(pairs), 0) from nearly_all where n = 0 and relation in ('parts', 'total')"
    )
    kinds = found.rows(MOVING)
    sure = [row for row in kinds if row[3] >= LEAST and row[4] >= NAMED]
    wide: dict[tuple[int, int], list[float]] = {}
    for once, unmoved, _, number, share in kinds:
        seen = wide.setdefault((once, unmoved), [0, 0])
        seen[0] += number
        seen[1] += number * share
    surest = max((one / number for number, one in wide.values() if number >= LEAST), default=0.0)
    profiled = sum(row[3] for row in sure)
    flows = _flows(found)
    # Without a limit smaller groups are shown than are looked for where there is one.
    groups = max(there, truly)
    return entry(
        4,
        "same-set signature",
        not truly and not sure and surest < NAMED and not flows["flows_named"],
        tried=groups + sum(row[3] for row in kinds) + flows["small_flows"],
        named=truly + profiled + flows["flows_named"],
        groups_that_are_their_whole=there,
        figure_of_the_total=same,
        patterns_of_one_change=sum(row[3] for row in kinds),
        surest_pattern=surest,
        profiled=profiled,
        **flows,
    )


def _flows(found: Opened) -> dict[str, Any]:
    """What the identity of stocks tells of withheld flows: how many are asked, small, named, and how sure."""
    rows = {name: np.ma.getdata(column) for name, column in found.columns(IDENTITY).items()}
    n, rest = rows["n"].astype(np.int64), rows["rest"].astype(np.int64)
    small, named, surest = (n >= 1) & (n <= 4), 0, 0.0
    noise = spread(FIGURES)
    for kind in sorted(set(zip(rows["what"].tolist(), rows["grain"].tolist(), strict=True))):
        inside = (rows["what"] == kind[0]) & (rows["grain"] == kind[1])
        prior = np.bincount(np.minimum(n[inside], UNSEEN), minlength=UNSEEN + 1) + 0.5
        off = rest[inside][:, None] - np.arange(UNSEEN + 1)[None, :] + FIGURES * D
        likely = np.where((off >= 0) & (off < len(noise)), noise[np.clip(off, 0, len(noise) - 1)], 0)
        joint = prior * likely
        p = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
        sure = small[inside] & (p.max(axis=1) >= NAMED) & (p.argmax(axis=1) == n[inside])
        named += int(sure.sum())
        surest = max(surest, float(p.max(axis=1)[small[inside]].max(initial=0)))
    holds = float(rows["holds"].mean()) if len(n) else None
    return {
        "flows_by_stocks": len(n),
        "small_flows": int(small.sum()),
        "flows_named": named,
        "surest_flow": surest,
        "identity_holds": holds,
    }
