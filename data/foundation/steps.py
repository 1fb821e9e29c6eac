"""How far a piece of work is, told the same way by everything that takes its time."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step. `stage` is what is being done (receive, read, build, release …), `about` with what.

    `done` counts this step, from 1, and `of` all of them; 0 where nobody knows beforehand. `file` is the one
    of a delivery that is being read, by the name that its sender knows.
    """

    stage: str
    about: str = ""
    done: int = 0
    of: int = 0
    file: str = ""

    @property
    def text(self) -> str:
        """For example "2/3 import: amt-a"."""
        return ": ".join(each for each in (self.stage, self.about) if each)


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """No progress is shown."""
