"""Why counselling ended."""

import numpy as np

from data.demo.chance import pick_by
from data.demo.days import NEVER, Whole
from data.demo.development import Development
from data.demo.spells import Spells

INDEPENDENT, PAYS_OWN_WAY, LIMIT, MOVED, LOST, LEFT_COUNTRY, OTHER = range(7)
# Rows: neither B1 nor a living; B1; a living; both. Columns: the reasons in the order of the export format.
REASONS = [
    [15, 3, 2, 33, 19, 13, 15],
    [34, 6, 2, 28, 11, 8, 11],
    [20, 40, 1, 20, 9, 4, 6],
    [32, 42, 1, 15, 4, 2, 4],
]


def reasons(rng: np.random.Generator, spells: Spells, development: Development) -> Whole:
    """Codes of beendigungsgrund; -1 while the case is open."""
    at_b1 = ((development.sprachniveau.latest >= 4) & (development.sprachniveau.latest <= 8)).astype(np.int64)
    drawn = pick_by(rng, REASONS, at_b1 + 2 * development.working())
    drawn = np.where(spells.limited, LIMIT, drawn)
    return np.where(spells.closed == NEVER, -1, drawn)
