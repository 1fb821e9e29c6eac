"""What a benchmark declares, what it measures, and whether a promise is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data.foundation.errors import DashboardError

Unit = Literal["ratio", "s", "ms", "MB", "/s"]
DIGITS: dict[Unit, str] = {"ratio": ".2f", "s": ".1f", "ms": ".1f", "MB": ",.1f", "/s": ",.0f"}


class UndeclaredFigureError(DashboardError):
    """A part measures something else than it declares."""

    def __init__(self, part: str, declared: set[str], measured: set[str]) -> None:
        super().__init__(
            f"benchmarks/{part}.py declares {sorted(declared - measured)} without measuring it, and measures "
            f"{sorted(measured - declared)} without declaring it. Make PROMISES and `figures` agree."
        )


@dataclass(frozen=True)
class Promise:
    """One figure in words, and its limit; a figure without a limit is only told.

    `id` is the same in every run. `against` is the real thing beside it in the same run, which a ratio needs;
    other units are those of the figure itself. `below` leaves the limit out, `at_most` has it in.
    """

    id: str
    measured: str
    against: str = ""
    unit: Unit = "ratio"
    at_most: float | None = None
    below: float | None = None

    def kept(self, value: float) -> bool:
        """Whether a measured value is within the limit."""
        return (self.at_most is None or value <= self.at_most) and (self.below is None or value < self.below)

    @property
    def words(self) -> str:
        """The limit as it is printed; empty if the figure is only told."""
        if self.at_most is not None:
            return f"at most {self._with_unit(f'{self.at_most:,g}')}"
        return f"below {self._with_unit(f'{self.below:,g}')}" if self.below is not None else ""

    def written(self, value: float) -> str:
        """A measured value with its unit."""
        return self._with_unit(f"{value:{DIGITS[self.unit]}}")

    def _with_unit(self, number: str) -> str:
        return number if self.unit == "ratio" else f"{number} {self.unit}"


@dataclass(frozen=True)
class Figure:
    """What was measured under the id of a promise, in its unit; `beside` tells what else belongs to it."""

    id: str
    value: float
    beside: str = ""


@dataclass(frozen=True)
class Part:
    """What can be measured by itself: its promises, and its figures from work in a new folder."""

    promises: tuple[Promise, ...]
    figures: Callable[[Path], Iterator[Figure]]


def measure(name: str, part: Part, folder: Path) -> Iterator[tuple[Promise, Figure]]:
    """Every declared figure of a part with its promise, each as soon as it is measured.

    Raises UndeclaredFigureError in the end if they were not those that the part declares.
    """
    declared = {promise.id: promise for promise in part.promises}
    measured: set[str] = set()
    for figure in part.figures(folder):
        measured.add(figure.id)
        if figure.id in declared:
            yield declared[figure.id], figure
    if measured != set(declared):
        raise UndeclaredFigureError(name, set(declared), measured)
