"""`python -m data.redteam`: make targets, attack them in full, and write docs/red-team.md."""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from data import redteam
from data.foundation import durable
from data.redteam import controls, report, targets
from data.redteam.attacker import likelihood
from data.redteam.attacker.verdict import FULL, Effort
from data.redteam.attacks import consistency

REPORT = Path(__file__).parents[2] / "docs" / "red-team.md"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if every attack failed and every negative control was found out, else 4."""
    parser = argparse.ArgumentParser(prog="python -m data.redteam", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="of the demonstration (20000)")
    parser.add_argument("--people", type=int, default=6_000, help="of the hard synthetic data (6000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=REPORT)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="red-team-") as folder:
        found = _all(Path(folder), chosen.cases, chosen.people, chosen.seed)
    durable.replace(chosen.out, report.written(found, date.today()))
    _say(f"{chosen.out.name}: {'passed' if found['passed'] else 'NOT PASSED'}")
    return 0 if found["passed"] else 4


def _all(folder: Path, cases: int, people: int, seed: int) -> dict[str, Any]:
    begun = time.monotonic()
    _say("demonstration: import and release")
    demonstration = targets.demonstration(folder / "demonstration", cases, seed)
    _say("hard data: import and release")
    difficult = targets.difficult(folder / "difficult", people, seed)
    _say("attacks on the demonstration")
    runs = {"demonstration": redteam.run(demonstration.release, demonstration.truth, seed=seed, effort=FULL)}
    _say("attacks on the hard data")
    runs["difficult"] = redteam.run(difficult.release, difficult.truth, seed=seed, effort=FULL)
    _say("the same release once more, and the next one")
    different = consistency.different_rows(difficult.release, targets.again(difficult, folder))
    after = targets.corrected(difficult, folder, people, seed)
    next_one = redteam.run(after.release, after.truth, seed=seed, before=after.before)
    _say("four quarters, one after the other")
    held, fresh = targets.steps(folder / "steps", people, seed)
    steps = redteam.over_time(held)
    _say("negative controls")
    weak = _controls(folder, difficult, demonstration, seed)
    weak["not_held"] = [redteam.over_time(fresh, held=False)]
    passed = all(each["passed"] for each in (*runs.values(), next_one, steps)) and not different
    return {
        "passed": passed and all(map(_succeeded, weak.values())),
        "cases": cases,
        "people": people,
        "seed": seed,
        "runs": runs,
        "different_rows": different,
        "next": next(each for each in next_one["attacks"] if each["number"] == 8),
        "steps": steps,
        "controls": {name: _succeeded(attacks) for name, attacks in weak.items()},
        "could": _could(weak),
        "minutes": (time.monotonic() - begun) / 60,
    }


def _controls(
    folder: Path, target: targets.Target, many: targets.Target, seed: int
) -> dict[str, list[dict[str, Any]]]:
    """By each control what the attacks found; one in which none succeeded would show a blind suite."""
    out = folder / "suppressed.duckdb"
    controls.suppressed(target.release, target.truth, out)
    with likelihood.undeviated():
        suppressed = redteam.run(out, target.truth, seed=seed, effort=Effort())
    bare = targets.without_limit(target, folder)
    shown = redteam.run(bare.release, bare.truth, seed=seed)
    fine = folder / "tenths.duckdb"
    controls.tenths(many.release, many.truth, fine, seed)
    return {
        "tenths": [redteam.by_bands(fine, many.truth, seed=seed)],
        "suppressed": suppressed["attacks"],
        "without_limit": shown["attacks"],
        "rising": [controls.rising(many.release, many.truth, seed)],
        "free_sums": [controls.free_sums(target.truth, seed)],
    }


def _succeeded(attacks: list[dict[str, Any]]) -> list[int]:
    return [each["number"] for each in attacks if not each["passed"]]


def _could(weak: dict[str, list[dict[str, Any]]]) -> dict[int, list[tuple[int, int]]]:
    """By the number of each attack how much it tried, and how much of it was named, in each control."""
    found: dict[int, list[tuple[int, int]]] = {}
    for each in (attack for attacks in weak.values() for attack in attacks if "tried" in attack):
        found.setdefault(each["number"], []).append((each["tried"], each["named"]))
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
