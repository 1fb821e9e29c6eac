"""P(n) of a withheld part, given the band of its share in a shown base; columns as in `posterior`."""

import numpy as np

from data.foundation.sql import literals
from data.redteam.attacker.likelihood import UNSEEN, Floats, banded
from data.redteam.attacker.opened import Opened

PSEUDO, FEW = 50, 10  # as many cells of the wider kind stand beside those of the narrower one


def of_bands(found: Opened) -> dict[str, np.ndarray]:
    """Every withheld part with a band; the prior is how such parts of bases as large are distributed.

    `rest` is the band, `shown` the base: cells with the same ones tell the same.
    """
    rows = found.columns(
        "select rowid as id, band as rest, base as shown, 0 as withheld, 'share' as relation, what, area, "
        f"level, n, what in ({literals(found.personal)}) as sensitive, true as even, "
        "dense_rank() over (order by what, level, grain) - 1 as kind, "
        "dense_rank() over (order by level, grain, floor(log2(base))) - 1 as sized, "
        "dense_rank() over (order by what, level, grain, floor(log2(base))) - 1 as both, "
        "dense_rank() over (order by what, level, grain, floor(log2(base)), area) - 1 as own_place "
        "from cells where y = 0 and base > 0 and n is not null order by id"
    )
    rows = {name: np.ma.getdata(column) for name, column in rows.items()}
    n = np.minimum(rows["n"].astype(np.int64), UNSEEN)
    if not len(n):
        none = np.zeros((0, UNSEEN + 1))
        return rows | dict.fromkeys(("frequency", "of_size", "prior", "posterior", "by_frequency"), none)
    every = np.bincount(n, minlength=UNSEEN + 1) + 0.1
    frequency = _shares(n, rows["kind"], PSEUDO * every / every.sum())
    of_size = _shares(n, rows["sized"], PSEUDO * every / every.sum())
    expected = frequency * of_size / (every / every.sum())
    # But for those of the place itself, as elsewhere.
    seen = _counted(n, rows["both"]) - _counted(n, rows["own_place"])
    prior = seen + FEW * expected / expected.sum(axis=1, keepdims=True)
    prior /= prior.sum(axis=1, keepdims=True)
    told = [banded(int(band), int(base)) for band, base in zip(rows["rest"], rows["shown"], strict=True)]
    joint = prior * np.where((rows["rest"] > 0)[:, None], np.stack(told), 1.0)
    total = joint.sum(axis=1, keepdims=True)
    posterior = np.where(total > 0, joint / np.where(total > 0, total, 1), prior)
    made = rows | {"frequency": frequency, "of_size": of_size, "prior": prior, "posterior": posterior}
    made["by_frequency"] = posterior
    return {name: column[rows["rest"] > 0] for name, column in made.items()}


def beside(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Both, one after the other, by the columns that both have, as wide as those of the first are."""
    return {
        name: np.concatenate([first[name], second[name][..., : first[name].shape[-1]]])
        if first[name].ndim > 1
        else np.concatenate([first[name], second[name]])
        for name in first.keys() & second.keys()
    }


def _counted(n: np.ndarray, kind: np.ndarray) -> Floats:
    """For each cell how often each count stands in its kind."""
    counted = np.zeros((int(kind.max()) + 1, UNSEEN + 1))
    np.add.at(counted, (kind, n), 1)
    of_cells: Floats = counted[kind]
    return of_cells


def _shares(n: np.ndarray, kind: np.ndarray, beside_it: np.ndarray) -> Floats:
    counted = _counted(n, kind) + beside_it
    shares: Floats = counted / counted.sum(axis=1, keepdims=True)
    return shares
