"""P(n) of a withheld cell, given what is left of a whole after the parts that are shown, or the band of its
share in a shown base.

rest = n + the other withheld parts + the deviations of the whole and of every shown part. The prior of
each is the distribution over all withheld cells of its kind, which is more than an attacker would know.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from data.foundation.sql import literals
from data.redteam.attacker.likelihood import UNSEEN, D, Floats, banded, spread
from data.redteam.attacker.opened import Opened

KIND = "relation, what, sub, label, level, grain"
SIBLINGS = "relation, what, level, grain"
# Every fifth, narrow or not: by their texts, for their numbers hang on what else there is.
EVEN = "hash(what::varchar, area::varchar, period::varchar, sub::varchar, label::varchar) % 5 = 0"
TO_A_ROOT = "floor(2 * log2(greatest(inhabitants, 1)))"  # inhabitants to a factor of the root of two
# How many cases a place shows at the end of a period, or of any within it: a Kreis that showed 30 in the
# middle of a funding phase is no unknown one because it shows none at its end.
VOLUMES = (
    "select area, period, max(y) as y from (select area, period, y, what from cells "
    "union all select area, whole as period, y, what from cells join time_above using (period)) "
    "where what = 'cases.active_cases' group by area, period"
)
LARGE = "floor(log2(whole)), floor(log2(volume)), peopled"
SIZED = "relation, level, grain, {sensitive}, {large}, least(shown + withheld, 12)"
SMOOTH = 5
FEW = 10
AT_ONCE = 4096  # cells
PRIORS = ("frequency", "of_size", "prior")
PSEUDO = 50  # so many cells of the wider kind stand beside the own ones, so that no prior is one cell's truth


def of_families(found: Opened) -> dict[str, np.ndarray]:
    """Columns id, n, the posteriors (a row of UNSEEN + 1 each) of every cell of `families`, and of the priors
    how likely it is that nobody is there (a row of one).

    `frequency` is what whoever knows how often such a cell has so many takes for likely, `of_size` whoever
    has seen how large the whole and the place are, to a factor of two, and into how many parts the whole
    falls, and nothing else; a place that shows no cases in all of the period is as large as the official list
    of inhabitants says, which everybody can read: that a town of 8,000 counsels somebody is no news; `prior`
    whoever knows how often such a cell has so many in a place of that size.
    `by_frequency` is the posterior from the first of them, `posterior` that from the last.

    Without `full` all narrow families and every fifth of the others.
    """
    some = "true" if found.full else f"(withheld <= 2 or {EVEN})"
    sensitive = f"(label <> '' or what in ({literals(found.personal)}))"
    sized = SIZED.format(sensitive=sensitive, large=LARGE)
    rows = found.columns(
        f"with volumes as ({VOLUMES}), "
        "cell as (select f.*, c.* exclude (y), greatest(v.y, 1) as volume, "
        f"case when coalesce(v.y, 0) = 0 then {TO_A_ROOT} end as peopled from families as f "
        "join cells as c on f.id = c.rowid left join volumes as v on v.area = c.area "
        "and v.period is not distinct from c.period "
        "left join (select area_code as area, max(inhabitants) as inhabitants from r.marts.inhabitants "
        "group by area_code) as listed on listed.area = c.area) "
        f"select id, rest, shown, withheld, relation, what, area, level, n, "
        f"dense_rank() over (order by {sized}) - 1 as sized, "
        f"dense_rank() over (order by {KIND}) - 1 as kind, "
        f"dense_rank() over (order by {SIBLINGS}) - 1 as siblings, "
        f"dense_rank() over (order by {KIND}, {LARGE}) - 1 as kind_and_size, "
        f"dense_rank() over (order by {KIND}, {LARGE}, area) - 1 as own_place, "
        f"{sensitive} as sensitive, {EVEN if not found.full else 'true'} as even "
        f"from cell where n is not null and {some}"
    )
    rows = {name: np.ma.getdata(column) for name, column in rows.items()}
    if not len(rows["n"]):
        none = np.zeros((0, UNSEEN + 1))
        return rows | dict.fromkeys(PRIORS, none[:, :1]) | dict.fromkeys(("posterior", "by_frequency"), none)
    n, kind, beside, size, both, own_place = (
        rows[name].astype(np.int64)
        for name in ("n", "kind", "siblings", "sized", "kind_and_size", "own_place")
    )
    every = np.bincount(np.minimum(n, UNSEEN), minlength=UNSEEN + 1)[None, :] + 0.1
    wider = _counted(n, beside) + PSEUDO * every / every.sum()
    wider /= wider.sum(axis=1, keepdims=True)
    own = _counted(n, kind)
    own += PSEUDO * wider[beside[np.unique(kind, return_index=True)[1]]]
    own /= own.sum(axis=1, keepdims=True)
    large = _counted(n, size) + SMOOTH * every / every.sum()
    large /= large.sum(axis=1, keepdims=True)
    seen, of_place = _counted(n, both), _counted(n, own_place)
    likely = _likelihoods(rows, wider)
    nobody = {name: np.empty((len(n), 1)) for name in PRIORS}
    by_frequency = np.empty_like(likely)
    for at in _slices(len(n)):
        frequency, of_size = own[kind[at]], large[size[at]]
        # Both at once as far as they say different things, and beside it what is seen of just such cells.
        expected = frequency * of_size / wider[beside[at]]
        # But for those of the place itself: the same people in month after month are no knowledge of others.
        prior = seen[both[at]] - of_place[own_place[at]]
        prior = prior + FEW * expected / expected.sum(axis=1, keepdims=True)
        prior /= prior.sum(axis=1, keepdims=True)
        for name, of_cells in zip(PRIORS, (frequency, of_size, prior), strict=True):
            nobody[name][at] = of_cells[:, :1]
        by_frequency[at] = _given(frequency, likely[at])
        likely[at] = _given(prior, likely[at])
    return rows | nobody | {"by_frequency": by_frequency, "posterior": likely}


def _slices(many: int) -> Iterator[slice]:
    """All rows, some at a time: what is worked out of them stays near the processor."""
    return (slice(first, first + AT_ONCE) for first in range(0, many, AT_ONCE))


def _likelihoods(rows: dict[str, np.ndarray], wider: Floats) -> Floats:
    """How likely what is left of the whole is for each number of the cell, 0 … UNSEEN."""
    found = np.zeros((len(rows["n"]), UNSEEN + 1))
    # One number for each three: rows of three numbers are sorted twenty times as slowly.
    beside, hidden, seen_parts = (rows[name].astype(np.int64) for name in ("siblings", "withheld", "shown"))
    of_parts = int(seen_parts.max()) + 1, int(hidden.max()) + 1
    distinct, member = np.unique(
        (beside * of_parts[1] + hidden) * of_parts[0] + seen_parts, return_inverse=True
    )
    order = np.argsort(member, kind="stable")
    edges = np.searchsorted(member[order], np.arange(len(distinct) + 1))
    for at, group in enumerate(distinct.tolist()):
        inside = order[edges[at] : edges[at + 1]]
        rest, shown = divmod(group, of_parts[0])
        siblings, withheld = divmod(rest, of_parts[1])
        noise = _noise(tuple(wider[siblings]), withheld - 1, shown + 1)
        places = rows["rest"][inside][:, None] - np.arange(UNSEEN + 1)[None, :] + D * (shown + 1)
        inbounds = (places >= 0) & (places < len(noise))
        found[inside] = np.where(inbounds, noise[np.clip(places, 0, len(noise) - 1)], 0)
    return found


def _given(prior: Floats, likely: Floats) -> Floats:
    joint = prior * likely
    total = joint.sum(axis=1, keepdims=True)
    found: Floats = np.where(total > 0, joint / np.where(total > 0, total, 1), prior)
    return found


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
    seen = _counted(n, rows["both"])[rows["both"]] - _counted(n, rows["own_place"])[rows["own_place"]]
    prior = seen + FEW * expected / expected.sum(axis=1, keepdims=True)
    prior /= prior.sum(axis=1, keepdims=True)
    told = [banded(int(band), int(base)) for band, base in zip(rows["rest"], rows["shown"], strict=True)]
    posterior = _given(prior, np.where((rows["rest"] > 0)[:, None], np.stack(told), 1.0))
    made = rows | {"frequency": frequency, "of_size": of_size, "prior": prior, "posterior": posterior}
    made["by_frequency"] = posterior
    return {name: column[rows["rest"] > 0] for name, column in made.items()}


def together(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Both, one after the other, by the columns that both have, as wide as those of the first are."""
    return {
        name: np.concatenate([first[name], second[name][..., : first[name].shape[-1]]])
        if first[name].ndim > 1
        else np.concatenate([first[name], second[name]])
        for name in first.keys() & second.keys()
    }


def _counted(n: np.ndarray, kind: np.ndarray) -> Floats:
    """How often each count stands in each kind."""
    return (
        np.bincount(kind * (UNSEEN + 1) + np.minimum(n, UNSEEN), minlength=(kind.max() + 1) * (UNSEEN + 1))
        .reshape(-1, UNSEEN + 1)
        .astype(np.float64)
    )


def of_rests(found: Opened) -> dict[str, np.ndarray]:
    """The same for the groups of `rests`; an empty rest is the same set of people, so it is told as 0.

    How large such groups are is known from other Kreise: those of a Kreis and its places are the same people.
    """
    rows = found.columns(
        "select r.relation, r.id, r.rest, r.n, c.what, coalesce(kreis, c.area) as kreis from rests as r "
        "join cells as c on r.id = c.rowid "
        "left join (select area as place, kreis from places) as lying on lying.place = c.area "
        f"where {'true' if found.full else f'r.rest < 30 or {EVEN}'}"
    )
    posterior = np.zeros((len(rows["n"]), UNSEEN + 1))
    for what in np.unique(rows["what"]):
        inside = np.flatnonzero(rows["what"] == what)
        kreis = np.unique(np.ma.getdata(rows["kreis"])[inside].astype(str), return_inverse=True)[1]
        counted = np.zeros((int(kreis.max()) + 1, 201))
        np.add.at(counted, (kreis, np.clip(rows["n"][inside], 0, 200)), 1)
        others = counted.sum(axis=0) - counted + PSEUDO / 201
        prior = (others[:, : UNSEEN + 1] / others.sum(axis=1, keepdims=True))[kreis]
        v = rows["rest"][inside][:, None] - np.arange(UNSEEN + 1)[None, :]
        likely = np.where(np.abs(v) <= 2 * D, spread(2)[np.clip(v + 2 * D, 0, 4 * D)], 0)
        likely[:, 0] = rows["rest"][inside] == 0
        joint = prior * likely
        beyond = np.maximum(1e-12, joint.sum(axis=1, keepdims=True))
        posterior[inside] = joint / beyond
    return rows | {"posterior": posterior}


@lru_cache(maxsize=20_000)
def _noise(prior: tuple[float, ...], withheld: int, shown: int) -> Floats:
    """Distribution of the rest less n, from -D * shown on: other withheld parts and deviations."""
    return np.convolve(_power(prior, withheld), spread(shown))


@lru_cache(maxsize=20_000)
def _power(prior: tuple[float, ...], times: int) -> Floats:
    if times == 0:
        return np.ones(1)
    return np.convolve(_power(prior, times - 1), np.array(prior))


def _shares(n: np.ndarray, kind: np.ndarray, beside_it: np.ndarray) -> Floats:
    counted = _counted(n, kind)[kind] + beside_it
    shares: Floats = counted / counted.sum(axis=1, keepdims=True)
    return shares
