"""Attack 11, a check: is the deviation what the method says? The only one that calls `data.disclosure`."""

from typing import Any

import numpy as np

from data.disclosure import keys, perturbation
from data.redteam.attacker.likelihood import BLOCKED, SYMMETRIC, D, V, noise
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry

CELLS = 60_000
# Published by the R package ptable 1.0.0 (vignette "introduction") for D = 5, V = 3, js = 2: P(n becomes j).
PUBLISHED = {
    1: {0: 0.73446954, 3: 0.13672019, 4: 0.07279631, 5: 0.03742956, 6: 0.018584399},
    4: {0: 0.08485487, 3: 0.277921233, 4: 0.27792123, 5: 0.18939369, 6: 0.105125448},
    8: {3: 0.003791861, 6: 0.118730368, 8: 0.228801496, 10: 0.118730371, 13: 0.00379186},
}


def attack(found: Opened) -> dict[str, Any]:
    """Passes if bias, variance, bounds and cell keys are as the method has them, and so is the release."""
    rows = perturbation.table(D, V, BLOCKED)
    vectors = max(
        abs(dict(zip(rows[n].targets, rows[n].probabilities, strict=True))[j] - p)
        for n, published in PUBLISHED.items()
        for j, p in published.items()
    )
    tables = max(
        abs(noise(row.count).get(j - row.count, 0.0) - p)
        for row in rows
        for j, p in zip(row.targets, row.probabilities, strict=True)
    )
    sums = found.rng.integers(0, keys.MODULUS, CELLS)
    u = keys.cell_keys(found.rng.bytes(32), sums.tolist(), [SYMMETRIC + 4] * CELLS)
    v = perturbation.noises(rows, np.full(CELLS, SYMMETRIC + 4), u)
    bias = abs(v.mean()) / (v.std() / np.sqrt(CELLS))
    uneven = float(np.abs(np.sort(u) - (np.arange(CELLS) + 0.5) / CELLS).max() * np.sqrt(CELLS))
    ((outside, shown),) = found.rows(
        f"select count(*) filter (abs(y - n) > {D}), count(*) from cells where y > 0 and n is not null"
    )
    ((below,),) = found.rows(f"select count(*) from cells where y > 0 and n < {SYMMETRIC - BLOCKED - 1}")
    return entry(
        11,
        "mechanism",
        vectors <= 1e-6
        and tables <= 1e-6
        and bias <= 3
        and abs(v.var() / V - 1) <= 0.05
        and int(np.abs(v).max()) <= D
        and uneven <= 1.95  # Kolmogorov-Smirnov at 0.1 %
        and not outside
        and not below,
        vectors_off=vectors,
        own_table_off=tables,
        bias_in_standard_errors=bias,
        variance=v.var(),
        largest=np.abs(v).max(),
        unevenness=uneven,
        shown_cells=shown,
        outside_the_bound=outside,
        shown_with_fewer_than_5=below,
    )
