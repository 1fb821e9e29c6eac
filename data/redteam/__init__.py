"""The red team: every attack on a release, as somebody makes it who has the public file and the method.

The attackers know the method, its parameters, the dimensions and plausible priors, not the keys. The exact
counts serve to judge a claim (named: P >= 0.9 and right) and as the prior, never as input of an inference.
"""

from pathlib import Path
from typing import Any

from data.redteam.attacker import blocks, door, families, posterior
from data.redteam.attacker.opened import read_release
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
    reconstruction,
    series,
    signature,
)


def run(
    release: Path,
    truth: Path,
    *,
    seed: int = 1,
    full: bool = False,
    before: Path | None = None,
    least: int = differencing.LEAST,
) -> dict[str, Any]:
    """Attack a release: `passed`, and per attack its number, name, `passed` and figures. JSON-able.

    `truth` holds the exact counts of the same cells. Without `full` a sample is attacked that the seed draws.
    `before` is the release before, if there was one of the same series. At least so many small cells must be
    judged, or attack 1 proves nothing; 0 where there are few people.
    """
    found = read_release(release, truth, seed, full, before)
    families.load(found)
    evidence, rests = posterior.of_families(found), posterior.of_rests(found)
    drawn = list(blocks.drawn(found, 24 if full else 8))
    chains, sweeps, solved = (32, 120, 20) if full else (24, 40, 4)
    with door.opened(release) as public:
        attacks = [
            differencing.attack(evidence, rests, least),
            reconstruction.attack(drawn, found.of(2).rng, chains, sweeps),
            existence.attack(found.of(3), evidence),
            signature.attack(found.of(4)),
            averaging.attack(found.of(5)),
            feasibility.attack(found.of(6), drawn, solved),
            group.attack(found.of(7)),
            series.attack(found.of(8)),
            derived.attack(found.of(9), public),
            consistency.attack(found.of(10)),
            mechanism.attack(found.of(11)),
            leakage.attack(found.of(12), public),
        ]
    found.connection.close()
    passed = all(each["passed"] for each in attacks)
    return {"passed": passed, "seed": seed, "full": full, "attacks": attacks}
