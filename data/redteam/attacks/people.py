"""Attack 13: the people gate. "Withheld although there must be fifteen goals": so few people are behind them?

Rows that are not people (goals, consultations) are shown only if enough people are behind them. Where what is
left of a whole says that a withheld cell holds many rows, nothing but that gate may have withheld it, and the
attacker claims that at most four people are behind it. How many people so many rows are usually of, he knows
from all other Kreise: what he knew of the same people would be the answer.
"""

from typing import Any

import numpy as np

from data.foundation import areas
from data.foundation.sql import literal
from data.redteam.attacker.likelihood import BLOCKED, UNSEEN, T, hidden
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

FEW, K_MIN, MORE = 4, 5, 5  # people; the gate opens at 5 to 9 of them, a secret of each cell
MUST = 15  # rows that are withheld for their own number by no deviation
MOST = 40
STEPS = 2  # so many classes of rows to each doubling: of 32 rows nobody knows more than of 40


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if of no withheld cell with many rows it is told that few people are behind them."""
    tried = named = forced = 0
    surest = 0.0
    whats = [f"{table.name}.{count}" for table in found.tables.values() for count in table.people]
    for what in whats:
        inside = np.flatnonzero(evidence["what"].astype(str) == what)
        usual = _Usual(*_behind(found, what))
        if not len(inside) or not usual.known:
            continue
        of_cell = dict(zip(*(each.tolist() for each in _ids(found, what)), strict=True))
        behind = np.array([of_cell.get(each, -1) for each in evidence["id"][inside].tolist()])
        p = evidence["posterior"][inside]
        few, anyhow = np.empty(len(inside)), np.empty(len(inside))
        for kreis, at in _in_kreise(evidence["area"][inside].astype(str).tolist()).items():
            few[at] = (p[at] * usual.few(kreis)).sum(axis=1)
            anyhow[at] = (p[at] * usual.anyhow(kreis)).sum(axis=1)
        many = (evidence["n"][inside] >= T) & (behind >= 1) & (behind <= FEW)
        tried += int(many.sum())
        forced += int((p[:, MUST:].sum(axis=1) >= NAMED).sum())
        # Who would claim it of so many rows in any case has not learnt it from what is withheld.
        named += int((many & (few >= NAMED) & (anyhow < NAMED)).sum())
        surest = max(surest, float(few[many].max(initial=0)))
    return entry(
        13,
        "people gate",
        not named,
        tried=tried,
        named=named,
        withheld_though_many=forced,
        surest_of_few_people=surest,
    )


class _Usual:
    """How people and rows of a kind of cell go together, Kreis by Kreis."""

    def __init__(self, people: np.ndarray, n: np.ndarray, area: list[str]) -> None:
        self.known = len(n) > 0
        self._by_kreis: dict[str, np.ndarray] = {}
        for kreis, inside in _in_kreise(area).items():
            counted = np.zeros((_CLASS[-1] + 1, MOST + 1))
            np.add.at(counted, (_classes(n[inside]), np.minimum(people[inside], MOST)), 1)
            self._by_kreis[kreis] = counted
        self._every = sum(self._by_kreis.values(), np.zeros((_CLASS[-1] + 1, MOST + 1)))
        self._kept: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def few(self, kreis: str) -> np.ndarray:
        """P(at most FEW people | withheld, n rows), n from 0 to UNSEEN, from all Kreise but this one."""
        return self._of_others(kreis)[0]

    def anyhow(self, kreis: str) -> np.ndarray:
        """P(at most FEW people | n rows), whether withheld or not."""
        return self._of_others(kreis)[1]

    def _of_others(self, kreis: str) -> tuple[np.ndarray, np.ndarray]:
        if kreis not in self._kept:
            others = self._every - self._by_kreis.get(kreis, 0)
            together = (others + 0.01)[_classes(np.arange(UNSEEN + 1))]
            together[:, 1:] *= np.arange(1, MOST + 1)[None, :] <= np.arange(UNSEEN + 1)[:, None]
            shut = np.clip((K_MIN + MORE - 1 - np.arange(MOST + 1)) / MORE, 0, 1)
            shut[:K_MIN] = 1
            withheld = 1 - (1 - shut)[None, :] * (1 - hidden())[:, None]
            joint = together * withheld
            few = joint[:, 1 : FEW + 1].sum(axis=1) / joint.sum(axis=1)
            anyhow = together[:, 1 : FEW + 1].sum(axis=1) / together.sum(axis=1)
            few[: T - BLOCKED] = 0  # so few rows are withheld for their own number
            self._kept[kreis] = few, anyhow
        return self._kept[kreis]


# Rows of which somebody who knows such offices thinks alike, from none to UNSEEN.
_CLASS: np.ndarray = np.array([int(STEPS * np.log2(max(n, 1))) for n in range(UNSEEN + 1)])


def _classes(n: np.ndarray) -> np.ndarray:
    classes: np.ndarray = _CLASS[np.minimum(n, UNSEEN)]
    return classes


def _in_kreise(area: list[str]) -> dict[str, np.ndarray]:
    """Where cells of each Kreis stand; of what is larger, by itself."""
    names, at = np.unique(np.array(area, dtype=str), return_inverse=True)
    kreise = np.array([areas.within(each, areas.KREIS) or each for each in names.tolist()], dtype=str)[at]
    return {str(kreis): np.flatnonzero(kreise == kreis) for kreis in np.unique(kreise)}


def _ids(found: Opened, what: str) -> tuple[np.ndarray, np.ndarray]:
    rows = found.columns(
        f"select rowid as id, people from cells where what = {literal(what)} and people is not null"
    )
    return np.ma.getdata(rows["id"]), np.ma.getdata(rows["people"])


def _behind(found: Opened, what: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """People and rows of every cell of a kind, and where it lies."""
    rows = found.columns(
        f"select people, n, area from cells where what = {literal(what)} and n > 0 and people > 0"
    )
    people, n = (np.ma.getdata(rows[each]).astype(np.int64) for each in ("people", "n"))
    return people, n, [str(each) for each in np.ma.getdata(rows["area"]).tolist()]
