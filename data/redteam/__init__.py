"""The red team: every attack on a release, as somebody makes it who has the public file and the method.

The attackers know the method, its parameters, the dimensions and plausible priors, not the keys. The exact
counts serve to judge a claim (named: P >= 0.9 and right) and as the prior, never as input of an inference.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from data.redteam.attacker import blocks, door, families, posterior, shares
from data.redteam.attacker.opened import Before, read_release
from data.redteam.attacker.outcome import SAMPLE, Effort, entry
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
    series,
    signature,
)

OF_FAMILIES = {1, 2, 3, 4, 5, 6, 7, 13}  # attacks that look at wholes and their parts


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
    wanted = {*only} or set(range(1, 14))
    if wanted & OF_FAMILIES:
        families.load(found)
    # What several attacks ask for is worked out by the first of them.
    of_bands = cache(lambda: shares.of_bands(found))
    evidence = cache(lambda: shares.beside(posterior.of_families(found), of_bands()))
    rests = cache(lambda: posterior.of_rests(found))
    drawn = list(blocks.drawn(found, effort.blocks)) if {2, 6} & wanted else []
    with door.opened(release) as public:
        every: dict[int, Callable[[], dict[str, Any]]] = {
            1: lambda: differencing.attack(evidence(), rests(), effort.least),
            2: lambda: reconstruction.attack(drawn, of_bands(), found.of(2).rng, effort),
            3: lambda: existence.attack(found.of(3), evidence()),
            4: lambda: signature.attack(found.of(4)),
            5: lambda: averaging.attack(found.of(5)),
            6: lambda: feasibility.attack(found.of(6), drawn, effort.solved),
            7: lambda: group.attack(found.of(7), rests()),
            8: lambda: series.attack(found.of(8)),
            9: lambda: derived.attack(found.of(9), public),
            10: lambda: consistency.attack(found.of(10)),
            11: lambda: mechanism.attack(found.of(11)),
            12: lambda: leakage.attack(found.of(12), public),
            13: lambda: people.attack(found.of(13), evidence()),
        }
        attacks = [attack() for number, attack in every.items() if number in wanted]
    found.connection.close()
    passed = all(each["passed"] for each in attacks)
    return {"passed": passed, "seed": seed, "full": effort.full, "attacks": attacks}


def by_bands(release: Path, truth: Path, *, seed: int = 1) -> dict[str, Any]:
    """What of attack 2 the bands of shares tell, of all cells."""
    found = read_release(release, truth, seed, True, None)
    told = reconstruction.by_bands(shares.of_bands(found))
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
    told = series.over_steps(every, held=held)
    for found in every:
        found.connection.close()
    return told
