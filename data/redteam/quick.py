"""The attacks as every release goes through them: on a sample, in some seconds, before anybody reads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import redteam
from data.foundation.parameters import Parameters

Attacks = Callable[[Path, Path], dict[str, Any]]
# Without 13, the people gate: with some keys it is not withstood where few people have many consultations;
# `make red-team` makes it and reports what it names (docs/decisions.md).
MADE = tuple(number for number in redteam.ATTACKS if number != 13)


def attacks(parameters: Parameters) -> Attacks | None:
    """What `make` is to run; None with other parameters than those that the attackers have solved."""
    if parameters != Parameters():
        return None
    # A small store has fewer small cells than the full suite asks for; those that it has are all judged.
    return lambda release, truth: redteam.run(release, truth, only=MADE)
