"""The parameters of the protection. A change of any of them starts a new series of releases.

Source: the method's defaults. D bounds a deviation, V its variance, 1..js are never published, and a count
is shown from T = k_min + D, so that at least k_min people are behind whatever is shown.
"""

from dataclasses import dataclass
from typing import Any

from data.foundation import storedjson


@dataclass(frozen=True)
class Parameters:
    """D, V, js and k_min; and which way of protecting they belong to."""

    deviation: int = 5
    variance: float = 3.0
    blocked: int = 2
    people: int = 5
    # 1: people behind counts were released, and moving counts deviated anew each time. 2: cumulative counts
    # rose now and then, by their deviations.
    method: int = 3

    @property
    def limit(self) -> int:
        """T: the smallest count that is shown."""
        return self.people + self.deviation

    def entry(self) -> dict[str, Any]:
        """As the manifest keeps them."""
        entry: dict[str, Any] = storedjson.plain(self)
        return entry
