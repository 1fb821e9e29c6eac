"""The red team: every attack on a release, as somebody makes it who has the public file and the method.

The attackers know the method, its parameters, the dimensions and plausible priors, not the keys. The exact
counts serve to judge a claim (named: P >= 0.9 and right) and as the prior, never as input of an inference.
"""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from data.foundation.parameters import Parameters
from data.redteam.attacker import blocks, door, families, posterior
from data.redteam.attacker.opened import Before, Opened, read_release
from data.redteam.attacker.verdict import SAMPLE, Effort, entry
from data.redteam.attacks import (
    averaging,
    consistency,
    derived,
    differencing,
    existence,
    feasibility,
    group,
    leakage,
    mechanism,
    people,
    reconstruction,
    sequence,
    signature,
)

Attacks = Callable[[Path, Path], dict[str, Any]]


class Attacked:
    """What the attacks are handed. What several ask for is worked out once, for the first of them.

    One at a time: whoever attacks beside others has one of its own, with a connection of its own.
    """

    def __init__(self, found: Opened, asked: door.Public, effort: Effort) -> None:
        self.found, self.public, self.effort = found, asked, effort

    def of(self, number: int) -> Opened:
        """The release as one attack sees it, with chance of its own."""
        return self.found.of(number)

    def with_families(self, number: int) -> Opened:
        """The same, for an attack that looks at wholes and their parts: the tables of `families.load`.

        They are made before, once for all; an attack of `BESIDE` can't have them.
        """
        return self.found.of(number)

    @cached_property
    def bands(self) -> dict[str, np.ndarray]:
        """What the bands of shares tell: `posterior.of_bands`."""
        return posterior.of_bands(self.found)

    @cached_property
    def evidence(self) -> dict[str, np.ndarray]:
        """What wholes and parts tell of each withheld cell: `posterior.of_families`, `posterior.together`."""
        return posterior.together(posterior.of_families(self.found), self.bands)

    @cached_property
    def rests(self) -> dict[str, np.ndarray]:
        """What lies between two shown cells: `posterior.of_rests`."""
        return posterior.of_rests(self.found)

    @cached_property
    def drawn(self) -> list[blocks.Block]:
        """Blocks to reconstruct: `blocks.drawn`."""
        return list(blocks.drawn(self.found, self.effort.blocks))


# By number. What reads the release alone has no need of wholes and parts, so it goes beside those that have.
ATTACKS: dict[int, Callable[[Attacked], dict[str, Any]]] = {
    1: lambda on: differencing.attack(on.evidence, on.rests, on.effort.least),
    2: lambda on: reconstruction.attack(on.drawn, on.bands, on.with_families(2).rng, on.effort),
    3: lambda on: existence.attack(on.with_families(3), on.evidence),
    4: lambda on: signature.attack(on.with_families(4)),
    5: lambda on: averaging.attack(on.with_families(5)),
    6: lambda on: feasibility.attack(on.with_families(6), on.drawn, on.effort.solved),
    7: lambda on: group.attack(on.with_families(7), on.rests),
    8: lambda on: sequence.attack(on.of(8)),
    9: lambda on: derived.attack(on.of(9), on.public, on.effort.asked),
    10: lambda on: consistency.attack(on.of(10)),
    11: lambda on: mechanism.attack(on.of(11)),
    12: lambda on: leakage.attack(on.of(12), on.public),
    13: lambda on: people.attack(on.with_families(13), on.evidence),
}
BESIDE = (8, 9, 10, 11, 12)  # all that ask the public: it answers one question at a time
OF_BLOCKS = (2, 4, 5, 6)  # these go beside those that ask what is believed of each cell, which takes as long
# Without 13, the people gate: with some keys it is not withstood where few people have many consultations;
# `make red-team` makes it and reports what it names (docs/decisions.md).
OF_A_RELEASE = tuple(number for number in ATTACKS if number != 13)


def for_release(parameters: Parameters) -> Attacks | None:
    """The attacks as every release goes through them: on a sample, in some seconds, before anybody reads it;
    None with other parameters than those that the attackers have solved.
    """
    if parameters != Parameters():
        return None
    # A small store has fewer small cells than the full suite asks for; those that it has are all judged.
    return lambda release, truth: run(release, truth, only=OF_A_RELEASE)


def run(
    release: Path, truth: Path, *, seed: int = 1, effort: Effort = SAMPLE, before: Before | None = None,
    only: Collection[int] = (),
) -> dict[str, Any]:  # fmt: skip
    """Attack a release: `passed`, and per attack its number, name, `passed` and figures. JSON-able.

    `truth` holds the exact counts of the same cells, `before` the release before, if there was one of the
    same series, with its own. Unless `effort` says all, a sample is attacked that the seed draws; with `only`
    these attacks alone are made.
    """
    found = read_release(release, truth, seed, effort.full, before)
    made = [number for number in ATTACKS if not only or number in only]
    line = {number: 1 if number in BESIDE else 2 if number in OF_BLOCKS else 0 for number in made}
    with door.opened(release) as asked, ExitStack() as cursors, ThreadPoolExecutor(2) as pool:

        def go(which: int) -> dict[int, dict[str, Any]]:
            cursor = cursors.enter_context(found.connection.cursor())
            on = Attacked(replace(found, connection=cursor), asked, effort)
            return {number: ATTACKS[number](on) for number in made if line[number] == which}

        beside = [pool.submit(go, 1)]
        if {*line.values()} - {1}:
            families.load(found)
        beside.append(pool.submit(go, 2))
        told = go(0)
        for each in beside:
            told |= each.result()
    found.connection.close()
    attacks = [told[number] for number in made]
    passed = all(each["passed"] for each in attacks)
    return {"passed": passed, "seed": seed, "full": effort.full, "attacks": attacks}


def by_bands(release: Path, truth: Path, *, seed: int = 1) -> dict[str, Any]:
    """What of attack 2 the bands of shares tell, of all cells."""
    found = read_release(release, truth, seed, True, None)
    told = reconstruction.by_bands(posterior.of_bands(found))
    found.connection.close()
    return entry(2, "bands", told["passed"], tried=told["cells"], named=told["named"], bands=told)


class Dated(Protocol):
    """One of several releases: its file, the exact counts of its cells, and the release before."""

    @property
    def release(self) -> Path: ...  # noqa: D102

    @property
    def truth(self) -> Path: ...  # noqa: D102

    @property
    def before(self) -> Before | None: ...  # noqa: D102


def over_time(releases: Sequence[Dated], *, held: bool = True, seed: int = 1) -> dict[str, Any]:
    """Attack 8 over several releases of one series, each but the first with the one before.

    `held`: figures of closed periods stay as the method says; the attacker knows whether they do.
    """
    every = [
        read_release(each.release, each.truth, seed, True, each.before) for each in releases if each.before
    ]
    told = sequence.over_steps(every, held=held)
    for found in every:
        found.connection.close()
    return told
