"""Attack 13: the people gate. "Withheld although there must be fifteen goals": so few people are behind them?

Rows that are not people (goals, consultations) are shown only if enough people are behind them. Where what is
left of a whole says that a withheld cell holds many rows, nothing but that gate may have withheld it, and the
attacker claims that at most four people are behind it.
"""

from typing import Any

import numpy as np

from data.foundation.sql import literal
from data.redteam.attacker.likelihood import BLOCKED, UNSEEN, T, hidden
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import NAMED, entry

FEW, K_MIN, MORE = 4, 5, 3  # people; the gate opens at 5 to 7 of them, a secret of each cell
MUST = 15  # rows that are withheld for their own number by no deviation
MOST = 40


def attack(found: Opened, evidence: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if of no withheld cell with many rows it is told that few people are behind them."""
    tried = named = forced = 0
    surest = 0.0
    whats = [f"{table.name}.{count}" for table in found.tables.values() for count in table.people]
    for what in whats:
        inside = np.flatnonzero(evidence["what"].astype(str) == what)
        people, n = _behind(found, what)
        if not len(inside) or not len(n):
            continue
        of_cell = dict(zip(*(each.tolist() for each in _ids(found, what)), strict=True))
        behind = np.array([of_cell.get(each, -1) for each in evidence["id"][inside].tolist()])
        p = evidence["posterior"][inside]
        few = (p * _few_of(people, n)).sum(axis=1)
        many = (evidence["n"][inside] >= MUST) & (behind >= 1) & (behind <= FEW)
        tried += int(many.sum())
        forced += int((p[:, MUST:].sum(axis=1) >= NAMED).sum())
        named += int((many & (few >= NAMED)).sum())
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


def _few_of(people: np.ndarray, n: np.ndarray) -> np.ndarray:
    """P(at most FEW people | withheld, n rows), n from 0 to UNSEEN, from how people and rows go together."""
    together = np.full((UNSEEN + 1, MOST + 1), 0.01)
    np.add.at(together, (np.minimum(n, UNSEEN), np.minimum(people, MOST)), 1)
    shut = np.clip((K_MIN + MORE - np.arange(MOST + 1)) / MORE, 0, 1)
    shut[:K_MIN] = 1
    withheld = 1 - (1 - shut)[None, :] * (1 - hidden())[:, None]
    joint = together * withheld
    few: np.ndarray = joint[:, : FEW + 1].sum(axis=1) / joint.sum(axis=1)
    few[: T - BLOCKED] = 0  # so few rows are withheld for their own number
    return few


def _ids(found: Opened, what: str) -> tuple[np.ndarray, np.ndarray]:
    rows = found.columns(
        f"select rowid as id, people from cells where what = {literal(what)} and people is not null"
    )
    return np.ma.getdata(rows["id"]), np.ma.getdata(rows["people"])


def _behind(found: Opened, what: str) -> tuple[np.ndarray, np.ndarray]:
    """People and rows of every cell of a kind: what somebody knows who knows such offices."""
    rows = found.columns(f"select people, n from cells where what = {literal(what)} and n > 0 and people > 0")
    return np.ma.getdata(rows["people"]).astype(np.int64), np.ma.getdata(rows["n"]).astype(np.int64)
