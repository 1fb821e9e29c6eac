"""By what chance a published figure is deviated once more, at each release that changes anything. Pure.

A published figure that only ever changes when its count has moved too far from it tells of that: of an old
cohort it is nearly always a change by one that takes it there. So it may change at any distance, the farther
the likelier: four times as likely with each step. Whoever sees one change is at most four times as sure as
before that the count has moved by one, whatever was published before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.disclosure.cells import UNKNOWN, Matrix

STEEP = 4  # so many times as likely with each step; measured, see docs/decisions.md
HALF = 2**32  # a packed cell is its count times this, plus the sum of its keys
NEVER = 2.0  # more than any draw below 1
Flags = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
Draws = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Anew:
    """`secret` is another one for all that is delivered otherwise. `fixed` and `moving` are the Kreise, and
    areas above them, in which counts of that sort have changed since the release before: where nothing has,
    nothing is deviated anew.
    """

    secret: str = ""
    fixed: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()

    def draws(self, packed: Matrix, kreis: Sequence[str], moves: Sequence[bool]) -> Draws:
        """A number from 0 to 1 for each cell, the same for the same set of records; NEVER where nothing has
        changed. `kreis` says where each row lies, `moves` which columns are moving counts.
        """
        factor, added, _ = self._numbers()
        # Multiply and shift: the upper bits hang on all of the sum of keys.
        mixed = packed.astype(np.uint64) * np.uint64(factor | 1) + np.uint64(added)
        fixed, moving = (
            np.array([each in of for each in kreis], dtype=bool) for of in (self.fixed, self.moving)
        )
        asked = np.where(np.array(moves, dtype=bool)[None, :], moving[:, None], fixed[:, None])
        drawn: Draws = (mixed >> np.uint64(11)) / 2.0**53
        return np.where(asked & (packed != UNKNOWN), drawn, NEVER)

    def others(self, packed: Matrix) -> Matrix:
        """The packed cells with other sums of keys, so that they deviate otherwise."""
        *_, by = self._numbers()
        return np.where(
            packed == UNKNOWN, UNKNOWN, packed - packed % HALF + (packed % HALF + by % HALF) % HALF
        )

    def _numbers(self) -> tuple[int, ...]:
        digest = hashlib.sha256(f"anew|{self.secret}".encode()).digest()
        return tuple(int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16))


def chance(steps: Matrix, surely: int) -> Draws:
    """How likely a change is so many steps from certainty, which begins at `surely`."""
    found: Draws = float(STEEP) ** np.minimum(steps - surely, 0)
    return found
