"""Who was lost between two figures of a cumulative series, given the whole of it.

The figures of a series are taken together: how far each is off is a state that leads to the next one, so what
the attacker believes of any step is worked out exactly (forward and backward). He knows that the series never
rises where none of a release does: then a figure that stands still may be held down by the one before it, or
where wholes give way hold that one up.
"""

from dataclasses import dataclass

import numpy as np

from data.redteam.attacker.likelihood import SYMMETRIC, D, Floats, Ints, noise
from data.redteam.attacker.verdict import NAMED

LARGEST = 60  # of more the attacker asks no further
SMALL = 4
OFF = np.arange(-D, D + 1)
PSEUDO = 50  # so many steps of a wider kind stand beside those of the own one


@dataclass(frozen=True)
class Curves:
    """One row a series, one column a place along it: `y` as released (0: withheld), `n` exact.

    `kinds` are what else the attacker sees of each step (level, figures of parts …): numbers, for each place
    what he takes the step that leads to it for. `places` are numbers of the areas. `whole_gives_way`: where
    two would rise, the first is raised and not the second lowered.
    """

    y: Ints
    n: Ints
    kinds: Ints
    places: Ints
    whole_gives_way: bool = False


@dataclass(frozen=True)
class Told:
    """`small` groups of one to four between two figures, how many `named`, and the surest claim of any."""

    steps: int
    small: int
    named: int
    surest: float


def told(curves: Curves) -> Told:
    """What the attacker says of every group between two figures of a series, the next or a later one."""
    y, n = curves.y, curves.n
    both = (y[:, 1:] > 0) & (y[:, :-1] > 0)
    if not both.any():
        return Told(0, 0, 0, 0.0)
    never_rises = not ((y[:, 1:] > y[:, :-1]) & both).any()
    bound = ("whole" if curves.whole_gives_way else "part") if never_rises else ""
    prior = _prior(curves, both)
    moves = [
        _moves(y[:, at - 1], y[:, at], prior[:, at - 1], both[:, at - 1], bound)
        for at in range(1, y.shape[1])
    ]
    begins = _begins(y, both)
    forward = _forward(moves, begins, both)
    backward = _backward(moves, both)
    small = named = 0
    surest = 0.0
    for first in range(y.shape[1] - 1):
        along = np.broadcast_to(np.eye(len(OFF)), (len(y), len(OFF), len(OFF)))
        joined = np.ones(len(y), dtype=bool)
        for last in range(first + 1, y.shape[1]):
            along = along @ moves[last - 1]
            joined &= both[:, last - 1]
            lost = n[:, first] - n[:, last]
            few = np.flatnonzero(joined & (lost >= 1) & (lost <= SMALL))
            joint = forward[first][few][:, :, None] * along[few] * backward[last][few][:, None, :]
            p = _of_lost(joint, y[few, first] - y[few, last])
            small += len(few)
            right = p[np.arange(len(few)), lost[few]]
            named += int((right >= NAMED).sum())
            surest = max(surest, float(p[:, 1:].max(initial=0)))
    return Told(int(both.sum()), small, named, surest)


def _prior(curves: Curves, both: np.ndarray) -> Floats:
    """How likely each step is so large (0 … LARGEST), row by row and place by place, by those of its kind.

    But for those of the area itself: the same people month after month are no knowledge of others.
    """
    lost = np.clip(curves.n[:, :-1] - curves.n[:, 1:], 0, LARGEST)
    every = np.bincount(lost[both], minlength=LARGEST + 1) + 0.1
    found: Floats = np.asarray(every / every.sum(), dtype=np.float64)
    of_size = np.log2(np.maximum(curves.y[:, :-1], 1)).astype(np.int64)
    for kinds in (of_size, curves.kinds[:, 1:]):
        own = kinds * (int(curves.places.max()) + 1) + curves.places[:, None]
        own = np.unique(own, return_inverse=True)[1].reshape(kinds.shape)
        others = _counted(kinds, lost, both)[kinds] - _counted(own, lost, both)[own] + PSEUDO * found
        found = np.asarray(others / others.sum(axis=2, keepdims=True), dtype=np.float64)
    return found


def _counted(kinds: Ints, lost: Ints, both: np.ndarray) -> Floats:
    """How often each number was lost in each kind."""
    width = LARGEST + 1
    many = (int(kinds.max()) + 1) * width
    found: Floats = np.bincount(kinds[both] * width + lost[both], minlength=many).astype(np.float64)
    return found.reshape(-1, width)


def _moves(before: Ints, y: Ints, prior: Floats, both: np.ndarray, bound: str) -> Floats:
    """By how much the one before is off (rows), by how much this one (columns): how likely that is.

    `bound` is which of the two gave way where they are equal: the whole, the part, or neither.
    """
    lost = (before - y)[:, None, None] + OFF[None, None, :] - OFF[None, :, None]
    stands = (before == y)[:, None, None]
    n = np.clip(y[:, None, None] - OFF[None, None, :], 0, SYMMETRIC)
    at = OFF[None, None, :] + D
    likely = _chances()[n, at]
    if bound == "part":
        likely = np.where(stands, _at_least()[n, at], likely)
    if bound == "whole":
        # How likely the one before is off by so much is asked where a run begins: so here by how much more.
        n, at = np.clip(before[:, None, None] - OFF[None, :, None], 0, SYMMETRIC), OFF[None, :, None] + D
        times = _at_most()[n, at] / np.maximum(_chances()[n, at], 1e-300)
        likely = np.where(stands, likely * times, likely)
    # Nobody lost: the same set of records, so the same deviation.
    same = stands & (OFF[None, :, None] == OFF[None, None, :])
    rows = np.arange(len(y))[:, None, None]
    by_prior = prior[rows, np.clip(lost, 0, LARGEST)]
    found: Floats = np.where(lost > 0, by_prior * likely, np.where((lost == 0) & same, by_prior, 0.0))
    return np.where(both[:, None, None], found, 0.0)


def _begins(y: Ints, both: np.ndarray) -> list[Floats]:
    """How likely each figure is off by so much where it is the first of a run; 0 elsewhere."""
    found = []
    for at in range(y.shape[1]):
        first = (y[:, at] > 0) & ~(both[:, at - 1] if at else np.zeros(len(y), dtype=bool))
        n = np.clip(y[:, at][:, None] - OFF[None, :], 0, SYMMETRIC)
        found.append(np.where(first[:, None], _chances()[n, OFF[None, :] + D], 0.0))
    return found


def _forward(moves: list[Floats], begins: list[Floats], both: np.ndarray) -> list[Floats]:
    found = [_scaled(begins[0])]
    for at, move in enumerate(moves, start=1):
        led = np.einsum("ri,rij->rj", found[-1], move)
        found.append(_scaled(np.where(both[:, at - 1][:, None], led, begins[at])))
    return found


def _backward(moves: list[Floats], both: np.ndarray) -> list[Floats]:
    found = [np.ones((len(both), len(OFF)))]
    for at in range(len(moves) - 1, -1, -1):
        led = np.einsum("rij,rj->ri", moves[at], found[0])
        found.insert(0, _scaled(np.where(both[:, at][:, None], led, 1.0)))
    return found


def _of_lost(joint: Floats, step: Ints) -> Floats:
    """The chance of each number lost, from that of how far both figures are off."""
    lost = np.clip(step[:, None, None] + OFF[None, None, :] - OFF[None, :, None], 0, LARGEST)
    rows = np.broadcast_to(np.arange(len(step))[:, None, None], lost.shape)
    found = np.zeros((len(step), LARGEST + 1))
    np.add.at(found, (rows.ravel(), lost.ravel()), joint.ravel())
    chances: Floats = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-300)
    return chances


def _scaled(chances: Floats) -> Floats:
    found: Floats = chances / np.maximum(chances.max(axis=1, keepdims=True), 1e-300)
    return found


def _chances() -> Floats:
    """P(v | n): a row for each n up to SYMMETRIC, a column for each v."""
    return np.array(
        [[noise(n).get(int(v), 0.0) for v in OFF] for n in range(SYMMETRIC + 1)], dtype=np.float64
    )


def _at_least() -> Floats:
    """P(this v or more | n)."""
    found: Floats = np.cumsum(_chances()[:, ::-1], axis=1, dtype=np.float64)[:, ::-1]
    return found


def _at_most() -> Floats:
    """P(this v or less | n)."""
    found: Floats = np.cumsum(_chances(), axis=1, dtype=np.float64)
    return found
